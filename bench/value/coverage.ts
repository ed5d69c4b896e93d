import { finish, seededRandom } from '@keepsake/kernel';
import {
  createDraws,
  type FittedModelName,
  fitPurchases,
  groupSummaries,
  predictPurchases,
} from '@keepsake/value';
import {
  type BuyingProcess,
  bgNbdProcess,
  mbgNbdProcess,
  nbdProcess,
  paretoNbdProcess,
  simulateCustomers,
} from '@keepsake/value/testing';
import { progress } from '../support/bench.ts';
import type { Cell, Table } from '../support/report.ts';
import { measureCpu } from './cpu.ts';

const stops = { r: 0.5248, alpha: 6.183, a: 0.8914, b: 1.614 };
const CASES: readonly (readonly [FittedModelName, BuyingProcess])[] = [
  ['nbd', nbdProcess({ r: 0.385, alpha: 12.07 })],
  ['bg-nbd', bgNbdProcess({ r: 0.2426, alpha: 4.4136, a: 0.793, b: 2.426 })],
  ['mbg-nbd', mbgNbdProcess(stops)],
  ['pareto-nbd', paretoNbdProcess({ r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 })],
];
const GROUP = 100;
const HORIZON = 39;

/** How often what a hundred customers buy lies in the interval that should hold it nine times of ten. */
export function measureCoverage(customers: number): Table {
  return {
    title: 'Intervals of 90 % for the purchases of 100 simulated customers in 39 weeks to come',
    columns: ['model', 'groups', 'held by the interval', 'standard error', 'CPU ms a group'],
    rows: CASES.map(([name, process]) => coverageOf(name, process, customers)),
    remarks: [`fitted to the same ${customers} customers; 1000 draws for each group`],
  };
}

function coverageOf(name: FittedModelName, process: BuyingProcess, count: number): Cell[] {
  progress(`coverage of ${name}`);
  const plan = { customers: count, ageMin: 27, ageMax: 39, horizon: HORIZON };
  const customers = [...simulateCustomers(process, plan, createDraws(seededRandom(7)))];
  const fit = finish(fitPurchases(groupSummaries(customers), name));
  if (fit.verdict === 'too-little-data') return [name, fit.verdict];
  const groups = Math.floor(count / GROUP);
  const { value: held, cpuSeconds } = measureCpu(() => {
    let found = 0;
    for (let group = 0; group < groups; group++) {
      const members = customers.slice(group * GROUP, (group + 1) * GROUP);
      const random = seededRandom(group + 1);
      const { interval } = finish(predictPurchases(fit, members, { horizon: HORIZON, random }));
      const bought = members.reduce((sum, member) => sum + member.heldOut, 0);
      if (bought >= interval.from && bought <= interval.to) found += 1;
    }
    return found;
  });
  const share = held / groups;
  const error = Math.sqrt((share * (1 - share)) / groups);
  return [name, groups, share.toFixed(3), error.toFixed(3), (cpuSeconds / groups) * 1000];
}
