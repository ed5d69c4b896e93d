import type {
  AttributeView as EngineView,
  ModelFindings,
  ModelIssue,
  Session,
  SessionView,
  Values,
} from '@keepsake/configurator';
import { repairs, viewSession } from '@keepsake/configurator';
import type { AttributeView, DesignView, Repair, Value } from '@keepsake/contract';
import { type MoneyWire, money, moneyToWire } from '@keepsake/kernel';
import type { z } from 'zod';

type WireValue = z.infer<typeof Value>;

/** Minor units of the family's currency, as money on the wire. */
export function wireMoney(currency: string, minor: number): MoneyWire {
  return moneyToWire(money(currency, minor));
}

function wireAttribute(view: EngineView, suggested: Values): z.infer<typeof AttributeView> | null {
  if (view.kind === 'text') return null;
  const value = view.value ?? null;
  const base = {
    attribute: view.id,
    decided: view.standing === 'chosen' ? value : null,
    forced: view.standing === 'forced' ? value : null,
    suggested: suggested[view.id] ?? null,
  };
  if (view.kind === 'numbers') return { ...base, ranges: [...view.runs], values: [] };
  const values = view.values.map((entry) => ({ value: entry.value, state: entry.validity }));
  return { ...base, ranges: [], values };
}

/** A session as the API shows it, or undefined where the step budget ran out. */
export function wireView(session: Session, view: SessionView): DesignView | undefined {
  const { currency } = session.space.family;
  const { price, completion } = view;
  if (price.kind !== 'exact' || completion === undefined) return undefined;
  return {
    attributes: view.attributes.flatMap((each) => wireAttribute(each, completion.values) ?? []),
    price: {
      min: wireMoney(currency, price.minMinor),
      max: wireMoney(currency, price.maxMinor),
      suggested: wireMoney(currency, completion.totalMinor),
    },
    complete: view.isComplete,
  };
}

const REPAIRS_MAX = 3;

/** The smallest changes that allow a value, with the suggested price before and after. */
export function wireRepairs(
  session: Session,
  wish: { readonly attribute: string; readonly value: WireValue },
): readonly z.infer<typeof Repair>[] {
  const { currency } = session.space.family;
  const before = viewSession(session).price;
  if (before.kind !== 'exact') return [];
  return repairs(session, wish, { most: REPAIRS_MAX }).repairs.map((repair) => ({
    changes: repair.changes.flatMap(({ attribute, from, to }) =>
      from === null ? [] : [{ attribute, from, to }],
    ),
    priceBefore: wireMoney(currency, before.minMinor),
    priceAfter: wireMoney(currency, before.minMinor + repair.minChangeMinor),
  }));
}

type Warning = Omit<ModelIssue, 'code' | 'hint'> & { readonly code: string };

/** Findings that do not stop a family from being published, as warnings at its first line. */
export function warningsOf(findings: ModelFindings): readonly Warning[] {
  const at = { line: 1, column: 1 };
  return [
    ...findings.dead.map(({ attribute, value }) => ({
      ...at,
      code: 'dead-value',
      path: `attributes.${attribute}`,
      message: `No design has ${attribute} = ${String(value)}.`,
    })),
    ...findings.idle.map((rule) => ({
      ...at,
      code: 'idle-rule',
      path: `rules.${rule.id}`,
      message: `The rule ${rule.id} never excludes anything.`,
    })),
  ];
}
