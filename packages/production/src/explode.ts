import { InvariantError, ok, type Result, refused, type Words } from '@keepsake/kernel';
import { roundQuantity } from './quantity.ts';
import { bridgePredecessors, findRoutingFault } from './routing.ts';

/** A line of a 150 % bill of materials. `C` is what a condition is, `E` what an expression is. */
export interface ComponentLine<C = unknown, E = unknown> {
  readonly item: string;
  readonly name: Words;
  readonly when?: C | undefined;
  readonly quantity: number | E;
  readonly unit: string;
}

/** A line of a 150 % routing. */
export interface OperationLine<C = unknown, E = unknown> {
  readonly id: string;
  readonly name: Words;
  readonly workCentre: string;
  readonly when?: C | undefined;
  readonly minutes: number | 'stay' | E;
  readonly after?: readonly string[] | undefined;
}

/** Everything a product could be made of and could need done. */
export interface SuperBill<C = unknown, E = unknown> {
  readonly components: readonly ComponentLine<C, E>[];
  readonly operations: readonly OperationLine<C, E>[];
}

/** How the rules of one design are decided. Either function may throw: that fails the explosion. */
export interface Evaluate<C = unknown, E = unknown> {
  holds(condition: C): boolean;
  number(expression: E): number;
}

/** An item of one design, all its lines summed. */
export interface Part {
  readonly item: string;
  readonly name: Words;
  readonly quantity: number;
  readonly unit: string;
}

/** An operation of one design; `after` names only operations of the same design. */
export interface RoutedOperation {
  readonly id: string;
  readonly name: Words;
  readonly workCentre: string;
  readonly seconds: number | 'stay';
  readonly after: readonly string[];
}

/** What one design is made of and how. Lines keep the order of the super-bill. */
export interface Explosion {
  readonly parts: readonly Part[];
  readonly operations: readonly RoutedOperation[];
}

/** Why a design cannot be exploded. `line` counts from 0; nothing ever defaults. */
export type ExplodeRefusal =
  | {
      readonly kind: 'rule-failed';
      readonly list: 'components' | 'operations';
      readonly line: number;
      readonly field: 'when' | 'quantity' | 'minutes';
      /** The evaluator's own message. */
      readonly cause: string;
    }
  | {
      readonly kind: 'bad-quantity';
      readonly line: number;
      readonly item: string;
      readonly quantity: number;
    }
  | {
      readonly kind: 'bad-minutes';
      readonly line: number;
      readonly operation: string;
      readonly minutes: number;
    }
  | { readonly kind: 'unit-mismatch'; readonly line: number; readonly item: string }
  | { readonly kind: 'duplicate-operation'; readonly line: number; readonly operation: string }
  | {
      readonly kind: 'unknown-predecessor';
      readonly operation: string;
      readonly predecessor: string;
    }
  | { readonly kind: 'cycle'; readonly operations: readonly string[] };

/** The most a minute count may be: ten years. */
const MINUTES_MAX = 10 * 366 * 24 * 60;

/**
 * The bill and routing of one design out of the 150 % ones. Linear in lines, but for bridging: an
 * absent predecessor is replaced by its own predecessors.
 */
export function explode<C = unknown, E = unknown>(
  bill: SuperBill<C, E>,
  evaluate: Evaluate<C, E>,
): Result<Explosion, ExplodeRefusal> {
  const fault = findRoutingFault(bill.operations);
  if (fault !== undefined) return refused(fault);
  const parts = explodeComponents(bill.components, evaluate);
  if (parts.kind === 'refused') return parts;
  const operations = explodeOperations(bill.operations, evaluate);
  if (operations.kind === 'refused') return operations;
  return ok({ parts: parts.value, operations: operations.value });
}

