import { existsSync } from 'node:fs';
import type { LinkageModel, LinkageRecord, Resolved } from '@keepsake/memory/linkage';
import type { Command } from 'commander';
import { InputError, readText, writeText } from '../space/input.ts';
import type { People } from './csv-file.ts';
import { describePair, describeResolution, resolutionOf } from './report.ts';

const FILES = `FILE is a table with a header: values parted by comma, semicolon, tab or bar. The columns are told by
their names and by what stands in them; 'cluster', 'label' and 'group' are never evidence.
Nothing but the file is needed: no server, no store, no network.`;

const EXAMPLES = `
For example
  keepsake identity resolve people.csv
  keepsake identity resolve people.csv --id guest_no --json persons.json --model people.model.json
  keepsake identity resolve people.csv --explain 17 243

${FILES}`;

interface Flags {
  readonly id?: string;
  readonly json?: string;
  readonly model?: string;
  readonly explain?: readonly string[];
}

/** `keepsake identity …`: which records of a table are one person. */
export function addIdentity(program: Command): void {
  const identity = program
    .command('identity')
    .description('find out which records are one person')
    .addHelpText('after', `\n${FILES}`);
  identity
    .command('resolve')
    .description('find the persons among the records of a table')
    .argument('<file>', 'the table (CSV)')
    .option('--id <column>', 'the column of ids; the first where it is left out')
    .option('--json <file>', 'write persons and doubtful pairs there')
    .option('--model <file>', 'use the model of this file; where there is none, keep it there')
    .option('--explain <ids...>', 'two ids: what speaks for and against one person')
    .addHelpText('after', EXAMPLES)
    .action(resolve);
}

async function resolve(file: string, flags: Flags): Promise<void> {
  const { readPeople } = await import('./csv-file.ts');
  const people = readPeople(file, flags.id);
  const asked = flags.explain === undefined ? undefined : findPair(people.records, flags.explain);
  const kept = flags.model === undefined ? undefined : await readModel(flags.model);
  const warnings = [
    ...people.warnings,
    ...(kept === undefined ? [] : missingColumns(kept, people)),
  ];
  for (const warning of warnings) console.error(`warning: ${warning}`);
  const start = performance.now();
  const resolved = await run(file, people, kept);
  const answer = resolutionOf(resolved, Math.round(performance.now() - start));
  const { model } = resolved;
  if (flags.model !== undefined && kept === undefined) {
    writeText(flags.model, `${JSON.stringify(model)}\n`);
  }
  if (flags.json !== undefined) writeText(flags.json, `${JSON.stringify(answer)}\n`);
  if (asked !== undefined) console.log((await explain(asked, resolved)).join('\n'));
  else if (flags.json === undefined) {
    console.log(describeResolution(file, answer, model.schema).join('\n'));
  }
}

type Pair = readonly [LinkageRecord, LinkageRecord];

function findPair(records: readonly LinkageRecord[], ids: readonly string[]): Pair {
  const found = ids.map((id) => {
    const record = records.find((each) => each.id === id);
    if (record === undefined) throw new InputError(`--explain: no record has the id '${id}'`);
    return record;
  });
  const [a, b] = found;
  if (a === undefined || b === undefined || found.length > 2 || a === b) {
    throw new InputError('--explain takes two different ids; put the file before it');
  }
  return [a, b];
}

/** A model that was kept; undefined where there is no file yet. */
async function readModel(file: string): Promise<LinkageModel | undefined> {
  if (!existsSync(file)) return undefined;
  const { parseLinkageModel } = await import('@keepsake/memory/linkage');
  const read = parseLinkageModel(readText(file));
  if (read.kind === 'ok') return read.value;
  throw new InputError(`${file}: ${read.error}; remove it to learn a new one`);
}

function missingColumns({ schema }: LinkageModel, { columns }: People): readonly string[] {
  const used = schema.columns.filter(({ kind }) => kind !== 'ignored').map(({ name }) => name);
  const missing = used.filter((name) => !columns.includes(name));
  if (missing.length === used.length && used.length > 0) {
    throw new InputError(`--model: the table has none of its columns: ${used.join(', ')}`);
  }
  return missing.length === 0
    ? []
    : [`the table lacks columns of the model: ${missing.join(', ')}`];
}

async function run(
  file: string,
  people: People,
  model: LinkageModel | undefined,
): Promise<Resolved> {
  const { resolveRecords } = await import('@keepsake/memory/linkage');
  const { openBar } = await import('../space/progress-bar.ts');
  const bar = openBar(`resolving ${file}`, () => performance.now());
  const work = resolveRecords(people.records, model === undefined ? {} : { model });
  try {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      bar.tell(step.value.done / step.value.of);
    }
  } finally {
    bar.end();
  }
}

async function explain(pair: Pair, { clusters, model }: Resolved): Promise<readonly string[]> {
  const { comparePair } = await import('@keepsake/memory/linkage');
  const [a, b] = pair;
  const isTogether = clusters.some((ids) => ids.includes(a.id) && ids.includes(b.id));
  return describePair(pair, comparePair(model, a, b), isTogether);
}
