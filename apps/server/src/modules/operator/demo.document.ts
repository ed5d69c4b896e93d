import { Role } from '@keepsake/contract';
import { z } from 'zod';

/** The demo companies' files, as `examples/companies/README.md` describes them. */
const Id = z.string().regex(/^[a-z][a-z0-9_-]*$/);
const Words = z.object({ en: z.string() }).catchall(z.string());
const Place = z.string().regex(/^[a-z]{2}(\/[a-z0-9-]+)*$/);
const Email = z.email();
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const Fee = z.number().nonnegative();

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const WorkCentre = z.strictObject({
  id: Id,
  name: Words,
  units: z.int().min(1).max(1_000),
  shifts: z.array(z.strictObject({ days: z.array(z.enum(DAYS)), from: Clock, to: Clock })),
});

const Site = z.strictObject({
  plant: Id,
  name: Words,
  place: Place,
  timeZone: z.string(),
  families: z.array(Id),
  workCentres: z.array(WorkCentre),
  holidays: z.array(z.strictObject({ date: z.iso.date(), name: Words })),
  items: z.array(
    z.strictObject({
      item: z.string(),
      onHand: z.number().nonnegative(),
      leadDays: z.int().nonnegative(),
      bin: z.string(),
    }),
  ),
});
export type DemoSite = z.infer<typeof Site>;

const handing = { id: Id, name: Words, fee: Fee, days: z.int().nonnegative() };
const Delivery = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('ship'), places: z.array(Place).min(1), ...handing }),
  z.strictObject({ method: z.literal('pickup'), site: Id, ...handing }),
]);
export type DemoDelivery = z.infer<typeof Delivery>;

/** One demo company. */
export const DemoCompany = z.strictObject({
  keepsake: z.literal(1),
  company: Id,
  name: z.string(),
  legalName: z.string(),
  summary: Words,
  kind: z.enum(['goods', 'stays']),
  invoiceAddress: z.strictObject({
    lines: z.array(z.string()).min(1),
    postalCode: z.string(),
    city: z.string(),
    region: z.string().optional(),
    country: z.string().regex(/^[a-z]{2}$/),
  }),
  taxNumber: z.string(),
  accent: z.string().regex(/^#[0-9a-f]{6}$/),
  locale: z.string(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  pricesIncludeTax: z.boolean(),
  families: z.array(z.strictObject({ family: Id, folder: z.string().regex(/^[a-z0-9-]+$/) })),
  sites: z.array(Site).min(1),
  taxes: z.array(
    z.strictObject({
      place: Place,
      taxClass: Id,
      basisPoints: z.int().min(0).max(10_000),
      label: Words,
    }),
  ),
  delivery: z.array(Delivery),
  mail: z.strictObject({ from: Email, name: z.string() }),
  staff: z.array(
    z.strictObject({ role: Role, email: Email, name: z.string(), locale: z.string() }),
  ),
  customers: z.array(
    z.strictObject({
      email: Email,
      name: z.string(),
      locale: z.string(),
      loyalty: z.string().optional(),
    }),
  ),
});
export type DemoCompany = z.infer<typeof DemoCompany>;

/** ISO 8601 number of a day of the week, from 1 for Monday. */
export function weekdayOf(day: (typeof DAYS)[number]): number {
  return DAYS.indexOf(day) + 1;
}