function explodeComponents<C, E>(
  lines: readonly ComponentLine<C, E>[],
  evaluate: Evaluate<C, E>,
): Result<readonly Part[], ExplodeRefusal> {
  const parts = new Map<string, Part>();
  for (const [line, component] of lines.entries()) {
    const at = { list: 'components', line } as const;
    const present = applies(component.when, evaluate, at);
    if (present.kind === 'refused') return present;
    if (!present.value) continue;
    const result = evaluated(component.quantity, evaluate, { ...at, field: 'quantity' });
    if (result.kind === 'refused') return result;
    const fault = addPart(parts, component, line, result.value);
    if (fault !== undefined) return refused(fault);
  }
  return ok([...parts.values()]);
}

function addPart(
  parts: Map<string, Part>,
  component: Pick<Part, 'item' | 'name' | 'unit'>,
  line: number,
  wanted: number,
): ExplodeRefusal | undefined {
  const { item, name, unit } = component;
  const sooner = parts.get(item);
  if (sooner !== undefined && sooner.unit !== unit) return { kind: 'unit-mismatch', line, item };
  const quantity = roundQuantity(wanted);
  const isPositive = quantity !== undefined && quantity > 0;
  const sum = isPositive ? roundQuantity((sooner?.quantity ?? 0) + quantity) : undefined;
  if (sum === undefined) return { kind: 'bad-quantity', line, item, quantity: wanted };
  parts.set(item, { item, name: sooner?.name ?? name, quantity: sum, unit });
  return undefined;
}

function explodeOperations<C, E>(
  lines: readonly OperationLine<C, E>[],
  evaluate: Evaluate<C, E>,
): Result<readonly RoutedOperation[], ExplodeRefusal> {
  const present = new Map<string, OperationLine<C, E>>();
  const seconds = new Map<string, number | 'stay'>();
  for (const [line, operation] of lines.entries()) {
    const at = { list: 'operations', line } as const;
    const applied = applies(operation.when, evaluate, at);
    if (applied.kind === 'refused') return applied;
    if (!applied.value) continue;
    present.set(operation.id, operation);
    if (operation.minutes === 'stay') {
      seconds.set(operation.id, 'stay');
      continue;
    }
    const minutes = evaluated(operation.minutes as number | E, evaluate, {
      ...at,
      field: 'minutes',
    });
    if (minutes.kind === 'refused') return minutes;
    if (!(minutes.value >= 0 && minutes.value <= MINUTES_MAX)) {
      return refused({
        kind: 'bad-minutes',
        line,
        operation: operation.id,
        minutes: minutes.value,
      });
    }
    seconds.set(operation.id, Math.round(minutes.value * 60));
  }
  const after = bridgePredecessors(lines, new Set(present.keys()));
  return ok(
    [...present.values()].map(({ id, name, workCentre }) => ({
      id,
      name,
      workCentre,
      seconds: seconds.get(id) ?? 0,
      after: after.get(id) ?? [],
    })),
  );
}

type Where = Pick<Extract<ExplodeRefusal, { kind: 'rule-failed' }>, 'list' | 'line'>;

function applies<C, E>(
  when: C | undefined,
  evaluate: Evaluate<C, E>,
  where: Where,
): Result<boolean, ExplodeRefusal> {
  if (when === undefined) return ok(true);
  return guarded(() => evaluate.holds(when), { ...where, field: 'when' });
}

function evaluated<C, E>(
  value: number | E,
  evaluate: Evaluate<C, E>,
  where: Where & { readonly field: 'quantity' | 'minutes' },
): Result<number, ExplodeRefusal> {
  if (typeof value === 'number') return ok(value);
  return guarded(() => evaluate.number(value), where);
}

/** A rule that throws is an outcome of this design, not a bug, unless it says it is one. */
function guarded<T>(
  rule: () => T,
  where: Where & { readonly field: 'when' | 'quantity' | 'minutes' },
): Result<T, ExplodeRefusal> {
  try {
    return ok(rule());
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    return refused({ kind: 'rule-failed', ...where, cause });
  }
}
