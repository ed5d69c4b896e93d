import { canonicalText, DAY_MS, type Json } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Identifier, type LinkEvent, personById, personOf, personsOf } from './identity.ts';
import { identifierLists, JOURNAL_DAYS, JOURNAL_START, linkLists } from './testing/index.ts';

const SUBJECTS = ['s1', 's2', 's3', 's4', 's5'];
const LATER = JOURNAL_START + (JOURNAL_DAYS + 1) * DAY_MS;

const people = (identifiers: readonly Identifier[], links: readonly LinkEvent[]): string =>
  canonicalText(personsOf(SUBJECTS, identifiers, links) as unknown as Json);

describe('identity', () => {
  test('MEM-20 the order in which evidence arrives does not matter', () => {
    const evidence = fc.tuple(identifierLists, linkLists).chain(([identifiers, links]) =>
      fc.record({
        identifiers: fc.constant(identifiers),
        links: fc.constant(links),
        mixed: fc.tuple(
          fc.shuffledSubarray([...identifiers], { minLength: identifiers.length }),
          fc.shuffledSubarray([...links], { minLength: links.length }),
        ),
      }),
    );
    fc.assert(
      fc.property(evidence, ({ identifiers, links, mixed }) => {
        expect(people(mixed[0], mixed[1])).toBe(people(identifiers, links));
        expect(people(identifiers, [...links, ...links])).toBe(people(identifiers, links));
      }),
      { numRuns: 500 },
    );
  });

  test('MEM-21 voiding every verdict restores every person byte for byte', () => {
    fc.assert(
      fc.property(identifierLists, linkLists, linkLists, (identifiers, before, merges) => {
        const appended = merges
          .filter((link) => link.kind !== 'void')
          .map((link) => ({ ...link, id: `m-${link.id}` }));
        const voids = appended.map(
          (link, position): LinkEvent => ({
            kind: 'void',
            id: `v${position}`,
            voids: link.id,
            by: 'human',
            at: LATER,
          }),
        );
        const after = people(identifiers, [...before, ...appended, ...voids]);
        expect(after).toBe(people(identifiers, before));
      }),
      { numRuns: 500 },
    );
  });

  test('MEM-22 two subjects a human told apart are never one person', () => {
    fc.assert(
      fc.property(identifierLists, linkLists, (identifiers, links) => {
        const apart: LinkEvent = {
          kind: 'not_same',
          id: 'x',
          a: 's1',
          b: 's2',
          by: 'human',
          at: LATER,
        };
        expect(personOf('s1', identifiers, [...links, apart]).members).not.toContain('s2');
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-23 claims that are not proven, weak or shared join nobody', () => {
    fc.assert(
      fc.property(identifierLists, linkLists, (identifiers, links) => {
        const proven = identifiers.filter(
          (one) => one.verifiedAt !== null && one.strength === 'strong',
        );
        expect(people(identifiers, links)).toBe(people(proven, links));
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-24 every id ever handed out still finds the person that subject belongs to', () => {
    fc.assert(
      fc.property(identifierLists, linkLists, linkLists, (identifiers, earlier, later) => {
        const links = [...earlier, ...later.map((link) => ({ ...link, id: `m-${link.id}` }))];
        for (const person of personsOf(SUBJECTS, identifiers, earlier)) {
          const now = personById(person.id, identifiers, links);
          expect(now?.aliases).toContain(person.id);
        }
      }),
      { numRuns: 300 },
    );
  });
});
