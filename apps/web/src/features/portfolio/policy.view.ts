import type { Tier } from '@keepsake/contract';
import { TIERS } from '../../platform/value-words.view.ts';
import type { LocalText } from '../../ui/locale.tsx';
import type { Data } from './document.view.ts';

/** What is true of a customer, in the order in which it is shown. */
export const STANDINGS = ['top', 'growable', 'ordinary', 'below-zero'] as const;
/** Parts of a loss. */
export const LOSS_PARTS = ['fixed', 'ofValue', 'ofGrowth', 'ofDeficit'] as const;
/** Tiers that a gate is before. */
export const GATES = ['keep', 'grow', 'belowZero'] as const;
/** Kinds of cost that a remedy may cut. */
export const CUT_KINDS = ['orders', 'lines', 'returns', 'contacts', 'payment'] as const;

/** One part of a loss: a fixed amount, or a share of something. */
export interface LossPart {
  readonly part: (typeof LOSS_PARTS)[number];
  readonly size: number;
}

/** A remedy as it is shown. */
export interface ShownRemedy {
  readonly id: string;
  readonly words: LocalText;
  readonly cuts: readonly { readonly kind: string; readonly share: number }[];
  readonly cost: number;
}

/** A policy as it is shown; what does not hold is left out. */
export interface ShownPolicy {
  readonly version: string;
  readonly top: { readonly of: 'customers' | 'value'; readonly share: number } | undefined;
  readonly gates: readonly { readonly gate: (typeof GATES)[number]; readonly share: number }[];
  readonly losses: readonly {
    readonly tier: Tier;
    readonly cells: readonly (readonly LossPart[])[];
  }[];
  readonly remedies: readonly ShownRemedy[];
}

function objectAt(data: Data, key: string): Data {
  const value = data[key];
  // Data of the server: an object of JSON has nothing but texts for keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Data)
    : {};
}

function numberAt(data: Data, key: string): number {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
}

function lossParts(loss: Data): readonly LossPart[] {
  return LOSS_PARTS.map((part) => ({ part, size: numberAt(loss, part) })).filter(
    ({ size }) => size !== 0,
  );
}

function remedyOf(data: unknown): ShownRemedy {
  const remedy = objectAt({ data }, 'data');
  const id = String(remedy['id'] ?? '');
  const words = Object.entries(objectAt(remedy, 'words')).map(([locale, text]) => [
    locale,
    String(text),
  ]);
  const cuts = objectAt(remedy, 'cuts');
  return {
    id,
    words: { en: id, ...Object.fromEntries(words) },
    cuts: Object.keys(cuts).map((kind) => ({ kind, share: numberAt(cuts, kind) })),
    cost: numberAt(remedy, 'cost'),
  };
}

/** Reads a policy that the server has taken. */
export function shownPolicy(data: Data): ShownPolicy {
  const top = objectAt(data, 'top');
  const gates = objectAt(data, 'gates');
  const losses = objectAt(data, 'losses');
  const of = top['of'] === 'value' ? 'value' : 'customers';
  const remedies = data['remedies'];
  return {
    version: String(data['version'] ?? ''),
    top: 'share' in top ? { of, share: numberAt(top, 'share') } : undefined,
    gates: GATES.map((gate) => ({ gate, share: numberAt(gates, gate) })),
    losses: TIERS.map((tier) => {
      const row = objectAt(losses, tier);
      return { tier, cells: STANDINGS.map((standing) => lossParts(objectAt(row, standing))) };
    }),
    remedies: Array.isArray(remedies) ? remedies.map(remedyOf) : [],
  };
}
