import { ok, type Result, refused } from '@keepsake/kernel';
import { Blocker } from './blocking.ts';
import type { Row } from './comparer.ts';
import type { LinkageModel, LinkageRecord, PairScore } from './model.ts';
import { Scorer } from './scorer.ts';

interface Opened {
  readonly scorer: Scorer;
  readonly blocker: Blocker;
  /** Records that were made comparable since it was opened. */
  records: number;
}

/** What was read of a model is kept as long as the model is. */
const opened = new WeakMap<LinkageModel, Opened>();
/** After so many records their values are let go of. */
const RECORDS_MAX = 10_000;

function open(model: LinkageModel): Opened {
  const known = opened.get(model);
  if (known !== undefined && known.records < RECORDS_MAX) return known;
  const scorer = new Scorer(model);
  const fresh = { scorer, blocker: new Blocker(scorer.comparer), records: 0 };
  opened.set(model, fresh);
  return fresh;
}

function prepare(at: Opened, record: LinkageRecord): Row {
  at.records++;
  return at.scorer.prepare(record);
}

/** How probably two records are one person, with all that speaks for and against it. Symmetric. */
export function comparePair(model: LinkageModel, a: LinkageRecord, b: LinkageRecord): PairScore {
  const at = open(model);
  return at.scorer.explain(prepare(at, a), prepare(at, b));
}

/**
 * The blocks that a record is in: only records with a key in common are compared. Keys hold values
 * of the record in plain text: keep hashes of them. None where nothing is filled in.
 */
export function blockingKeys(model: LinkageModel, record: LinkageRecord): readonly string[] {
  const at = open(model);
  return at.blocker.keysOf(prepare(at, record));
}

/** A model as it was kept. Refused where the text is no JSON, or no model of this version. */
export function parseLinkageModel(text: string): Result<LinkageModel, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value) || value['format'] !== 'keepsake-linkage') {
    return refused('is not a linkage model');
  }
  if (value['version'] !== 1) return refused(`has version ${String(value['version'])}, not 1`);
  const fault = faultOf(value);
  // Its parts were looked at.
  return fault === undefined ? ok(value as unknown as LinkageModel) : refused(fault);
}

type Unknown = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultOf({
  schema,
  prior,
  comparisons,
  frequencies,
  zones,
  ...rest
}: Unknown): string | undefined {
  if (!isObject(schema) || !Array.isArray(schema['columns'])) return "has no 'schema'";
  if (!isObject(prior) || !isShare(prior['same']) || !isShare(prior['household'])) {
    return "has no 'prior' with probabilities";
  }
  if (!Array.isArray(comparisons) || !comparisons.every(isComparison)) {
    return "has no 'comparisons' with levels";
  }
  if (!isObject(frequencies)) return "has no 'frequencies'";
  if (!isObject(zones) || !isShare(zones['same']) || !isShare(zones['review'])) {
    return "has no 'zones'";
  }
  const missing = ['blockMax', 'clusterMax'].find((name) => !Number.isInteger(rest[name]));
  return missing === undefined ? undefined : `has no whole number '${missing}'`;
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < 1;
}

function isComparison(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['levels'])) return false;
  const share = value['share'];
  if (share !== undefined && !(typeof share === 'number' && share >= 0 && share <= 1)) return false;
  return value['levels'].flat().every((level: unknown) => {
    if (!isObject(level)) return false;
    const { m, u } = level;
    return typeof m === 'number' && m > 0 && typeof u === 'number' && u > 0;
  });
}
