import type { Attribute } from '@keepsake/configurator';
import { decide, startSession } from '@keepsake/configurator';
import type { PublishedFamily } from '../families/index.ts';
import { askMemory, type MemoryServiceDeps, type WireAnswer } from '../memory/index.ts';

/** The purpose that a design is prefilled for. */
const PURPOSE = 'personalisation';

/** A question of the design that memory was asked first. */
export interface PrefilledNeed {
  readonly attribute: string;
  readonly status: 'known' | 'confirm' | 'ask' | 'declined';
  readonly value: WireAnswer['value'];
  readonly since: string | null;
  readonly question: WireAnswer['question'];
}

/** What memory answers of a new design. */
export interface Prefilled {
  readonly needs: PrefilledNeed[];
  readonly decisions: { attribute: string; value: string | number | boolean }[];
  readonly repeatAsks: number;
}

export interface PrefillInput {
  readonly company: string;
  readonly subject: string;
  readonly occasion: 'self' | 'gift';
  readonly site?: string | undefined;
}

type Remembered = Attribute & { readonly memory: string };

/**
 * The attributes that memory may answer. For a gift nobody can be measured: measurements are left
 * out, and what is true of the giver's body comes back as a question.
 */
function rememberedAttributes(
  published: PublishedFamily,
  occasion: 'self' | 'gift',
): readonly Remembered[] {
  return published.family.attributes.flatMap((attribute) => {
    const isMeasured = 'measured' in attribute && attribute.measured;
    if (attribute.memory === undefined || (occasion === 'gift' && isMeasured)) return [];
    return [{ ...attribute, memory: attribute.memory }];
  });
}

function toNeed(attribute: string, answer: WireAnswer): PrefilledNeed {
  const { value, asOf, question } = answer;
  const status = answer.status === 'later' ? 'ask' : answer.status;
  return { attribute, status, value, since: asOf, question };
}

/** Asks memory for everything a family would like to know; the rest is left to ask the customer. */
export async function prefillDesign(
  deps: MemoryServiceDeps,
  published: PublishedFamily,
  input: PrefillInput,
): Promise<Prefilled> {
  const attributes = rememberedAttributes(published, input.occasion);
  const { company, subject, occasion, site } = input;
  const asked = await askMemory(deps.database.kysely, deps, {
    company,
    subject,
    occasion,
    ...(site === undefined ? {} : { site }),
    needs: attributes.map((attribute) => attribute.memory),
    channel: 'studio',
    touchpoint: `studio ${published.id}`,
    purpose: PURPOSE,
    limit: attributes.length,
    reader: { kind: 'customer' },
  });
  if (asked.kind !== 'answered') return { needs: [], decisions: [], repeatAsks: 0 };
  const needs = attributes.flatMap((attribute, index) => {
    const answer = asked.answers[index];
    return answer === undefined ? [] : [toNeed(attribute.id, answer)];
  });
  return { needs, decisions: decisionsOf(published, needs), repeatAsks: asked.repeatAsks };
}

/** What is known, as choices that go together; what no longer fits the family is left open. */
function decisionsOf(
  published: PublishedFamily,
  needs: readonly PrefilledNeed[],
): Prefilled['decisions'] {
  let session = startSession(published.space);
  const decisions: Prefilled['decisions'] = [];
  for (const { attribute, status, value } of needs) {
    if ((status !== 'known' && status !== 'confirm') || value === null) continue;
    const decided = decide(session, { attribute, value });
    if (decided.kind === 'refused') continue;
    session = decided.value.session;
    decisions.push({ attribute, value });
  }
  return decisions;
}
