import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { Fact, MyMemory } from './memory.ts';
import { Id, Instant, Slug } from './values.ts';

/** A fact as it is accounted for: with both times, and the purposes that may read it. */
export const AccountedFact = Fact.extend({
  /** When the company came to believe it; `since` and `until` say when it was true. */
  believedFrom: Instant,
  /** When it was no longer believed; null while it is. */
  believedUntil: Instant.nullable(),
  /** Purposes for which it may be read; it is withheld from all others. */
  readableFor: z.array(z.string()),
});
export type AccountedFact = z.infer<typeof AccountedFact>;

/** Everything ever believed of a person, what they allow, and who read what. */
export const MemoryAccount = MyMemory.extend({ facts: z.array(AccountedFact) });
export type MemoryAccount = z.infer<typeof MemoryAccount>;

const guest = { company: Slug, guest: Id };

export const privacy = {
  account: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests/{guest}/account',
      summary: 'Everything ever believed of a guest, with both times, evidence and readers',
      tag: 'Privacy',
      access: staff('privacy-officer'),
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject(guest),
    MemoryAccount,
  ),
  asOf: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests/{guest}/as-of',
      summary: 'What was known of a guest at a moment, at a place and for a purpose',
      tag: 'Privacy',
      access: staff('privacy-officer'),
      problems: [
        'company/not-found',
        'guest/not-found',
        'site/not-found',
        'memory/purpose-not-found',
      ],
    },
    z.strictObject({
      ...guest,
      /** When it was true; absent: now. */
      validAt: Instant.optional(),
      /** When it was known; absent: now. */
      knownAt: Instant.optional(),
      /** Where it was known; absent: anywhere. */
      site: Slug.optional(),
      purpose: Slug,
    }),
    z.object({
      validAt: Instant,
      knownAt: Instant,
      known: z.array(AccountedFact),
      /** Kept then, but not to be read for the purpose. */
      withheld: z.array(AccountedFact),
    }),
  ),
  erasePurpose: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/purposes/{purpose}/erase',
      summary: 'Erase what is kept of a guest for one purpose, and end their consent to it',
      tag: 'Privacy',
      access: staff('privacy-officer'),
      problems: ['company/not-found', 'guest/not-found', 'memory/purpose-not-found'],
    },
    z.strictObject({ ...guest, purpose: Slug }),
    z.object({
      erasedAt: Instant,
      /** Facts ever believed that are gone, and lines of the journal without words now. */
      facts: z.number().int(),
      lines: z.number().int(),
    }),
  ),
};
