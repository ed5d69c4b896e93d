import {
  type Choice,
  compileSpace,
  prepareSpace,
  type Space,
  startSession,
  viewSession,
} from '@keepsake/configurator';
import { seededRandom } from '@keepsake/kernel';
// How large the diagrams are is no part of the package's interface: only a bench wants to know.
import { compileNow } from '../../packages/configurator/src/diagram/compile-problem.ts';
import type { Diagram } from '../../packages/configurator/src/diagram/diagram.ts';
import { problemOf } from '../../packages/configurator/src/family-problem.ts';
import { type Options, progress } from '../support/bench.ts';
import { familyText, readFamily } from '../support/families.ts';
import { deadline, distributionOf, time } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import { type Dice, isExact, type Taken, take, walk } from '../support/walk.ts';

const FAMILIES = ['bicycle', 'coffee', 'hotel-room'];

/** One rider's way to a touring bicycle. */
const STORY: readonly Choice[] = [
  { attribute: 'height', value: 178 },
  { attribute: 'inseam', value: 84 },
  { attribute: 'riding_style', value: 'adventure' },
  { attribute: 'luggage', value: 'loaded' },
  { attribute: 'material', value: 'steel' },
  { attribute: 'colour', value: 'oxblood' },
  { attribute: 'gears', value: 'belt' },
  { attribute: 'tyre_width', value: '40' },
  { attribute: 'brakes', value: 'disc_hydraulic' },
  { attribute: 'handlebar', value: 'flat' },
  { attribute: 'saddle', value: 'leather' },
  { attribute: 'lights', value: true },
];

/** Latency of a choice in the engine alone, on the example families. */
export function measureAnswers({ isQuick }: Options): readonly Table[] {
  const spaces = FAMILIES.map((folder) => prepare(folder));
  return [
    {
      title: 'Reading and compiling a family, once for each version of it',
      columns: [
        'family',
        'attributes',
        'rules and tables',
        'read (ms)',
        'compile (ms)',
        'first view (ms)',
        'diagrams (ms)',
        'longest slice (ms)',
        'under diagrams (%)',
        'nodes',
        'edges',
      ],
      rows: spaces,
      remarks: [
        'In a process that had only just begun, in this order: the first family also pays for the ' +
          'engine being compiled to machine code. Search gives the first view; diagrams are made in slices, ' +
          'between which a page can answer. Variables that are not under diagrams outgrew their budget and are left to search.',
      ],
    },
    {
      title: 'A choice in process: deciding, then everything that the page shows',
      columns: ['who chooses', 'choices', 'p50 (ms)', 'p99 (ms)', 'max (ms)', 'exact (%)'],
      rows: [
        rowOf('bicycle: the story, in its own order', tellStory(prepared('bicycle'), STORY)),
        rowOf('bicycle: the same, before there are diagrams', tellStory(fresh('bicycle'), STORY)),
        rowOf('bicycle: the story, in shuffled orders', tellStories(prepared('bicycle'), isQuick)),
        ...FAMILIES.map((folder) =>
          rowOf(`${folder}: by chance`, walkMany(prepared(folder), isQuick ? 5 : 40)),
        ),
      ],
      remarks: [
        'The story is 12 choices of one rider; by chance are seeded customers with up to 12 choices ' +
          'each, so that hardly any answer was given before. Compiling is not counted.',
      ],
    },
  ];
}

function prepare(folder: string): Table['rows'][number] {
  progress(`compiling ${folder}`);
  const text = familyText(folder);
  const read = time(() => readFamily(text));
  const compiled = time(() => compileSpace(read.value));
  const space = compiled.value;
  const view = time(() => viewSession(startSession(space)));
  const slices = sliceTimes(space);
  const { attributes, rules, tables, formulas } = read.value;
  const sizes = diagramsOf(space).map(sizeOf);
  const sum = (of: (size: Size) => number): number => sizes.reduce((a, each) => a + of(each), 0);
  return [
    folder,
    attributes.length,
    rules.length + tables.length + formulas.length,
    ...[read.ms, compiled.ms, view.ms],
    slices.reduce((a, b) => a + b, 0),
    Math.max(...slices),
    (100 * sum(({ levels }) => levels)) / space.lookup.variables.length,
    sum(({ nodes }) => nodes),
    sum(({ edges }) => edges),
  ];
}

/** Prepares a space; answers how long each slice took. */
function sliceTimes(space: Space): readonly number[] {
  const slices: number[] = [];
  for (let isDone = false; !isDone; ) {
    const slice = time(() => prepareSpace(space, 1));
    slices.push(slice.ms);
    isDone = slice.value;
  }
  return slices;
}

/** The diagrams of a space: of all components, or of none where one has no diagram. */
function diagramsOf(space: Space): readonly Diagram[] {
  const compiled = compileNow(problemOf(space).problem);
  return compiled.kind === 'compiled' ? compiled.diagrams : [];
}

interface Size {
  readonly levels: number;
  readonly nodes: number;
  readonly edges: number;
}

function sizeOf({ order, edgeAt, children }: Diagram): Size {
  return { levels: order.length, nodes: edgeAt.length - 1, edges: children.length };
}

/** A space that has answered nothing yet. */
function fresh(folder: string): Space {
  return compileSpace(readFamily(familyText(folder)));
}

/** The same with its diagrams made. */
function prepared(folder: string): Space {
  const space = fresh(folder);
  prepareSpace(space);
  return space;
}

function tellStory(space: Space, story: readonly Choice[]): readonly Taken[] {
  const taken: Taken[] = [];
  let session = startSession(space);
  for (const choice of story) {
    const step = take(session, choice);
    if (step === undefined) throw new Error(`the story cannot choose ${choice.attribute}`);
    taken.push(step);
    session = step.session;
  }
  return taken;
}

function tellStories(space: Space, isQuick: boolean): readonly Taken[] {
  progress('bicycle: the story');
  const dice = seededRandom(5);
  const isOver = deadline(20);
  const taken: Taken[] = [];
  for (let i = 0; i < (isQuick ? 5 : 30) && !isOver(); i++) {
    taken.push(...tellStory(space, shuffle(STORY, dice)));
  }
  return taken;
}

function shuffle<T>(list: readonly T[], dice: Dice): readonly T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(dice.below(left.length), 1));
}

function walkMany(space: Space, customers: number): readonly Taken[] {
  progress(`${space.family.id}: customers by chance`);
  const dice = seededRandom(7);
  const isOver = deadline(30);
  const taken: Taken[] = [];
  for (let i = 0; i < customers && !isOver(); i++) taken.push(...walk(space, dice, 12));
  return taken;
}

function rowOf(name: string, taken: readonly Taken[]): Table['rows'][number] {
  const { count, p50, p99, max } = distributionOf(taken.map(({ ms }) => ms));
  const exact = taken.filter(({ view }) => isExact(view)).length;
  return [name, count, p50, p99, max, (100 * exact) / Math.max(1, count)];
}
