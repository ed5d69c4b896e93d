import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSpace } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { ContactLine, CustomerLine, PurchaseLine } from '@keepsake/contract';
import { DAY_MS } from '@keepsake/kernel';
import { parseTierPolicy, parseTreatments } from '@keepsake/value';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type DemoTruth, demoTruthOf } from '../../../test/support/demo-truth.ts';
import { familiesOf, impossibleActs } from '../treatments/acts.rules.ts';
import { examplesFolder } from './demo.files.ts';
import {
  listDemoHistories,
  readDemoHistory,
  readDemoNames,
  readDemoTerms,
} from './demo-history.files.ts';
import { type DemoLife, makeUpLives } from './demo-history.rules.ts';

const COMPANIES = ['harbour-roasters', 'lantern-hotels', 'polaris-cycles'];
const UNTIL = '2026-03-01';
/** The day after it, on which the history is begun. */
const DAY = '2026-03-02';
const NOW = Date.parse(`${DAY}T09:00:00Z`);
const names = readDemoNames(examplesFolder);

function livesOf(company: string, until = UNTIL): readonly DemoLife[] {
  const { shape } = readDemoHistory(examplesFolder, company);
  return [...makeUpLives(shape, names, { until, digits: 2 })];
}

/** Families as the examples have them, in folders of their names with hyphens. */
function spacesOf(families: readonly string[]) {
  return new Map(
    families.map((family) => {
      const folder = family.replaceAll('_', '-');
      const file = join(examplesFolder, 'families', folder, 'family.yaml');
      const parsed = parseFamily(readFileSync(file, 'utf8'));
      if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
      return [family, compileSpace(parsed.value)];
    }),
  );
}

test('every demo company has a history', () => {
  expect(listDemoHistories(examplesFolder)).toEqual(COMPANIES);
});

