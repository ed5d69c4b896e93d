/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Nothing. */
export const ZERO: Rational = { n: 0n, d: 1n };

/** A whole number. */
export function whole(value: number): Rational {
  return { n: BigInt(value), d: 1n };
}

/** The number that digits such as `-1.50` write. */
export function parseRational(digits: string): Rational {
  const [before = '', after = ''] = digits.split('.');
  return reduce({ n: BigInt(`${before}${after}` || '0'), d: 10n ** BigInt(after.length) });
}

/** The greatest common divisor of two numbers that are not negative. */
export function divisorOf(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function reduce({ n, d }: Rational): Rational {
  const shared = divisorOf(n < 0n ? -n : n, d);
  return shared <= 1n ? { n, d } : { n: n / shared, d: d / shared };
}

/** a + b */
export function add(a: Rational, b: Rational): Rational {
  return reduce({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

/** -a */
export function minus(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

/** a · b */
export function times(a: Rational, b: Rational): Rational {
  return reduce({ n: a.n * b.n, d: a.d * b.d });
}

/** 1 / a, undefined for nothing. */
export function inverse(a: Rational): Rational | undefined {
  if (a.n === 0n) return undefined;
  return a.n > 0n ? { n: a.d, d: a.n } : { n: -a.d, d: -a.n };
}

/** The greatest whole number that is not above. */
export function floor(a: Rational): Rational {
  const cut = a.n / a.d;
  return { n: a.n < 0n && cut * a.d !== a.n ? cut - 1n : cut, d: 1n };
}

/** Negative, 0 or positive as a is below, at or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest number of the language. */
export function toNumber(a: Rational): number {
  return Number(a.n) / Number(a.d);
}
