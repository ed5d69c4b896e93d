import type { Portfolio } from '@keepsake/contract';
import {
  type CustomerScore,
  customerEquity,
  groupQuantities,
  TIERS,
  type Tier,
  whaleCurve,
} from '@keepsake/value';

/** Sums up what is said of the customers of a base, one after the other. Some 40 bytes each. */
export class BaseTally {
  readonly #values: Float64Array;
  readonly #tiers: Tier[] = [];
  readonly #growth = new Map<Tier, number>();
  readonly #atStake = new Map<Tier, number>();

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  /** Adds the next customer. */
  add({ value, decision, growth }: CustomerScore): void {
    const { tier, atStake } = decision;
    this.#values[this.#tiers.length] = value.mean;
    this.#tiers.push(tier);
    this.#growth.set(tier, (this.#growth.get(tier) ?? 0) + growth);
    this.#atStake.set(tier, (this.#atStake.get(tier) ?? 0) + atStake);
  }

  /** What all are worth, who holds it, and what each tier that the run gave comes to. */
  found(): Pick<Portfolio, 'equity' | 'whale'> & { readonly tiers: Portfolio['tiers'] } {
    const { customers, value, total, peak } = whaleCurve(this.#values);
    const groups = groupQuantities(this.#tiers, this.#values);
    return {
      equity: customerEquity(this.#values),
      whale: { customers: [...customers], value: [...value], total, peak },
      tiers: TIERS.flatMap((tier) => {
        const group = groups.find((one) => one.group === tier);
        if (group === undefined) return [];
        return [
          {
            tier,
            customers: group.count,
            value: group.total,
            growth: this.#growth.get(tier) ?? 0,
            atStake: this.#atStake.get(tier) ?? 0,
            shareOfValue: group.shareOfValue ?? null,
            quantiles: [...group.quantiles],
          },
        ];
      }),
    };
  }
}
