import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { Evidence, Id, Instant, Prose, Slug, Words } from './values.ts';

export const BoardCard = z.object({
  id: Id,
  order: Id,
  orderNumber: z.string(),
  familyName: Words,
  operation: z.string(),
  name: Words,
  workCentre: Slug,
  state: z.enum(['waiting', 'ready', 'running', 'blocked', 'done']),
  blockedReason: z.string().nullable(),
  minutes: z.number(),
  start: Instant,
  end: Instant,
  due: Instant,
  /** The step's own words, with the customer's choices and texts filled in. */
  instruction: Words.nullable(),
  texts: z.array(z.object({ attribute: Slug, label: Words, text: z.string() })),
  parts: z.array(
    z.object({
      item: z.string(),
      name: Words,
      quantity: z.number(),
      unit: z.string(),
      bin: z.string().nullable(),
    }),
  ),
  /** What remembered facts ask for, with where it is known from. */
  remembered: z.array(z.object({ text: Words, evidence: z.array(Evidence) })),
  picture: z.string(),
});
export type BoardCard = z.infer<typeof BoardCard>;

const operationRef = { company: Slug, operation: Id };
const operationProblems = [
  'company/not-found',
  'operation/not-found',
  'operation/not-ready',
  'stock/insufficient',
] as const;

export const StockRow = z.object({
  item: z.string(),
  name: Words,
  bin: z.string().nullable(),
  onHand: z.number(),
  reserved: z.number(),
  available: z.number(),
  incoming: z.array(z.object({ at: Instant, quantity: z.number() })),
  leadTimeDays: z.number(),
});

export const workshop = {
  board: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/sites/{site}/board',
      summary: 'What to make now, and the queue behind it',
      tag: 'Workshop',
      access: staff('maker', 'clerk'),
      problems: ['company/not-found', 'site/not-found'],
    },
    z.strictObject({ company: Slug, site: Slug, workCentre: Slug.optional() }),
    z.object({
      workCentres: z.array(z.object({ id: Slug, name: Words, open: z.number().int() })),
      cards: z.array(BoardCard),
      doneToday: z.number().int(),
    }),
  ),
  start: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/operations/{operation}/start',
      summary: 'Begin an operation: its parts are issued',
      tag: 'Workshop',
      access: staff('maker'),
      problems: operationProblems,
    },
    z.strictObject(operationRef),
    BoardCard,
  ),
  done: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/operations/{operation}/done',
      summary: 'The operation is done',
      tag: 'Workshop',
      access: staff('maker'),
      problems: operationProblems,
    },
    z.strictObject({
      ...operationRef,
      /** Instructions that could not be followed as asked, by index, with why. */
      rejected: z
        .array(z.strictObject({ index: z.number().int().min(0), reason: Prose.max(400) }))
        .max(20)
        .optional(),
    }),
    BoardCard,
  ),
  block: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/operations/{operation}/block',
      summary: 'The operation cannot go on: say why, and until when',
      tag: 'Workshop',
      access: staff('maker'),
      problems: operationProblems,
    },
    z.strictObject({
      ...operationRef,
      reason: Prose.min(1).max(400),
      until: Instant.optional(),
    }),
    BoardCard,
  ),
  unblock: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/operations/{operation}/unblock',
      summary: 'The operation can go on',
      tag: 'Workshop',
      access: staff('maker'),
      problems: operationProblems,
    },
    z.strictObject(operationRef),
    BoardCard,
  ),
  stock: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/sites/{site}/stock',
      summary: 'What is on hand, reserved and on its way',
      tag: 'Workshop',
      access: staff('maker', 'product-manager'),
      problems: ['company/not-found', 'site/not-found'],
    },
    z.strictObject({ company: Slug, site: Slug }),
    z.object({ items: z.array(StockRow) }),
  ),
  receive: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/sites/{site}/stock/{item}/receive',
      summary: 'Parts have come in',
      tag: 'Workshop',
      access: staff('maker', 'product-manager'),
      problems: ['company/not-found', 'site/not-found', 'stock/unknown-item'],
    },
    z.strictObject({
      company: Slug,
      site: Slug,
      item: z.string().max(100),
      quantity: z.number().positive().max(1_000_000),
    }),
    StockRow,
  ),
};
