import { DAY_MS, newId } from '@keepsake/kernel';
import type { InteractionBody } from '@keepsake/memory';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type ApplyInput,
  applyMemory,
  createSubject,
  recordInteractions,
  recordOutcome,
} from '../../src/modules/memory/index.ts';
import { placeOf } from '../../src/modules/memory/places.rules.ts';
import { loadPerson } from '../../src/modules/memory/recall.service.ts';
import { COMPANY, openWorld, tidewater, type World } from './memory-world.ts';

const CAPABILITIES = [
  {
    predicate: 'pillow.firmness',
    operation: 'make-bed',
    text: { en: '{value} pillow', de: '{value}es Kissen' },
  },
  { predicate: 'allergy.substance', operation: 'make-bed', text: { en: 'No {value}' } },
  { predicate: 'minibar.wish', operation: 'fill-minibar', text: { en: '{value}' } },
];

let world: World;
let subject: string;
let order: string;
beforeEach(async () => {
  world = await openWorld();
  subject = await world.database.transaction((tx) => createSubject(tx, world.deps, COMPANY));
  order = newId(world.clock.now(), world.deps.random);
  await record([grant('personalisation')]);
});

const grant = (purpose: string): InteractionBody => ({
  kind: 'consent-granted',
  purpose,
  basis: purpose === 'health' ? 'explicit-consent' : 'consent',
  wording: { en: 'yes' },
  receiptId: purpose,
});
const fact = (predicate: string, value: string, more: object = {}): InteractionBody => ({
  ...{ kind: 'fact', basis: 'stated', predicate, value },
  ...more,
});

async function record(bodies: readonly InteractionBody[]): Promise<void> {
  const source = { channel: 'desk', touchpoint: 'note', actor: { kind: 'staff' } } as const;
  await world.database.transaction((tx) =>
    recordInteractions(tx, world.deps, { company: COMPANY, subject, ...source, bodies }),
  );
}

async function apply(more: Partial<ApplyInput> = {}): Promise<string[]> {
  const at = world.clock.now();
  const instructions = await applyMemory(world.database.kysely, world.deps, {
    ...{ company: COMPANY, subject, site: 'keywest', kind: 'stay', at, deadline: at + DAY_MS },
    capabilities: CAPABILITIES,
    ...more,
  });
  return instructions.map((one) => `${one.operation}: ${one.text.en}`);
}

async function confidence(): Promise<number | undefined> {
  const who = { company: COMPANY, subject };
  const person = await loadPerson(world.database.kysely, world.deps, who);
  return person?.facts.find((one) => one.predicate === 'minibar.wish')?.confidence;
}

describe('what remembered facts ask of the makers', () => {
  test('a firm pillow noted in Monterey is on the bed in Key West', async () => {
    await record([fact('pillow.firmness', 'firm')]);
    expect(await apply()).toEqual(['make-bed: firm pillow']);
    const reads = await world.database.kysely.selectFrom('fact_reads').selectAll().execute();
    expect(reads.map((read) => [read.actor_kind, read.touchpoint, read.site])).toEqual([
      ['system', 'stay', 'keywest'],
    ]);
  });

  test('what holds in one house stays there', async () => {
    const [monterey] = tidewater.sites;
    const place = monterey === undefined ? '' : placeOf(monterey);
    await record([fact('pillow.firmness', 'firm', { scope: { place } })]);
    expect(await apply()).toEqual([]);
    expect(await apply({ site: 'monterey' })).toEqual(['make-bed: firm pillow']);
  });

  test('without explicit consent an allergy is not told, with it it is', async () => {
    await record([fact('allergy.substance', 'feathers', { polarity: 'forbid' })]);
    expect(await apply()).toEqual([]);
    await record([grant('health')]);
    expect(await apply()).toEqual(['make-bed: No feathers']);
  });

  test('nobody known, or no such site, asks nothing', async () => {
    await record([fact('pillow.firmness', 'firm')]);
    expect(await apply({ site: 'paris' })).toEqual([]);
    expect(await apply({ subject: newId(0, world.deps.random) })).toEqual([]);
  });
});

describe('what became of it', () => {
  const outcome = (rejected: readonly { index: number; reason: string }[], operation: string) =>
    world.database.transaction((tx) =>
      recordOutcome(tx, world.deps, {
        ...{ company: COMPANY, order, operation, site: 'keywest', rejected },
        actor: { kind: 'staff', id: 'maker-1' },
      }),
    );

  test('what was kept bears the fact out, once', async () => {
    await record([fact('minibar.wish', 'ginger beer', { basis: 'observed' })]);
    const before = await confidence();
    expect(await apply({ order })).toEqual(['fill-minibar: ginger beer']);
    expect(await outcome([], 'fill-minibar')).toBe(1);
    expect(before).toBe(0.7);
    expect(await confidence()).toBeCloseTo(0.85, 10);
    expect(await outcome([], 'fill-minibar')).toBe(0);
    expect(await confidence()).toBeCloseTo(0.85, 10);
  });

  test('what could not be followed is written down with its reason and says nothing against it', async () => {
    await record([fact('minibar.wish', 'ginger beer', { basis: 'observed' })]);
    await apply({ order });
    expect(await outcome([{ index: 0, reason: 'None left in town' }], 'fill-minibar')).toBe(1);
    const [row] = await world.database.kysely.selectFrom('applications').selectAll().execute();
    expect(row?.outcome).toBe('rejected');
    expect(Buffer.from(row?.reason ?? []).includes('None left')).toBe(false);
    expect(await confidence()).toBe(0.7);
  });

  test('asking again for the same order replaces what is not carried out yet', async () => {
    await record([fact('minibar.wish', 'ginger beer')]);
    await apply({ order });
    await record([fact('pillow.firmness', 'soft')]);
    expect((await apply({ order })).length).toBe(2);
    const rows = await world.database.kysely.selectFrom('applications').selectAll().execute();
    expect(rows.map((row) => row.operation).sort()).toEqual(['fill-minibar', 'make-bed']);
  });
});
