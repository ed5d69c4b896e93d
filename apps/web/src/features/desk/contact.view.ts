import type { GuestContact } from '@keepsake/contract';

/** How guests mostly come; every other way is told in words. */
export const USUAL_CHANNELS = ['phone', 'mail', 'desk', 'chat'] as const;

/** One of the usual channels. */
export type UsualChannel = (typeof USUAL_CHANNELS)[number];

/** Whether a channel has words of its own. */
export function isUsual(channel: string): channel is UsualChannel {
  return USUAL_CHANNELS.some((usual) => usual === channel);
}

/** A contact while it is being recorded. */
export interface ContactDraft {
  readonly channel: UsualChannel | 'other' | undefined;
  /** The way in words, where it is another. */
  readonly other: string;
  readonly ownFault: boolean;
  readonly reason: string;
}

/** What a dialog begins with. */
export const EMPTY_CONTACT: ContactDraft = {
  channel: undefined,
  other: '',
  ownFault: false,
  reason: '',
};

/** What is sent of a contact. */
export interface ContactRequest {
  readonly channel: string;
  readonly ownFault: boolean;
  readonly reason?: string;
}

const CHANNEL_LENGTH_MAX = 64;
const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A name of the API for a way in words, as `trade-fair` for “Trade fair”; undefined where nothing is left. */
export function channelOf(words: string): string | undefined {
  const name = words
    .toLowerCase()
    .normalize('NFC')
    .replace(/[äöüß]/g, (letter) => SPELT_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, CHANNEL_LENGTH_MAX)
    .replace(/-+$/, '');
  return name === '' ? undefined : name;
}

/** What to send of a draft; undefined while it does not say how the guest came. */
export function contactRequest(draft: ContactDraft): ContactRequest | undefined {
  const channel = draft.channel === 'other' ? channelOf(draft.other) : draft.channel;
  if (channel === undefined) return undefined;
  const reason = draft.reason.trim();
  return { channel, ownFault: draft.ownFault, ...(reason === '' ? {} : { reason }) };
}

/** Whether a contact can still be undone at an instant, in milliseconds. */
export function canUndo({ undoUntil }: Pick<GuestContact, 'undoUntil'>, now: number): boolean {
  return undoUntil !== null && now < Date.parse(undoUntil);
}
