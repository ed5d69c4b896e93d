/** Ours beside published solvers, in one run: the same instance, the same choices. */
import { type Options, progress } from '../support/bench.ts';
import { distributionOf } from '../support/measure.ts';
import type { Cell, Table } from '../support/report.ts';
import { encode } from './clauses.ts';
import { type InstanceTask, loadInstance, TABLE_MODELS } from './instances.ts';
import { askPeer, type Installed, installPeers, type Question } from './peers.ts';
import type { TableAnswer } from './table-child.ts';
import { measureModel } from './tables.ts';

const SECONDS_FOR_A_PEER = 40;

/** Valid values alone, because that is what the others can be asked. */
export async function comparePeers({ isQuick }: Options): Promise<Table> {
  const peers = installPeers();
  const rows: (readonly Cell[])[] = [];
  const left: string[] = [];
  for (const instance of TABLE_MODELS.slice(0, isQuick ? 1 : 3)) {
    progress(`${instance.title}: others on the same choices`);
    const ours = await measureModel(instance, { sessions: 3, seconds: 20 });
    const question = questionOf(instance, ours);
    if (ours.fault !== undefined || question === undefined) {
      left.push(`${instance.title}: ${ours.fault ?? 'it has no encoding in clauses'}.`);
      continue;
    }
    const own = distributionOf(ours.clickMs);
    rows.push([instance.title, 'Keepsake', ours.compileMs, own.count, own.p50, own.p99, 1, 'all']);
    for (const peer of peers) {
      const row = await compare(peer, { instance, question, ours });
      if (typeof row === 'string') left.push(`${instance.title}, ${peer.name}: ${row}.`);
      else rows.push(row);
    }
  }
  return tableOf(rows, left);
}

interface Comparison {
  readonly instance: InstanceTask;
  readonly question: Question;
  readonly ours: TableAnswer;
}

async function compare(
  peer: Installed,
  { instance, question, ours }: Comparison,
): Promise<readonly Cell[] | string> {
  const told = await askPeer(peer, question);
  if (typeof told === 'string') return told;
  const { loadMs, durationsMs, valid } = told;
  if (durationsMs.length === 0) return `no choice was answered within ${question.seconds} s`;
  const { count, p50, p99 } = distributionOf(durationsMs);
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const ratio = sum(durationsMs) / Math.max(0.001, sum(ours.clickMs.slice(0, count)));
  const same = valid.filter((each, i) => each === ours.valid[i]).length;
  const name = `${peer.name} ${peer.version}`;
  return [instance.title, name, loadMs, count, p50, p99, ratio, `${same} of ${count}`];
}

function questionOf(instance: InstanceTask, ours: TableAnswer): Question | undefined {
  const loaded = loadInstance(instance);
  const clauses = loaded && encode(loaded.model.problem);
  if (loaded === undefined || clauses === undefined) return undefined;
  const { optionAt, sizes } = loaded.model.problem;
  return {
    clauses,
    variables: Array.from(sizes.subarray(0, loaded.model.declared), (size, v) =>
      Array.from({ length: size }, (_, x) => (optionAt[v] ?? 0) + x + 1),
    ),
    sessions: ours.sessions.map((session) => session.map((option) => option + 1)),
    seconds: SECONDS_FOR_A_PEER,
  };
}

function tableOf(rows: Table['rows'], left: readonly string[]): Table {
  return {
    title: 'The same choices, answered by others',
    columns: [
      'model',
      'who',
      'compile or load (ms)',
      'choices',
      'choice p50 (ms)',
      'p99 (ms)',
      'times ours, in all',
      'same answers',
    ],
    rows,
    remarks: [
      'Ours answers validity, price range and counts of every value; the others validity alone, with ' +
        'one question of satisfiability for each value of an open variable, which is what they offer. ' +
        'Tables are encoded with a selector for each row. Loading includes the first answer. ' +
        `Each stops after ${SECONDS_FOR_A_PEER} s; the choices that it did not reach are not counted.`,
      ...left,
    ],
  };
}
