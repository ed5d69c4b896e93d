import type { Vocabulary } from '@keepsake/contract';
import { wordsOf } from './words.view.ts';

type Document = Vocabulary['document'];

/** One reason for which something is kept. */
export type PurposeEntry = Document['purposes'][number];

/** A purpose as it is typed. */
export interface PurposeFields {
  readonly id: string;
  readonly en: string;
  readonly de: string;
  readonly descriptionEn: string;
  readonly descriptionDe: string;
  readonly needs: PurposeEntry['needs'];
  readonly includes: readonly string[];
}

/** From the least to the most that a purpose can need. */
const NEEDS = ['contract', 'consent', 'explicit-consent'] as const;

/** What a purpose may need: never less than it did, as people agreed to it as it was. */
export function needsFor(old: PurposeEntry | undefined): readonly PurposeEntry['needs'][] {
  return old === undefined ? NEEDS : NEEDS.slice(NEEDS.indexOf(old.needs));
}

/** A purpose that is being added. */
export const NEW_PURPOSE: PurposeFields = {
  ...{ id: '', en: '', de: '', descriptionEn: '', descriptionDe: '' },
  needs: 'consent',
  includes: [],
};

/** The fields of a purpose that there is. */
export function purposeFields({
  id,
  label,
  description,
  needs,
  includes,
}: PurposeEntry): PurposeFields {
  return {
    ...{ id, needs, includes, en: label.en, de: label['de'] ?? '' },
    ...{ descriptionEn: description.en, descriptionDe: description['de'] ?? '' },
  };
}

/** The document with a purpose as it was typed: in its place, or at the end. */
export function withPurpose(document: Document, fields: PurposeFields, isNew: boolean): Document {
  const old = isNew ? undefined : document.purposes.find(({ id }) => id === fields.id);
  const purpose: PurposeEntry = {
    id: fields.id.trim(),
    label: wordsOf(fields.en, fields.de, old?.label),
    description: wordsOf(fields.descriptionEn, fields.descriptionDe, old?.description),
    needs: fields.needs,
    includes: [...fields.includes],
  };
  const purposes =
    old === undefined
      ? [...document.purposes, purpose]
      : document.purposes.map((one) => (one === old ? purpose : one));
  return { ...document, purposes };
}

/** The purposes that something kept for this one may also be read for. */
export function readersOf(purposes: readonly PurposeEntry[], id: string): readonly PurposeEntry[] {
  return purposes.filter(({ includes }) => includes.includes(id));
}
