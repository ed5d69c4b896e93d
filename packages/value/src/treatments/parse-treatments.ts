import { type Instant, ok, parseInstant, type Result, refused } from '@keepsake/kernel';
import { type DataFault, DataReader } from '../tiers/data-reader.ts';
import { TIERS, type Tier } from '../tiers/tier.ts';
import { ACT_KEYS, readAct } from './act.ts';
import { PROTECTED_WORDS } from './protected.data.ts';
import {
  CONTROL_SHARE_MIN,
  type Ground,
  TREATMENT_KINDS,
  TREATMENTS_MAX,
  type Treatment,
  type TreatmentPlan,
} from './treatment.ts';

const AMOUNT_MAX = 1e12;
/** A date, or a date with a time and its offset: other texts mean different times in different places. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function readInstant(reader: DataReader, key: string): Instant {
  const text = reader.text(key);
  const instant = INSTANT.test(text) ? parseInstant(text) : undefined;
  if (instant === undefined && text !== '') reader.report('not-an-instant', key, text);
  return instant ?? 0;
}

/** A member that names itself; reports a name that was there before. */
function readNewName(reader: DataReader, seen: Set<string>): string {
  const id = reader.name('id');
  if (id !== '' && seen.has(id)) reader.report('duplicate', 'id', id);
  seen.add(id);
  return id;
}

function readGround(reader: DataReader, seen: Set<string>): Ground {
  const id = readNewName(reader, seen);
  const banned = id.split(/[.-]/).find((word) => PROTECTED_WORDS.has(word));
  if (banned !== undefined) reader.report('ground-protected', 'id', banned);
  return { id, words: reader.words('words'), because: reader.text('because') };
}

function readTiers(reader: DataReader, isFence: boolean): readonly Tier[] {
  if (isFence) {
    if (reader.has('tiers')) reader.report('ground-protected', 'tiers', 'a tier is no ground');
    return TIERS;
  }
  const names = reader.texts('tiers', TIERS.length);
  if (names.length === 0) reader.report('missing', 'tiers');
  for (const name of names) {
    if (!TIERS.some((tier) => tier === name)) reader.report('unknown-name', 'tiers', name);
  }
  return TIERS.filter((tier) => names.includes(tier));
}

function readGrounds(
  reader: DataReader,
  isFence: boolean,
  known: ReadonlySet<string>,
): readonly string[] {
  const grounds = reader.texts('grounds', TREATMENTS_MAX);
  if (isFence && grounds.length === 0) reader.report('missing', 'grounds', 'a fence has a ground');
  if (!isFence && grounds.length > 0) reader.report('unknown-key', 'grounds', 'of price fences');
  for (const ground of grounds) {
    if (!known.has(ground)) reader.report('unknown-name', 'grounds', ground);
  }
  return grounds;
}

function readBudget(reader: DataReader): Treatment['budget'] {
  if (!reader.has('budget')) return undefined;
  const budget = reader.inner('budget', ['each', 'total']);
  return {
    each: budget.number('each', [1e-6, AMOUNT_MAX]),
    total: budget.number('total', [0, AMOUNT_MAX]),
  };
}

function readTreatment(
  reader: DataReader,
  seen: Set<string>,
  grounds: ReadonlySet<string>,
): Treatment {
  const kind = reader.oneOf('kind', TREATMENT_KINDS);
  const isFence = kind === 'price-fence';
  const [from, until] = [readInstant(reader, 'from'), readInstant(reader, 'until')];
  if (until <= from) reader.report('out-of-range', 'until', 'after from');
  return {
    id: readNewName(reader, seen),
    words: reader.words('words'),
    kind,
    tiers: readTiers(reader, isFence),
    priority: reader.whole('priority', [0, 1000], 0),
    excludes: reader.texts('excludes', TREATMENTS_MAX),
    from,
    until,
    budget: readBudget(reader),
    controlShare: reader.number('controlShare', [CONTROL_SHARE_MIN, 0.5], 0.1),
    worth: reader.number('worth', [1e-6, AMOUNT_MAX]),
    grounds: readGrounds(reader, isFence, grounds),
    act: readAct(reader, kind),
  };
}

const TREATMENT_KEYS = [
  'id',
  'words',
  'kind',
  'tiers',
  'priority',
  'excludes',
  'from',
  'until',
  'budget',
  'controlShare',
  'worth',
  'grounds',
  ...ACT_KEYS,
];

/** Exclusions hold both ways, whichever of the two says so. */
function excludeBothWays(treatments: readonly Treatment[]): readonly Treatment[] {
  return treatments.map((one) => {
    const others = treatments.filter(
      (other) => one.excludes.includes(other.id) || other.excludes.includes(one.id),
    );
    return { ...one, excludes: others.map(({ id }) => id) };
  });
}

/**
 * Reads a plan from unknown data; all faults are told at once, each with its path. Every treatment
 * keeps a control group. A price differs on declared grounds alone, never by tier, and a ground that
 * names a protected trait is refused.
 */
export function parseTreatments(data: unknown): Result<TreatmentPlan, readonly DataFault[]> {
  const faults: DataFault[] = [];
  const plan = new DataReader(data, '', faults, ['version', 'grounds', 'treatments']);
  const groundIds = new Set<string>();
  const grounds = plan
    .list('grounds', TREATMENTS_MAX, ['id', 'words', 'because'])
    .map((reader) => readGround(reader, groundIds));
  const ids = new Set<string>();
  const read = plan
    .list('treatments', TREATMENTS_MAX, TREATMENT_KEYS)
    .map((reader) => ({ reader, treatment: readTreatment(reader, ids, groundIds) }));
  for (const { reader, treatment } of read) {
    for (const id of treatment.excludes) {
      if (!ids.has(id) || id === treatment.id) reader.report('unknown-name', 'excludes', id);
    }
  }
  const treatments = excludeBothWays(read.map(({ treatment }) => treatment));
  const parsed = { version: plan.text('version'), grounds, treatments };
  return faults.length === 0 ? ok(parsed) : refused(faults);
}
