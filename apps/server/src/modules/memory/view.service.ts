/** Memory in the shapes of the wire. */
import type { ConsentState as WireConsentSchema, Fact as WireFactSchema } from '@keepsake/contract';
import { type Instant, instantToText } from '@keepsake/kernel';
import {
  type Basis,
  type ConsentRecord,
  consentReceipt,
  type Fact,
  findPredicate,
  type Interaction,
  valueLabel,
} from '@keepsake/memory';
import type { z } from 'zod';
import type { Db } from '../../platform/database/schema.ts';
import type { CompanyRecord } from '../companies/index.ts';
import { listInteractions } from './journal.store.ts';
import { type Site, siteAt, siteName } from './places.rules.ts';
import { interactionOf } from './projection.rules.ts';
import { isGranted, type LoadedPerson } from './recall.service.ts';

/** A fact as its owner, or staff with reason, sees it. */
export type WireFact = z.infer<typeof WireFactSchema>;
/** A purpose and whether it is allowed. */
export type WireConsent = z.infer<typeof WireConsentSchema>;
type WireEvidence = WireFact['evidence'][number];

/** Facts with where, when and how each came to be known. One read for all of them. */
export async function viewFacts(
  db: Db,
  person: LoadedPerson,
  sites: readonly Site[],
  facts: readonly Fact[],
): Promise<readonly WireFact[]> {
  const ids = [...new Set(facts.flatMap((fact) => fact.evidence))];
  const rows = await listInteractions(db, person.company, person.members, { ids });
  const evidence = new Map<string, WireEvidence>();
  for (const row of rows) {
    const key = person.keys.get(row.subject);
    const interaction = key === undefined ? undefined : interactionOf(key, row);
    if (interaction === undefined) continue;
    const site = sites.find((one) => one.id === row.site);
    evidence.set(row.id, {
      interaction: row.id,
      at: instantToText(interaction.occurredAt),
      channel: row.channel,
      place: row.site,
      placeName: siteName(site),
      how: howOf(interaction),
    });
  }
  return facts.flatMap((fact) => wireFact(fact, { person, sites, evidence }));
}

function howOf({ body }: Interaction): Basis {
  if (body.kind === 'fact') return body.basis;
  if (body.kind === 'fact-corrected') return body.basis ?? 'stated';
  return body.kind === 'instruction-outcome' && body.outcome === 'kept' ? 'confirmed' : 'stated';
}

function wireFact(
  fact: Fact,
  context: {
    readonly person: LoadedPerson;
    readonly sites: readonly Site[];
    readonly evidence: ReadonlyMap<string, WireEvidence>;
  },
): readonly WireFact[] {
  const predicate = findPredicate(context.person.ontology, fact.predicate);
  if (predicate === undefined) return [];
  const site = siteAt(context.sites, fact.scope.place);
  const { id, value, unit, polarity, basis, confidence, purpose, sensitivity } = fact;
  return [
    {
      ...{ id, value, unit, polarity, basis, confidence, purpose, sensitivity },
      predicate: predicate.name,
      label: predicate.label,
      valueLabel: valueLabel(predicate, value),
      scope: {
        place: site?.id ?? fact.scope.place ?? null,
        placeName: siteName(site),
        occasion: fact.scope.occasion ?? null,
      },
      since: instantToText(fact.validFrom),
      until: textOrNull(fact.validTo),
      evidence: fact.evidence.flatMap((one) => context.evidence.get(one) ?? []),
    },
  ];
}

/** Every purpose of the company, whether this person allows it, since when, and the receipt. */
export function viewConsents(
  person: LoadedPerson,
  company: CompanyRecord,
  locale: string,
  isAllowed: (person: LoadedPerson, purpose: string) => boolean = isGranted,
): readonly WireConsent[] {
  const { id, name } = company;
  const controller = { id, name, contact: company.invoiceAddress.join(', ') };
  const about = { controller, ontology: person.ontology, locale };
  return person.ontology.purposes.map((purpose) => {
    const last = person.consents.filter((one) => one.purpose === purpose.id).sort(laterFirst)[0];
    return {
      purpose: purpose.id,
      label: purpose.label,
      description: purpose.description,
      needs: purpose.needs,
      granted: isAllowed(person, purpose.id),
      since: last === undefined ? null : instantToText(last.at),
      receipt: last === undefined ? null : receiptOf(last, about),
    };
  });
}

function receiptOf(
  record: ConsentRecord,
  about: Parameters<typeof consentReceipt>[1],
): Record<string, unknown> {
  const receipt = consentReceipt(record, about);
  return typeof receipt === 'object' && receipt !== null ? { ...receipt } : {};
}

function laterFirst(a: ConsentRecord, b: ConsentRecord): number {
  return b.at - a.at || b.recordedAt - a.recordedAt || b.seq - a.seq;
}

function textOrNull(instant: Instant | null): string | null {
  return instant === null ? null : instantToText(instant);
}
