/** One published solver in a process of its own: loads an instance, answers valid values. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answerParent } from '../support/child.ts';
import { deadline } from '../support/measure.ts';
import type { PeerName, Question } from './peers.ts';

/** What to ask whom. */
export interface PeerTask extends Question {
  readonly name: PeerName;
  /** Where it is installed. */
  readonly folder: string;
}

/** What it took and what it answered. */
export interface PeerAnswer {
  readonly loadMs: number;
  /** Of each choice that was answered in time. */
  readonly durationsMs: readonly number[];
  /** After each of those choices: how many values of open variables are valid. */
  readonly valid: readonly number[];
  readonly isCutShort: boolean;
}

/** Whether some solution has all of these options; counted from 1. */
type Satisfy = (options: readonly number[]) => Promise<boolean> | boolean;

/** As much of each package as is used here; they bring no types for what is loaded by name. */
interface LogicSolver {
  Solver: new () => {
    require(formula: unknown): void;
    solveAssuming(formula: unknown): unknown;
  };
  or(...parts: readonly string[]): unknown;
  and(...parts: readonly string[]): unknown;
}

function loadLogicSolver(load: NodeJS.Require, { clauses }: Question): Satisfy {
  const logic = load('logic-solver') as LogicSolver;
  const solver = new logic.Solver();
  const word = (n: number): string => (n < 0 ? `-v${-n}` : `v${n}`);
  for (const clause of clauses.clauses) solver.require(logic.or(...clause.map(word)));
  return (options) => solver.solveAssuming(logic.and(...options.map(word))) !== null;
}

interface Z3 {
  init(): Promise<{
    Context(name: string): {
      Solver: new () => {
        add(formula: unknown): void;
        check(...assumptions: readonly unknown[]): Promise<'sat' | 'unsat' | 'unknown'>;
      };
      Bool: { const(name: string): unknown };
      Or(...parts: readonly unknown[]): unknown;
      Not(part: unknown): unknown;
    };
  }>;
}

async function loadZ3(load: NodeJS.Require, { clauses }: Question): Promise<Satisfy> {
  const z3 = load('z3-solver') as Z3;
  const { Context } = await z3.init();
  const { Solver, Bool, Or, Not } = Context('main');
  const solver = new Solver();
  const positive = Array.from({ length: clauses.variables + 1 }, (_, i) => Bool.const(`v${i}`));
  const negative = positive.map((each) => Not(each));
  const term = (n: number): unknown => (n < 0 ? negative[-n] : positive[n]);
  for (const clause of clauses.clauses) solver.add(Or(...clause.map(term)));
  return async (options) => {
    const answer = await solver.check(...options.map(term));
    if (answer === 'unknown') throw new Error('z3 does not know');
    return answer === 'sat';
  };
}

type Highs = () => Promise<{ solve(problem: string): { readonly Status: string } }>;

async function loadHighs(load: NodeJS.Require, { clauses }: Question): Promise<Satisfy> {
  const highs = await (load('highs') as Highs)();
  const rows = clauses.clauses.map((clause, i) => {
    const negatives = clause.filter((n) => n < 0).length;
    const terms = clause.map((n) => (n < 0 ? `- x${-n}` : `+ x${n}`));
    return ` c${i}: ${terms.join(' ')} >= ${1 - negatives}`;
  });
  const names = Array.from({ length: clauses.variables }, (_, i) => ` x${i + 1}`);
  const head = `Minimize\n obj: 0 x1\nSubject To\n${rows.join('\n')}\n`;
  const tail = `Binary\n${names.join('\n')}\nEnd\n`;
  return (options) => {
    const fixed = options.map((n) => ` d${n}: x${n} >= 1\n`);
    return highs.solve(`${head}${fixed.join('')}${tail}`).Status === 'Optimal';
  };
}

const LOADERS: Readonly<
  Record<PeerName, (load: NodeJS.Require, question: Question) => Satisfy | Promise<Satisfy>>
> = { 'logic-solver': loadLogicSolver, 'z3-solver': loadZ3, highs: loadHighs };

answerParent(async (task: PeerTask): Promise<PeerAnswer> => {
  const start = performance.now();
  const load = createRequire(join(task.folder, 'package.json'));
  const satisfy = await LOADERS[task.name](load, task);
  await satisfy([]);
  const loadMs = performance.now() - start;
  return { loadMs, ...(await askAll(task, satisfy)) };
});

async function askAll(
  { sessions, variables, seconds }: PeerTask,
  satisfy: Satisfy,
): Promise<Omit<PeerAnswer, 'loadMs'>> {
  const isOver = deadline(seconds);
  const durationsMs: number[] = [];
  const valid: number[] = [];
  for (const session of sessions) {
    for (let i = 1; i <= session.length; i++) {
      const start = performance.now();
      const count = await countValid(session.slice(0, i), { variables, satisfy, isOver });
      if (count === undefined) return { durationsMs, valid, isCutShort: true };
      durationsMs.push(performance.now() - start);
      valid.push(count);
    }
  }
  return { durationsMs, valid, isCutShort: false };
}

interface Asking {
  readonly variables: PeerTask['variables'];
  readonly satisfy: Satisfy;
  readonly isOver: () => boolean;
}

/** One question for each value of each open variable; undefined where the time is over. */
async function countValid(
  chosen: readonly number[],
  { variables, satisfy, isOver }: Asking,
): Promise<number | undefined> {
  let count = 0;
  for (const options of variables) {
    if (options.some((option) => chosen.includes(option))) continue;
    for (const option of options) {
      if (isOver()) return undefined;
      if (await satisfy([...chosen, option])) count++;
    }
  }
  return count;
}
