import type { CustomerForecast, PurchaseSummary } from '@keepsake/value';
import { ownText } from '../own-text.ts';
import type { CustomerColumns } from './report-data.ts';

/** Gathers what is told of customers, as many as they are. */
export class CustomerList {
  readonly #names: string[] = [];
  readonly #rows: number[][] = Array.from({ length: 10 }, () => []);

  add(customer: PurchaseSummary, forecast: CustomerForecast, count: number): void {
    const { frequency, recency, age } = customer;
    const { alive, purchases, spend, value, valueLow, valueHigh } = forecast;
    this.#names.push(ownText(customer.customer));
    const figures = [
      frequency,
      age - recency,
      age,
      alive,
      purchases,
      spend,
      value,
      valueLow,
      valueHigh,
      count,
    ];
    figures.forEach((figure, i) => {
      this.#rows[i]?.push(figure ?? 0);
    });
  }

  columns(): CustomerColumns {
    const column = (i: number): Float64Array => Float64Array.from(this.#rows[i] ?? []);
    return {
      names: this.#names,
      frequency: column(0),
      silence: column(1),
      age: column(2),
      alive: column(3),
      purchases: column(4),
      spend: column(5),
      value: column(6),
      low: column(7),
      high: column(8),
      count: column(9),
    };
  }
}
