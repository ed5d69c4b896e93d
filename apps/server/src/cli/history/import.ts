import { HistoryAnswer, type HistoryKind } from '@keepsake/contract';
import { type Command, Option } from 'commander';
import { InputError } from '../space/input.ts';
import type { DateOrder } from '../value/cells.ts';

interface ImportFlags {
  readonly company: string;
  readonly source: string;
  readonly dates?: DateOrder;
  readonly dryRun?: true;
  readonly json?: true;
}

const KINDS: Readonly<Record<HistoryKind, string>> = {
  customers: 'customers: key, name, e-mail, phone, loyalty number',
  orders: 'orders and returns: number, customer, date, net amount, lines, category',
  contacts: 'contacts with service: id, customer, date, channel, own fault, reason',
};

const ABOUT = `
FILE is a table whose first line names the columns, in any order; values are parted by comma, semicolon
or tab. Rows that cannot be taken are told with their line and the others are taken. Running it again
changes nothing, and goes on where a run was broken off.

For example
  keepsake import orders orders.csv --company lantern-hotels --source shop --dry-run
  keepsake import orders orders.csv --company lantern-hotels --source shop`;

/** `keepsake import …`: history from an earlier system. */
export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('take over customers, orders and contacts from an earlier system');
  for (const [kind, about] of Object.entries(KINDS)) {
    group
      .command(kind)
      .description(`take over ${about}`)
      .argument('<file>', 'the table (CSV)')
      .requiredOption('--company <company>', 'the id of the company, as in its addresses')
      .option('--source <name>', 'which system the file comes from: its keys are its own', 'import')
      .addOption(
        new Option('--dates <order>', 'which comes first in dates such as 1/2/2026').choices([
          'dmy',
          'mdy',
        ]),
      )
      .option('--dry-run', 'do everything but keep it')
      .option('--json', 'report as JSON')
      .addHelpText('after', ABOUT)
      .action((file: string, flags: ImportFlags) => run(kind as HistoryKind, file, flags));
  }
}

async function run(kind: HistoryKind, file: string, flags: ImportFlags): Promise<void> {
  const { openTable, readTable } = await import('./table.ts');
  const { findColumns } = await import('./columns.ts');
  const { createRowReader } = await import('./row-lines.ts');
  const { sendRows } = await import('./send-rows.ts');
  const { describeImport, importJson } = await import('./import-report.ts');
  const { openOperator } = await import('../operator-session.ts');
  const { openBar } = await import('../space/progress-bar.ts');
  const { company, source } = flags;
  for (const [name, value] of Object.entries({ company, source })) checkName(name, value);
  const isDryRun = flags.dryRun === true;
  const table = openTable(file);
  const columns = findColumns(file, kind, table.header);
  const read = createRowReader(kind, table, { columns, dates: flags.dates });
  const path = `/api/c/${company}/history/${kind}?source=${source}${isDryRun ? '&dryRun=true' : ''}`;
  const operator = await openOperator();
  const bar = openBar(kind, Date.now);
  let answered = 0;
  try {
    const imported = await sendRows(readTable(table, bar.tell), {
      ...{ file, kind, read },
      send: async (lines) => HistoryAnswer.parse(await operator.send(path, lines)),
      done: (line) => {
        answered = line;
      },
    });
    bar.end();
    const about = { kind, file, company, source, isDryRun, header: table.header, columns };
    if (flags.json === true) console.log(JSON.stringify(importJson(about, imported)));
    else console.log(describeImport(about, imported).join('\n'));
  } catch (error) {
    bar.end();
    if (answered > 0 && !isDryRun) {
      console.error(`Everything up to line ${answered} was taken over. Run it again to go on.`);
    }
    throw error;
  } finally {
    await operator.close();
  }
}

function checkName(option: string, value: string): void {
  if (/^[a-z][a-z0-9_-]{0,63}$/.test(value)) return;
  const what = 'is no name of small letters, digits, - and _';
  throw new InputError(`--${option}: '${value}' ${what}`);
}
