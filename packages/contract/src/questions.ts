import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { PredicateName } from './memory.ts';
import { CalendarDate, Slug, Words } from './values.ts';

/** What became of needs: answered from memory, asked, or left alone. */
export const AskCounts = z.object({
  /** Everything that a touchpoint wanted to know. */
  needs: z.number().int(),
  /** Answered from memory, without a question. */
  known: z.number().int(),
  /** Answered from memory, to be confirmed. */
  confirm: z.number().int(),
  /** Put to the customer. */
  asked: z.number().int(),
  /** Of those asked: the answer was there already. */
  repeats: z.number().int(),
  /** Not asked, for the customer would rather not say, or does not allow the purpose. */
  declined: z.number().int(),
  /** Not asked, for something else was asked first, or by somebody else. */
  later: z.number().int(),
  /** Repeats among questions, from 0 to 1; null where nothing was asked. */
  repeatRate: z.number().nullable(),
});
export type AskCounts = z.infer<typeof AskCounts>;

export const QuestionReport = z.object({
  /** The first and the last day, both counted, in UTC. */
  from: CalendarDate,
  to: CalendarDate,
  total: AskCounts,
  days: z.array(AskCounts.extend({ date: CalendarDate })),
  /** Most needed first. */
  predicates: z.array(AskCounts.extend({ predicate: PredicateName, label: Words })),
  /** How the facts believed now are known. */
  bases: z.array(
    z.object({
      basis: z.enum(['stated', 'confirmed', 'observed', 'inferred', 'imported']),
      facts: z.number().int(),
    }),
  ),
});
export type QuestionReport = z.infer<typeof QuestionReport>;

export const questions = {
  report: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/questions',
      summary: 'How much was asked, how much of it again, and what memory answered by itself',
      tag: 'Privacy',
      access: staff('privacy-officer', 'product-manager'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug, days: z.coerce.number().int().min(1).max(366).optional() }),
    QuestionReport,
  ),
};
