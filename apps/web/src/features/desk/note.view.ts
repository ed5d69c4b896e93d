import type { Fact, GuestCard, NoteProposal } from '@keepsake/contract';
import type { LocalText } from '../../ui/locale.tsx';
import type { Suggestion } from './desk.view.ts';

/** One thing taken into a note. */
export interface NoteChip extends Suggestion {
  readonly key: string;
  /** True: holds at this house only. */
  readonly hereOnly: boolean;
  /** The other house where alone it holds; undefined where `hereOnly` says where. */
  readonly site?: { readonly id: string; readonly name: LocalText };
  /** The guest said it, or staff saw it. */
  readonly basis: 'stated' | 'observed';
}

/** A note before it is saved. */
export interface NoteDraft {
  readonly text: string;
  readonly chips: readonly NoteChip[];
  /** Purposes that the guest has agreed to in so many words. */
  readonly agreed: readonly string[];
  /** Keys of proposals that the clerk does not want. */
  readonly denied: readonly string[];
}

/** A note with nothing in it. */
export const EMPTY_DRAFT: NoteDraft = { text: '', chips: [], agreed: [], denied: [] };

/** The key of what is taken: of two things with one key, the note holds the later. */
export function chipKey(
  thing: Pick<Suggestion, 'predicate' | 'value' | 'polarity'> & { readonly site?: string | null },
): string {
  const { predicate, value, polarity, site } = thing;
  // Of what is liked there is one at a time and place; what is to be kept away adds up.
  const isWish = polarity === 'like' || polarity === 'require';
  const where = site === undefined || site === null ? '' : `@${site}`;
  return `${predicate}${isWish ? '' : `=${value}`}${where}`;
}

/** Takes a thing into the note; `before` are the words that stay. */
export function takeChip(draft: NoteDraft, suggestion: Suggestion, before: string): NoteDraft {
  const chip: NoteChip = {
    ...suggestion,
    key: chipKey(suggestion),
    hereOnly: false,
    basis: 'stated',
  };
  const chips = [...draft.chips.filter(({ key }) => key !== chip.key), chip];
  return { ...draft, text: before, chips };
}

/** Takes a proposal into the note, whose words stay; `here` is the house the desk is in. */
export function takeProposal(
  draft: NoteDraft,
  proposal: NoteProposal,
  here: string | undefined,
): NoteDraft {
  const { predicate, label, value, valueLabel, polarity, purpose, sensitivity } = proposal;
  const { site, siteName } = proposal;
  const isElsewhere = site !== null && site !== here;
  const chip: NoteChip = {
    ...{ predicate, label, value, valueLabel, polarity, purpose, sensitivity },
    ...{ key: chipKey(proposal), hereOnly: site !== null && !isElsewhere, basis: 'stated' },
    ...(isElsewhere ? { site: { id: site, name: siteName ?? { en: site } } } : {}),
  };
  const chips = [...draft.chips.filter(({ key }) => key !== chip.key), chip];
  return { ...draft, chips };
}

/** Notes that a proposal is not wanted; it is offered no more for this note. */
export function denyProposal(draft: NoteDraft, key: string): NoteDraft {
  return { ...draft, denied: [...draft.denied, key] };
}

/** Changes one thing of the note. */
export function changeChip(
  draft: NoteDraft,
  key: string,
  change: Partial<Pick<NoteChip, 'polarity' | 'hereOnly' | 'basis'>>,
): NoteDraft {
  const chips = draft.chips.map((chip) => (chip.key === key ? { ...chip, ...change } : chip));
  return { ...draft, chips };
}

/** Takes a thing out of the note again. */
export function dropChip(draft: NoteDraft, key: string): NoteDraft {
  return { ...draft, chips: draft.chips.filter((chip) => chip.key !== key) };
}

/** What is left to note once `sent` is saved: whatever was added while it was on its way. */
export function afterSaved(now: NoteDraft, sent: NoteDraft): NoteDraft {
  const chips = now.chips.filter((chip) => !sent.chips.includes(chip));
  const text = now.text.startsWith(sent.text) ? now.text.slice(sent.text.length) : now.text;
  return { text: text.trimStart(), chips, agreed: [], denied: [] };
}

/** A consent to ask for before the note may be saved. */
export interface ConsentNeed {
  readonly purpose: string;
  /** The words that the receipt will hold. */
  readonly description: LocalText;
  readonly isExplicit: boolean;
  readonly chips: readonly NoteChip[];
}

type Consents = GuestCard['consents'];

/** The consents that the things of a note need and the guest has not given yet. */
export function consentsNeeded(
  chips: readonly NoteChip[],
  consents: Consents,
): readonly ConsentNeed[] {
  return consents
    .filter(({ granted }) => !granted)
    .map(({ purpose, description, needs }) => ({
      purpose,
      description,
      isExplicit: needs === 'explicit-consent',
      chips: chips.filter((chip) => chip.purpose === purpose),
    }))
    .filter((need) => need.chips.length > 0);
}

/** Why a note cannot be saved yet; undefined when it can. */
export function noteObstacle(
  draft: NoteDraft,
  needs: readonly ConsentNeed[],
): 'empty' | 'consent' | undefined {
  if (draft.chips.length === 0 && draft.text.trim() === '') return 'empty';
  return needs.every(({ purpose }) => draft.agreed.includes(purpose)) ? undefined : 'consent';
}

/** What is sent to save a note. */
export interface NoteRequest {
  readonly text?: string;
  readonly facts: {
    readonly predicate: string;
    readonly value: Fact['value'];
    readonly polarity: Fact['polarity'];
    readonly hereOnly: boolean;
    readonly basis: 'stated' | 'observed';
    readonly site?: string;
  }[];
  readonly consents: string[];
}

/** The note as it is sent; only the consents that its things need go along. */
export function noteRequest(draft: NoteDraft, needs: readonly ConsentNeed[]): NoteRequest {
  const text = draft.text.trim();
  return {
    ...(text === '' ? {} : { text }),
    facts: draft.chips.map(({ predicate, value, polarity, hereOnly, basis, site }) => ({
      ...{ predicate, value, polarity, hereOnly, basis },
      ...(site === undefined ? {} : { site: site.id }),
    })),
    consents: needs.map(({ purpose }) => purpose).filter((each) => draft.agreed.includes(each)),
  };
}
