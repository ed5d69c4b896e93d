import type { HistoryKind, HistoryTotal } from '@keepsake/contract';
import { type Columns, type Role, sayRole } from './columns.ts';
import type { Imported } from './send-rows.ts';

/** What a report is about. */
export interface ReportAbout {
  readonly kind: HistoryKind;
  readonly file: string;
  readonly company: string;
  readonly source: string;
  readonly isDryRun: boolean;
  readonly header: readonly string[];
  readonly columns: Columns;
}

/** The report as one JSON object. */
export function importJson(about: ReportAbout, imported: Imported): object {
  const { header, columns, ...rest } = about;
  return {
    ...rest,
    columns: Object.fromEntries(rolesOf(columns).map(([role, at]) => [role, header[at]])),
    passedOver: columns.passedOver,
    ...imported,
  };
}

/** The report in lines for people. */
export function describeImport(about: ReportAbout, imported: Imported): readonly string[] {
  const { kind, file, company, source, isDryRun } = about;
  const { rows, accepted, known, refused } = imported;
  const did = isDryRun ? 'Looked at' : 'Took over';
  const counts = [
    ['rows', rows],
    ['accepted', accepted],
    ['known already', known],
    ['refused', refused],
  ] as const;
  return [
    `${did} ${kind} of ${file} for ${company}, source ${source}`,
    `  columns: ${sayColumns(about)}`,
    ...counts.map(([what, count]) => `  ${what.padEnd(14)}${grouped(`${count}`).padStart(12)}`),
    ...totalLines(imported.totals),
    ...leftOutLines(imported.totals),
    ...refusalLines(imported),
    ...(isDryRun ? ['This was a dry run: nothing was kept.'] : []),
  ];
}

function rolesOf(columns: Columns): readonly (readonly [Role, number])[] {
  // The object was made with roles for keys.
  return Object.entries(columns.places) as [Role, number][];
}

function sayColumns({ header, columns }: ReportAbout): string {
  const used = rolesOf(columns).map(([role, at]) => `${sayRole(role)} = ${header[at]}`);
  const { passedOver } = columns;
  const rest = passedOver.length > 0 ? `; passed over: ${passedOver.join(', ')}` : '';
  return `${used.join(', ')}${rest}`;
}

function totalLines(totals: readonly HistoryTotal[]): readonly string[] {
  if (totals.length === 0) return [];
  const table = totals.map(({ what, year, currency, rows, ownFault, minor }) => [
    ...[what, `${year}`, grouped(`${rows}`), grouped(`${ownFault}`)],
    minor === null || currency === null ? '' : `${sayAmount(minor, currency)} ${currency}`,
  ]);
  const head = ['', 'year', 'rows', 'own fault', totals.some((one) => one.minor) ? 'amount' : ''];
  const widths = head.map((_, at) =>
    Math.max(...[head, ...table].map((cells) => cells[at]?.length ?? 0)),
  );
  const lines = [head, ...table].map((cells) =>
    cells.map((cell, at) => align(cell, at, widths[at] ?? 0)).join('  '),
  );
  return ['totals of accepted and known already', ...lines.map((line) => `  ${line.trimEnd()}`)];
}

/** A warning where rows are in another currency than the company's. */
function leftOutLines(totals: readonly HistoryTotal[]): readonly string[] {
  const leftOut = totals.filter((one) => one.isLeftOut);
  if (leftOut.length === 0) return [];
  const rows = leftOut.reduce((sum, one) => sum + one.rows, 0);
  const currencies = [...new Set(leftOut.map((one) => one.currency))].sort().join(', ');
  const are = rows === 1 ? '1 row is' : `${grouped(`${rows}`)} rows are`;
  return [
    `warning: ${are} in ${currencies}, and not in the company's currency`,
    '  They are kept, and counted in no value of a customer. Convert the amounts first.',
  ];
}

function align(cell: string, at: number, width: number): string {
  return at === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function refusalLines({ refused, refusals }: Imported): readonly string[] {
  if (refused === 0) return [];
  const more = refused - refusals.length;
  return [
    'refused',
    ...refusals.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(more > 0 ? [`  … and ${grouped(`${more}`)} more`] : []),
  ];
}

/** Minor units as an amount, exact. */
export function sayAmount(minor: string, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const padded = minor.padStart(digits + 1, '0');
  const whole = grouped(padded.slice(0, padded.length - digits));
  return digits === 0 ? whole : `${whole}.${padded.slice(padded.length - digits)}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
