import { canonicalText, seededRandom } from '@keepsake/kernel';
import { personById, personsOf } from '@keepsake/memory';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createSubject,
  ensureMembers,
  eraseSubject,
  linkSubjects,
  type Verdict,
} from '../../src/modules/memory/index.ts';
import { listAllLinks } from '../../src/modules/memory/links.store.ts';
import { linkOf, membersOf, rebuildMembers } from '../../src/modules/memory/members.service.ts';
import { listAllMembers } from '../../src/modules/memory/members.store.ts';
import { createLog } from '../../src/platform/log.ts';
import { COMPANY, openWorld, type World } from './memory-world.ts';

let world: World;
let subjects: string[];
beforeEach(async () => {
  world = await openWorld();
  subjects = await makeSubjects(9);
});

async function makeSubjects(count: number): Promise<string[]> {
  return await world.database.transaction(async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < count; i++) made.push(await createSubject(tx, world.deps, COMPANY));
    return made.sort();
  });
}

async function give(verdict: Verdict): Promise<string> {
  world.clock.advance(1);
  return await world.database.transaction((tx) =>
    linkSubjects(tx, world.deps, { company: COMPANY, actor: null, ...verdict }),
  );
}

const kept = () => listAllMembers(world.database.kysely, COMPANY);

/** The persons that the engine makes of all verdicts there are. */
async function fromVerdicts() {
  const links = await listAllLinks(world.database.kysely, COMPANY);
  return { links: links.map(linkOf), persons: personsOf(subjects, [], links.map(linkOf)) };
}

async function expectSound(): Promise<void> {
  const before = await kept();
  const { links, persons } = await fromVerdicts();
  for (const subject of subjects) {
    const person = personById(`person:${subject}`, [], links);
    const members = await membersOf(world.database.kysely, COMPANY, subject);
    expect(members).toEqual(person?.members ?? [subject]);
    expect(persons.find((one) => one.members.includes(subject))?.members).toEqual(members);
  }
  await world.database.transaction((tx) => rebuildMembers(tx, COMPANY));
  expect(await kept()).toEqual(before);
}

/** Erases a person unless nearly everybody belongs to it. */
async function eraseSmall(subject: string): Promise<void> {
  const members = await membersOf(world.database.kysely, COMPANY, subject);
  if (members.length > 3) return;
  const deps = { ...world.deps, log: createLog('silent') };
  await eraseSubject(deps, { company: COMPANY, subject, erasers: [] });
  subjects = subjects.filter((one) => !members.includes(one));
}

async function giveSome(
  a: string,
  b: string,
  { dice, verdicts }: { readonly dice: number; readonly verdicts: readonly string[] },
): Promise<readonly string[]> {
  const voids = dice < 5 ? verdicts[(dice * 7) % Math.max(1, verdicts.length)] : undefined;
  if (voids !== undefined) return [await give({ kind: 'void', voids })];
  return a === b ? [] : [await give({ kind: dice < 9 ? 'not_same' : 'same', a, b })];
}

describe('who is one person with whom', () => {
  test.each([1, 2, 3])('is kept as a replay of the verdicts makes it (%i)', async (seed) => {
    const chance = seededRandom(seed);
    const pick = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T;
    let verdicts: string[] = [];
    for (let step = 0; step < 28; step++) {
      const [a, b] = [pick(subjects), pick(subjects)];
      const id = await giveSome(a, b, { dice: chance.below(20), verdicts });
      verdicts.push(...id);
      if (step % 13 !== 12) continue;
      await expectSound();
      await eraseSmall(a);
      const left = await listAllLinks(world.database.kysely, COMPANY);
      verdicts = verdicts.filter((id) => left.some((link) => link.id === id));
    }
    await expectSound();
  });

  test('taking every verdict back puts each subject where it was, also given at once', async () => {
    const [first = '', ...rest] = subjects;
    const pairs = rest.map((b) => ({ kind: 'same', a: first, b }) as const);
    const verdicts = await Promise.all(pairs.map(give));
    expect(await membersOf(world.database.kysely, COMPANY, rest[3] ?? '')).toEqual(subjects);
    await Promise.all(verdicts.map((voids) => give({ kind: 'void', voids })));
    for (const subject of subjects) {
      expect(await membersOf(world.database.kysely, COMPANY, subject)).toEqual([subject]);
    }
    await expectSound();
  });

  test('an older store, which has verdicts alone, is brought up to date', async () => {
    const [a = '', b = ''] = subjects;
    await give({ kind: 'same', a, b });
    const before = await kept();
    await sql`delete from members`.execute(world.database.kysely);
    expect(await membersOf(world.database.kysely, COMPANY, a)).toEqual([a]);
    await ensureMembers(world.deps);
    expect(canonicalText(JSON.parse(JSON.stringify(await kept())))).toBe(
      canonicalText(JSON.parse(JSON.stringify(before))),
    );
    await ensureMembers(world.deps);
    expect(await kept()).toEqual(before);
  });

  test('a person of a thousand subjects is taken apart exactly', async () => {
    subjects = await makeSubjects(1000);
    const middle = 500;
    let bridge = '';
    await world.database.transaction(async (tx) => {
      for (let i = 1; i < subjects.length; i++) {
        const pair = { a: subjects[i - 1] ?? '', b: subjects[i] ?? '' };
        if (i === middle) continue;
        await sql`
          insert into link_events (company, id, kind, a, b, made_by, at)
          values (${COMPANY}, gen_random_uuid(), 'same', ${pair.a}, ${pair.b}, 'machine',
            ${new Date(world.clock.now() + i)})`.execute(tx);
      }
      await rebuildMembers(tx, COMPANY);
    });
    world.clock.advance(5000);
    const before = await kept();
    const pair = { a: subjects[middle - 1] ?? '', b: subjects[middle] ?? '' };
    bridge = await give({ kind: 'same', ...pair });
    expect(new Set((await kept()).map((row) => row.person)).size).toBe(1);
    expect(await membersOf(world.database.kysely, COMPANY, subjects[999] ?? '')).toEqual(subjects);
    await give({ kind: 'void', voids: bridge });
    expect(await kept()).toEqual(before);
  });
});
