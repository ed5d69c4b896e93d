import type { Value } from '../expression.ts';
import type { ValueLook } from './messages.ts';

/** Values up to which each number of a grid stands for itself. */
const SINGLE_MAX = 12;

function sumOf(a: number | undefined, b: number | undefined): Pick<ValueLook, 'designs'> {
  return a === undefined || b === undefined ? {} : { designs: a + b };
}

function priceOf(a: ValueLook['price'], b: ValueLook['price']): Pick<ValueLook, 'price'> {
  if (a === undefined || b === undefined) return {};
  const minMinor = Math.min(a.minMinor, b.minMinor);
  return { price: { minMinor, maxMinor: Math.max(a.maxMinor, b.maxMinor) } };
}

function isSameRun(a: ValueLook, b: ValueLook, own: Value | undefined): boolean {
  return (
    typeof a.value === 'number' &&
    a.validity === b.validity &&
    ![a.value, b.value].includes(own ?? '')
  );
}

/**
 * Long grids of numbers as runs of neighbours that no rule tells apart (`classOf`, by index of the
 * value), so that a measure of hundreds of steps is a few lines. The own value stands alone.
 */
export function toRuns(
  values: readonly ValueLook[],
  classOf: ArrayLike<number>,
  own: Value | undefined,
): readonly ValueLook[] {
  if (values.length <= SINGLE_MAX) return values;
  const runs: ValueLook[] = [];
  let lastClass = -1;
  values.forEach((each, i) => {
    const last = runs.at(-1);
    const isNext = classOf[i] === lastClass && last !== undefined;
    lastClass = classOf[i] ?? -1;
    if (!isNext || typeof each.value !== 'number' || !isSameRun(last, each, own)) {
      runs.push(each);
      return;
    }
    runs[runs.length - 1] = {
      value: last.value,
      to: each.value,
      validity: each.validity,
      ...sumOf(last.designs, each.designs),
      ...priceOf(last.price, each.price),
    };
  });
  return runs;
}
