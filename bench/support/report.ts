import type { Chart } from './chart.ts';

/** A cell: a number is rounded to three digits where people read it, and whole in the JSON. */
export type Cell = string | number;

/** Figures under headings; units stand in the headings. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How the figures came about, and what they do not say. */
  readonly remarks?: readonly string[];
}

/** What a bench found. */
export interface Report {
  readonly tables: readonly Table[];
  readonly charts?: readonly Chart[];
  /** Why nothing was measured. */
  readonly skipped?: string;
}

/** A cell as people read it: three significant digits, thousands apart. */
export function formatCell(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return cell.toLocaleString('en');
  const digits = Math.abs(cell) >= 100 ? 0 : Math.abs(cell) >= 10 ? 1 : 2;
  return cell.toFixed(digits);
}
