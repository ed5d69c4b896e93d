import type { DataReader } from '../tiers/data-reader.ts';
import type { TreatmentKind } from './treatment.ts';

/** A part of the price of the goods that is let off; nothing of delivery. */
export interface Discount {
  readonly kind: 'discount';
  /** Of the price, in hundredths of a per cent: 1 to 9,000. */
  readonly basisPoints: number;
  /** Orders of one customer that it is given on; undefined: all while the treatment runs. */
  readonly uses: number | undefined;
  /** Families of products it is given on; none: all. */
  readonly families: readonly string[];
}

/** Choices that a new design begins with, where what the customer is known to want leaves them open. */
export interface StartingPoint {
  readonly kind: 'start';
  readonly family: string;
  /** Values by attribute; one at least. */
  readonly choices: Readonly<Record<string, string | number | boolean>>;
}

/** What a treatment does by itself; all else is for people to do, by its words. */
export type TreatmentAct = Discount | StartingPoint;

/** Let off at most: who gives everything away has mistyped. */
export const DISCOUNT_MAX = 9_000;
const USES_MAX = 1_000;
const FAMILIES_MAX = 100;
const CHOICES_MAX = 200;
/** Names of families and attributes, as families have them. */
const SLUG = /^[a-z][a-z0-9_-]{0,63}$/;
const ATTRIBUTE = /^[a-z][a-z0-9_-]{0,63}(\.[0-9]{1,2}\.[a-z][a-z0-9_]*)?$/;

/** Keys of a treatment by which it acts, and of which kinds. */
export const ACT_KEYS: readonly string[] = ['discount', 'start'];

function readDiscount(reader: DataReader, kind: TreatmentKind): Discount | undefined {
  if (!reader.has('discount')) return undefined;
  if (kind !== 'offer' && kind !== 'price-fence') {
    reader.report('unknown-key', 'discount', 'of offers and price fences');
  }
  const discount = reader.inner('discount', ['basisPoints', 'uses', 'families']);
  // An offer is for once, unless it says otherwise; a fence holds while it stands.
  const isForAll = kind === 'price-fence' && !discount.has('uses');
  const families = discount.texts('families', FAMILIES_MAX);
  for (const family of families) {
    if (!SLUG.test(family)) discount.report('bad-name', 'families', family);
  }
  return {
    kind: 'discount',
    basisPoints: discount.whole('basisPoints', [1, DISCOUNT_MAX]),
    uses: isForAll ? undefined : discount.whole('uses', [1, USES_MAX], 1),
    families,
  };
}

function readStart(reader: DataReader, kind: TreatmentKind): StartingPoint | undefined {
  if (!reader.has('start')) return undefined;
  if (kind !== 'starting-point') reader.report('unknown-key', 'start', 'of starting points');
  const start = reader.inner('start', ['family', 'choices']);
  const family = start.text('family');
  if (family !== '' && !SLUG.test(family)) start.report('bad-name', 'family', family);
  const choices = start.inner('choices');
  const keys = choices.keys();
  if (keys.length === 0) start.report('missing', 'choices', 'one at least');
  if (keys.length > CHOICES_MAX) start.report('too-many', 'choices', String(CHOICES_MAX));
  const read = keys.slice(0, CHOICES_MAX).map((attribute) => {
    if (!ATTRIBUTE.test(attribute)) choices.report('bad-name', attribute);
    return [attribute, choices.value(attribute)] as const;
  });
  return { kind: 'start', family, choices: Object.fromEntries(read) };
}

/** What a treatment of this kind does by itself; undefined where it only says what to do. */
export function readAct(reader: DataReader, kind: TreatmentKind): TreatmentAct | undefined {
  const discount = readDiscount(reader, kind);
  const start = readStart(reader, kind);
  return discount ?? start;
}

/** A discount that a customer may have, with the treatment it is of. */
export interface HeldDiscount {
  readonly treatment: string;
  readonly priority: number;
  readonly discount: Discount;
  /** Orders that it was given on already. */
  readonly used: number;
}

/**
 * The one discount of several that is given on an order of a family: the largest that is not used up.
 * They do not add up. At equal ones the greater priority decides, then the name.
 */
export function bestDiscount(
  held: readonly HeldDiscount[],
  family: string,
): HeldDiscount | undefined {
  const open = held.filter(
    ({ discount: { uses, families }, used }) =>
      (uses === undefined || used < uses) && (families.length === 0 || families.includes(family)),
  );
  const isBefore = (a: HeldDiscount, b: HeldDiscount): boolean =>
    a.discount.basisPoints !== b.discount.basisPoints
      ? a.discount.basisPoints > b.discount.basisPoints
      : a.priority !== b.priority
        ? a.priority > b.priority
        : a.treatment < b.treatment;
  return open.reduce<HeldDiscount | undefined>(
    (best, one) => (best === undefined || isBefore(one, best) ? one : best),
    undefined,
  );
}
