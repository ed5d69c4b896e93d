import { z } from 'zod';

/** The files of `examples/histories`, as its README describes them. */
const Id = z.string().regex(/^[a-z][a-z0-9_-]*$/);
const Share = z.number().min(0).max(1);
const Positive = z.number().positive();

/** A gamma by its mean and shape. */
const Spread = z.strictObject({ mean: z.number().nonnegative(), shape: Positive });
export type Spread = z.infer<typeof Spread>;

/** A beta by its mean and strength, a + b. */
const ShareSpread = z.strictObject({ mean: z.number().gt(0).lt(1), strength: Positive });
export type ShareSpread = z.infer<typeof ShareSpread>;

/** Customers of one kind. Times are in months. */
const Segment = z.strictObject({
  name: Id,
  /** Of all customers; those of all segments add up to 1. */
  share: Share,
  /** Purchases a month, and the chance of leaving in one. */
  rate: Spread,
  hazard: Spread,
  /** A customer's mean is inverse gamma of this shape; one purchase is gamma of shape `within`. */
  spend: Spread.extend({ shape: z.number().gt(2), within: Positive }),
  /** Of a purchase, without the company's fault. */
  returns: ShareSpread,
  /** Lines of a purchase after the first. */
  lines: Spread,
  /** Contacts for each purchase, by channel, without the company's fault. */
  contacts: z.record(Id, Spread),
  /** What part of all that they buy anywhere they buy here. */
  shareOfWallet: ShareSpread,
  /** Shares of purchases by category. */
  categories: z.record(Id, Share),
});
export type Segment = z.infer<typeof Segment>;

const Shape = z.strictObject({
  seed: z.int().positive(),
  customers: z.int().min(1).max(5_000),
  /** How far back it goes; customers join evenly all the while. */
  months: z.int().min(1).max(120),
  segments: z.array(Segment).min(1),
  /** How alike customers of a segment are in their categories (Dirichlet). */
  categoryStrength: Positive,
  /** What a purchase of a category costs, against the customer's mean. */
  spendOf: z.record(Id, Positive),
  /** What comes on top by the company's own fault, for each purchase of anybody. */
  companyFault: z.strictObject({ returns: Share, contacts: z.record(Id, z.number().min(0)) }),
  /** Share of returns of which nothing is left; of the others half is. */
  emptied: Share,
  /** Share of customers whose e-mail address is known. */
  withEmail: Share,
  /** Shares of customers by the language of their names. */
  languages: z.record(Id, Share),
  /** What customers wrote or said; and where the company was at fault. */
  reasons: z.strictObject({
    customer: z.array(z.string()).min(1),
    company: z.array(z.string()).min(1),
  }),
});
export type HistoryShape = z.infer<typeof Shape>;

/** A document of another package, which reads and checks it itself. */
const Foreign = z.record(z.string(), z.unknown());

/** What a treatment truly does to who is treated: orders more within its first weeks. */
const Uplift = z.strictObject({
  /** How many each, on average. */
  orders: z.number().positive().max(10),
  /** Mean of one, in units of the currency. */
  amount: z.number().positive(),
  category: Id,
});
export type Uplift = z.infer<typeof Uplift>;

/** What a demo company knows of its customers from before, and how it values them. */
export const DemoHistory = z.strictObject({
  keepsake: z.literal(1),
  company: Id,
  /** Which system it all comes from. */
  source: Id,
  shape: Shape,
  terms: z.strictObject({
    costs: Foreign,
    settings: z.strictObject({
      horizonWeeks: z.int().min(13).max(520),
      growthReach: Share,
      growthCost: z.number().nonnegative(),
      newWeeks: z.int().min(0).max(104),
    }),
    policy: Foreign.optional(),
    /** Each runs from a day to a day, counted from the one on which it is seeded. */
    treatments: z.looseObject({
      treatments: z.array(
        z.looseObject({ fromDay: z.int(), untilDay: z.int(), uplift: Uplift.optional() }),
      ),
    }),
  }),
});
export type DemoHistory = z.infer<typeof DemoHistory>;

/** Names of one language. */
export const DemoNames = z.record(
  Id,
  z.strictObject({ first: z.array(z.string()).min(1), family: z.array(z.string()).min(1) }),
);
export type DemoNames = z.infer<typeof DemoNames>;
