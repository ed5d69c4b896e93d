import { Comparer, type Comparison, MISSING, type Row } from './comparer.ts';
import { HOUSEHOLD_SHARES } from './levels.data.ts';
import type {
  Frequencies,
  LinkageModel,
  LinkageRecord,
  PairScore,
  WaterfallStep,
  Zone,
} from './model.ts';

/** However rare a value is, that two persons have it is never less likely than this. */
const CHANCE_MIN = 1e-9;

/** Scores pairs under a model. What it answers depends on the model and the pair alone. */
export class Scorer {
  readonly model: LinkageModel;
  readonly comparer: Comparer;
  readonly #tables: readonly Table[];
  readonly #pattern: Uint8Array;
  readonly #bits: Float64Array;
  readonly #prior: number;
  readonly #householdPrior: number;
  readonly #unique: readonly number[];
  /** The last addend of the last pair that was scored. */
  #household = 0;

  constructor(model: LinkageModel, comparer: Comparer = new Comparer(model.schema)) {
    this.model = model;
    this.comparer = comparer;
    this.#tables = comparer.comparisons.map((one, i) => tableOf(model, one, i));
    this.#pattern = new Uint8Array(comparer.comparisons.length);
    this.#bits = new Float64Array(comparer.comparisons.length);
    // The comparer may have been made before it was learned which identifiers are reliable.
    const unique = model.schema.columns.filter(({ isUnique }) => isUnique === true);
    this.#unique = comparer.comparisons.flatMap(({ attribute }, i) =>
      unique.some(({ name }) => name === attribute.name) ? [i] : [],
    );
    const { same, household } = model.prior;
    this.#prior = Math.log2(same / (1 - same));
    this.#householdPrior = household / (1 - same);
  }

  /** The values of a record, made comparable. */
  prepare(record: LinkageRecord): Row {
    return this.comparer.prepare(record.fields);
  }

  /** Bits that speak for one person; see `explain` for their addends. */
  score(a: Row, b: Row): number {
    this.comparer.compare(a, b, this.#pattern);
    let bits = this.#prior;
    let shared = this.#householdPrior;
    for (let i = 0; i < this.#tables.length; i++) {
      const level = this.#pattern[i] ?? MISSING;
      const table = this.#tables[i];
      if (level === MISSING || table === undefined) {
        this.#bits[i] = 0;
        continue;
      }
      const ownBits = table.bits[level] ?? 0;
      const weight = level === 0 ? this.#equalBits(i, a[i] ?? -1, ownBits) : ownBits;
      this.#bits[i] = weight;
      bits += weight;
      if (table.share > 0) shared *= table.share * 2 ** weight + 1 - table.share;
    }
    this.#household = -Math.log2(1 + shared);
    return bits + this.#household;
  }

  /** Where a value is equal: the rarer, the more it says. */
  #equalBits(i: number, value: number, bits: number): number {
    const table = this.#tables[i];
    if (table === undefined) return bits;
    let rarity = table.rarity[value];
    if (rarity === undefined) {
      rarity = table.rarityOf(this.comparer.valueOf(i, value));
      table.rarity[value] = rarity;
    }
    return Math.min(bits + rarity, table.bitsMax);
  }

  /** Whether two records have different identifiers of a kind of which a person has one. */
  differInUnique(a: Row, b: Row): boolean {
    if (this.#unique.length === 0) return false;
    this.comparer.compare(a, b, this.#pattern);
    return this.#unique.some((i) => {
      const level = this.#pattern[i] ?? MISSING;
      return level !== MISSING && level === (this.comparer.comparisons[i]?.levels ?? 0) - 1;
    });
  }

  /** The score with all its addends. */
  explain(a: Row, b: Row): PairScore {
    const bits = this.score(a, b);
    const compared = this.comparer.comparisons.map(
      ({ attribute, levels }, i): WaterfallStep => ({
        kind: 'comparison',
        name: attribute.name,
        columns: attribute.columns,
        level: this.#levelName(i, levels),
        bits: this.#bits[i] ?? 0,
      }),
    );
    const single = { columns: [], level: '' };
    const waterfall: readonly WaterfallStep[] = [
      { kind: 'prior', name: 'prior', ...single, bits: this.#prior },
      ...compared,
      { kind: 'household', name: 'household', ...single, bits: this.#household },
    ];
    const probability = probabilityOf(bits);
    return { bits, probability, zone: this.zoneOf(bits), waterfall };
  }

  #levelName(i: number, levels: number): string {
    const level = this.#pattern[i] ?? MISSING;
    if (level === MISSING) return 'missing';
    return this.model.comparisons[i]?.levels[0]?.[level % levels]?.name ?? '';
  }

  /** What follows from a score. */
  zoneOf(bits: number): Zone {
    const probability = probabilityOf(bits);
    const { same, review } = this.model.zones;
    if (probability >= same) return 'same';
    return probability >= review ? 'review' : 'different';
  }
}

/** The probability that odds of 2^bits mean. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}

interface Table {
  /** Base-2 logarithm of m/u, by level. */
  readonly bits: readonly number[];
  /** The most that an equal value can say. */
  readonly bitsMax: number;
  readonly share: number;
  /** Bits more or less where the value is equal, by its number, as far as they were asked. */
  readonly rarity: (number | undefined)[];
  rarityOf(value: string): number;
}

function tableOf(model: LinkageModel, { attribute }: Comparison, i: number): Table {
  const levels = model.comparisons[i]?.levels ?? [];
  const equal = levels[0]?.[0]?.m ?? 1;
  return {
    bits: levels.flat().map(({ m, u }) => Math.log2(m / u)),
    bitsMax: Math.log2(equal / CHANCE_MIN),
    share: model.comparisons[i]?.share ?? HOUSEHOLD_SHARES[attribute.kind] ?? 0,
    rarity: [],
    rarityOf: rarityOf(model.frequencies[attribute.name]),
  };
}

/** How much rarer a value is than equal values are on average (Winkler 1988), in bits. */
function rarityOf(frequencies: Frequencies | undefined): (value: string) => number {
  if (frequencies === undefined || frequencies.total === 0) return () => 0;
  const { total } = frequencies;
  const counts = new Map(Object.entries(frequencies.values));
  let named = 0;
  let squares = 0;
  for (const count of counts.values()) {
    named += count;
    squares += count * count;
  }
  const average = (squares + total - named) / total;
  return (value) => Math.log2(average / (counts.get(value) ?? 1));
}
