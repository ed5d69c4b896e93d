import type { Attribute, Choice, Session } from '@keepsake/configurator';
import { decide, startSession } from '@keepsake/configurator';
import type { Words } from '@keepsake/kernel';
import type { PublishedFamily } from '../families/index.ts';
import { askMemory, type MemoryServiceDeps, type WireAnswer } from '../memory/index.ts';
import { listActs } from '../treatments/index.ts';
import type { WireChoice } from './designs.service.ts';

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

/** What memory answers of a new design, and where it begins. */
export interface Prefilled {
  readonly needs: PrefilledNeed[];
  readonly decisions: WireChoice[];
  readonly repeatAsks: number;
  /** The treatment whose starting point filled some of what memory left open; null of most. */
  readonly start: {
    readonly treatment: string;
    readonly words: Words;
    readonly attributes: string[];
  } | null;
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

/**
 * Asks memory for everything a family would like to know. Then comes the starting point that the
 * company has for this customer, of what is still open; the rest is left to ask.
 */
export async function prefillDesign(
  deps: MemoryServiceDeps,
  published: PublishedFamily,
  input: PrefillInput,
): Promise<Prefilled> {
  const answers = await answersOf(deps, published, input);
  const known = answers.needs.flatMap(({ attribute, status, value }) =>
    (status === 'known' || status === 'confirm') && value !== null ? [{ attribute, value }] : [],
  );
  const remembered = fill(startSession(published.space), known);
  const start = await findStart(deps, published, input);
  const begun = fill(remembered.session, start?.choices ?? []);
  return {
    ...answers,
    decisions: [...remembered.decisions, ...begun.decisions],
    start:
      start === undefined || begun.decisions.length === 0
        ? null
        : {
            treatment: start.treatment,
            words: start.words,
            attributes: begun.decisions.map(({ attribute }) => attribute),
          },
  };
}

async function answersOf(
  deps: MemoryServiceDeps,
  published: PublishedFamily,
  input: PrefillInput,
): Promise<Pick<Prefilled, 'needs' | 'repeatAsks'>> {
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
  if (asked.kind !== 'answered') return { needs: [], repeatAsks: 0 };
  const needs = attributes.flatMap((attribute, index) => {
    const answer = asked.answers[index];
    return answer === undefined ? [] : [toNeed(attribute.id, answer)];
  });
  return { needs, repeatAsks: asked.repeatAsks };
}

/** The starting point of a customer for a family. What is for somebody else begins with nothing. */
async function findStart(
  deps: MemoryServiceDeps,
  published: PublishedFamily,
  { company, subject, occasion }: PrefillInput,
) {
  if (occasion === 'gift') return undefined;
  const { kysely } = deps.database;
  const about = { company, subjects: [subject], now: deps.clock.now() };
  const { starts } = await listActs(kysely, about);
  const found = starts.find(({ act }) => act.family === published.id);
  if (found === undefined) return undefined;
  const { treatment, words, act } = found;
  const choices = published.family.attributes.flatMap(({ id }) => {
    const value = Object.hasOwn(act.choices, id) ? act.choices[id] : undefined;
    return value === undefined ? [] : [{ attribute: id, value }];
  });
  return { treatment, words, choices };
}

/** Choices that go together, in their order; what does not fit, or is decided already, is left out. */
function fill(
  from: Session,
  wanted: readonly WireChoice[],
): { readonly session: Session; readonly decisions: readonly WireChoice[] } {
  let session = from;
  const isDecided = new Set(from.choices.map((choice: Choice) => choice.attribute));
  const decisions = wanted.filter((choice) => {
    if (isDecided.has(choice.attribute)) return false;
    const decided = decide(session, choice);
    if (decided.kind === 'refused') return false;
    session = decided.value.session;
    return true;
  });
  return { session, decisions };
}
