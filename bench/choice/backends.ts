import {
  compileSpace,
  prepareSpace,
  searchBackend,
  startSession,
  viewSession,
} from '@keepsake/configurator';
import { canonicalText, seededRandom } from '@keepsake/kernel';
import { type Options, progress } from '../support/bench.ts';
import { familyText, readFamily } from '../support/families.ts';
import { deadline, distributionOf } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import { type Taken, take, walk } from '../support/walk.ts';

const SEARCH_SECONDS = 30;

/** The same customers, answered by diagrams and by search, in turns in one run. */
export function measureBackends({ isQuick }: Options): Table {
  const rows = ['hotel-room', 'bicycle'].map((folder) => compare(folder, isQuick ? 4 : 20));
  return {
    title: 'A choice in process: compiled diagrams beside search, on the same choices',
    columns: [
      'family',
      'choices',
      'diagram p50 (ms)',
      'diagram p99 (ms)',
      'search p50 (ms)',
      'search p99 (ms)',
      'search ÷ diagram, in all',
      'same answers',
    ],
    rows,
    remarks: [
      `Customers by chance, 8 choices each; search stops after ${SEARCH_SECONDS} s. Both remember what they answered.`,
    ],
  };
}

function compare(folder: string, customers: number): Table['rows'][number] {
  progress(`${folder}: diagrams beside search`);
  const family = readFamily(familyText(folder));
  const [diagram, search] = [compileSpace(family), compileSpace(family, searchBackend)];
  prepareSpace(diagram);
  for (const space of [diagram, search]) viewSession(startSession(space));
  const dice = seededRandom(3);
  const isOver = deadline(SEARCH_SECONDS);
  const pairs: (readonly [Taken, Taken])[] = [];
  for (let i = 0; i < customers && !isOver(); i++) {
    let session = startSession(search);
    for (const one of walk(diagram, dice, 8)) {
      const other = take(session, one.choice);
      if (other === undefined || isOver()) break;
      pairs.push([one, other]);
      session = other.session;
    }
  }
  const ours = distributionOf(pairs.map(([one]) => one.ms));
  const theirs = distributionOf(pairs.map(([, other]) => other.ms));
  const total = (side: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[side].ms, 0);
  const same = pairs.filter(([one, other]) => shownBy(one) === shownBy(other)).length;
  return [
    folder,
    ours.count,
    ours.p50,
    ours.p99,
    theirs.p50,
    theirs.p99,
    total(1) / Math.max(0.001, total(0)),
    `${same} of ${pairs.length}`,
  ];
}

/** What both must agree on: the values and the price. */
function shownBy({ view }: Taken): string {
  return canonicalText(JSON.parse(JSON.stringify([view.attributes, view.price])));
}