describe.each(COMPANIES)('%s', (company) => {
  const { shape, terms } = readDemoHistory(examplesFolder, company);
  const lives = livesOf(company);
  const purchases = lives.flatMap((life) => life.purchases);
  const contacts = lives.flatMap((life) => life.contacts);
  const { costs } = readDemoTerms(company, NOW);
  const about = { shape, table: costs, horizonWeeks: terms.settings.horizonWeeks };
  const truths = lives.map(({ truth }) => demoTruthOf(truth, about));
  const of = (segment: string): readonly DemoTruth[] =>
    truths.filter((one) => one.segment === segment);

  test('the same lives every time, and later by as much as the last day is', () => {
    expect(livesOf(company)).toEqual(lives);
    const moved = livesOf(company, '2026-03-11').flatMap((life) => life.purchases);
    const days = (lines: readonly PurchaseLine[]) => lines.map((line) => Date.parse(line.day));
    expect(days(moved)).toEqual(days(purchases).map((day) => day + 10 * DAY_MS));
  });

  test('nobody is there twice, by name or by address', () => {
    const people = lives.map(({ person }) => person);
    expect(new Set(people.map(({ customer }) => customer)).size).toBe(people.length);
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    const emails = people.flatMap(({ email }) => email ?? []);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((one) => !/^[a-z]+[._][a-z]+@example\.(com|org|net)$/.test(one))).toEqual(
      [],
    );
    expect(emails.length / people.length).toBeGreaterThan(0.85);
  });

  test('all of it is what the history door takes, in three years until the last day', () => {
    for (const { person } of lives) CustomerLine.parse(person);
    for (const line of purchases) PurchaseLine.parse(line);
    for (const line of contacts) ContactLine.parse(line);
    const days = [...purchases, ...contacts].map(({ day }) => day).sort();
    expect(days.at(-1)).toBe(UNTIL);
    expect((days[0] ?? '').slice(0, 7)).toBe('2023-03');
    const numbers = new Map(
      purchases.flatMap((line) => (line.kind === 'purchase' ? [[line.number, line] as const] : [])),
    );
    const returns = purchases.filter((line) => line.kind === 'return');
    expect(numbers.size + returns.length).toBe(purchases.length);
    for (const line of returns) {
      const order = numbers.get(line.order ?? '');
      expect(order?.customer).toBe(line.customer);
      expect(Number(line.amount)).toBeLessThanOrEqual(Number(order?.amount));
      expect(line.day > (order?.day ?? '')).toBe(true);
    }
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(contacts.length);
  });

  test('every category has a margin and every channel a price, in the currency of the company', () => {
    const document = parse(
      readFileSync(join(examplesFolder, 'companies', `${company}.yaml`), 'utf8'),
    );
    expect(costs.currency).toBe(document.currency);
    const categories = new Set(purchases.map((line) => line.category));
    expect([...categories].sort()).toEqual(Object.keys(costs.marginBasisPointsByCategory).sort());
    const channels = new Set(contacts.map((line) => line.channel));
    expect([...channels].sort()).toEqual(Object.keys(costs.perContactMinor).sort());
    const total = shape.segments.reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 9);
  });

  test('the base is diverse: a top, some who cost more than they bring, some gone, some new', () => {
    const share = (what: (one: DemoTruth, i: number) => boolean): number =>
      truths.filter(what).length / truths.length;
    const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
    const belowZero = share(({ value }) => value < 0);
    expect(belowZero).toBeGreaterThan(0.04);
    expect(belowZero).toBeLessThan(0.08);
    const gains = truths.map(({ value }) => Math.max(0, value)).sort((a, b) => b - a);
    const top = sum(gains.slice(0, Math.round(truths.length / 5))) / sum(gains);
    expect(top).toBeGreaterThan(0.6);
    expect(top).toBeLessThan(0.9);
    expect(share(({ isAlive }) => !isAlive)).toBeLessThan(0.45);
    const isNew = share((_, i) => (lives[i]?.truth.joined ?? 0) > shape.months - 3);
    expect(isNew).toBeGreaterThan(0.05);
    // Losses are to be seen, and are no more than a part of it all.
    const losses = -sum(truths.map(({ value }) => Math.min(0, value)));
    expect(losses / sum(gains)).toBeGreaterThan(0.05);
    expect(losses / sum(gains)).toBeLessThan(0.25);
  });

  test('who is divided buys as the best do, but elsewhere', () => {
    const mean = (values: readonly number[]): number =>
      values.reduce((all, one) => all + one, 0) / values.length;
    const best = shape.segments[2]?.name ?? '';
    const [top, divided] = [of(best), of('divided')];
    expect(divided.length / truths.length).toBeGreaterThan(0.1);
    const each = mean(divided.map((one) => one.each)) / mean(top.map((one) => one.each));
    expect(each).toBeGreaterThan(0.75);
    expect(each).toBeLessThan(1.25);
    const wallets = (segment: string): number =>
      mean(lives.flatMap(({ truth }) => (truth.segment === segment ? [truth.walletRate] : [])));
    expect(wallets('divided') / wallets(best)).toBeGreaterThan(0.75);
    const value = mean(divided.map((one) => one.value)) / mean(top.map((one) => one.value));
    expect(value).toBeLessThan(0.5);
  });

  test('what the company brought about is told apart, and falls on everybody alike', () => {
    const faults = contacts.filter((line) => line.ownFault === true);
    expect(faults.length).toBeGreaterThan(50);
    expect(purchases.filter((line) => line.ownFault === true).length).toBeGreaterThan(20);
    const expected = Object.values(shape.companyFault.contacts).reduce((sum, one) => sum + one, 0);
    const bought = purchases.filter((line) => line.kind === 'purchase').length;
    expect(faults.length / bought / expected).toBeGreaterThan(0.85);
    expect(faults.length / bought / expected).toBeLessThan(1.15);
  });

  test('terms are documents that the value engine takes, with a group of its own for chance', () => {
    const { policy, treatments, growth } = readDemoTerms(company, NOW);
    expect(parseTierPolicy(policy)).toMatchObject({ kind: 'ok' });
    const parsed = parseTreatments(treatments);
    if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
    const plan = parsed.value.treatments;
    expect(plan.length).toBeGreaterThanOrEqual(4);
    expect(plan.length).toBeLessThanOrEqual(6);
    for (const one of plan) {
      expect(Object.keys(one.words).sort()).toEqual(['de', 'en']);
      expect(one.controlShare).toBeGreaterThanOrEqual(0.1);
      expect(one.until).toBeGreaterThan(NOW);
    }
    expect(impossibleActs(parsed.value, spacesOf(familiesOf(parsed.value)))).toEqual([]);
    expect(new Set(plan.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
    // One has run for long enough to be judged, and others begin on the day.
    const stated = terms.treatments.treatments.map(
      ({ fromDay }) => Date.parse(DAY) + fromDay * DAY_MS,
    );
    expect(plan.map(({ from }) => from)).toEqual(stated);
    expect(stated).toContain(Date.parse(DAY));
    const earlier = terms.treatments.treatments.filter(({ uplift }) => uplift !== undefined);
    expect(earlier.length).toBeGreaterThan(0);
    for (const { fromDay, uplift } of earlier) {
      expect(fromDay).toBeLessThan(-180);
      expect(Object.keys(shape.spendOf)).toContain(uplift?.category);
    }
    expect(growth.reach).toBeGreaterThan(0);
  });
});
