import { seededRandom } from '@keepsake/kernel';

interface Choices {
  readonly id: string;
  readonly group: string;
  readonly values: readonly string[];
}

const CHOICES: readonly Choices[] = [
  { id: 'frame_type', group: 'frame', values: ['road', 'gravel', 'trekking', 'mountain', 'city'] },
  { id: 'material', group: 'frame', values: ['steel', 'aluminium', 'carbon', 'titanium'] },
  { id: 'frame_size', group: 'frame', values: ['xs', 's', 'm', 'l', 'xl', 'xxl'] },
  { id: 'colour', group: 'frame', values: names('c', 12) },
  { id: 'accent', group: 'frame', values: names('c', 12) },
  { id: 'finish', group: 'frame', values: ['gloss', 'satin', 'raw', 'clear'] },
  { id: 'fork', group: 'frame', values: ['steel', 'carbon', 'air100', 'air120', 'air140', 'coil'] },
  { id: 'headset', group: 'frame', values: names('h', 4) },
  { id: 'wheel_size', group: 'wheels', values: ['w622', 'w584', 'w559'] },
  { id: 'rim', group: 'wheels', values: names('rim', 8) },
  { id: 'hub_front', group: 'wheels', values: names('hf', 6) },
  { id: 'hub_rear', group: 'wheels', values: names('hr', 8) },
  { id: 'spokes', group: 'wheels', values: ['n24', 'n28', 'n32', 'n36'] },
  { id: 'spoke_type', group: 'wheels', values: names('st', 3) },
  { id: 'tyre', group: 'wheels', values: names('t', 10) },
  { id: 'tubeless', group: 'wheels', values: ['tube', 'ready', 'sealed'] },
  {
    id: 'brake',
    group: 'brakes',
    values: ['rim_brake', 'disc_mechanical', 'disc_hydraulic', 'drum'],
  },
  { id: 'rotor', group: 'brakes', values: ['none', 'r140', 'r160', 'r180', 'r203'] },
  { id: 'brake_lever', group: 'brakes', values: names('bl', 6) },
  { id: 'drive', group: 'drive', values: ['chain', 'belt'] },
  {
    id: 'shifting',
    group: 'drive',
    values: ['single', 'hub8', 'hub14', 'd1x11', 'd1x12', 'd2x11'],
  },
  { id: 'crank', group: 'drive', values: names('cr', 7) },
  { id: 'crank_length', group: 'drive', values: ['l165', 'l170', 'l1725', 'l175', 'l180'] },
  { id: 'cassette', group: 'drive', values: names('cs', 8) },
  { id: 'shifter', group: 'drive', values: names('sh', 7) },
  { id: 'pedal', group: 'drive', values: names('p', 6) },
  { id: 'bar', group: 'cockpit', values: ['drop', 'flare', 'flat', 'riser', 'touring'] },
  { id: 'bar_width', group: 'cockpit', values: names('bw', 7) },
  { id: 'stem', group: 'cockpit', values: names('sm', 8) },
  { id: 'grip', group: 'cockpit', values: names('g', 8) },
  { id: 'post', group: 'cockpit', values: ['rigid', 'flex', 'dropper'] },
  { id: 'saddle', group: 'cockpit', values: names('sd', 8) },
  { id: 'rack', group: 'extras', values: ['none', 'rear', 'front', 'both'] },
];
const BOOLEANS = ['lights', 'fenders', 'kickstand', 'dynamo', 'lock'];

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${prefix}${String(k)}`);
}

/** Table columns: pieces that must fit each other. */
const TABLES: readonly (readonly [string, readonly string[], number])[] = [
  ['tyre-fits', ['frame_type', 'wheel_size', 'tyre'], 64],
  ['wheel-fits', ['rim', 'spokes', 'hub_rear'], 90],
  ['front-fits', ['fork', 'hub_front', 'brake'], 70],
  ['drive-fits', ['shifting', 'cassette', 'crank'], 120],
  ['lever-fits', ['bar', 'brake_lever', 'shifter'], 100],
  ['stem-fits', ['frame_size', 'stem', 'bar_width'], 140],
  ['paint-fits', ['material', 'finish', 'colour'], 100],
];

type Dice = ReturnType<typeof seededRandom>;

function rowsOf(dice: Dice, columns: readonly string[], count: number): string[][] {
  const domains = columns.map((id) => CHOICES.find((each) => each.id === id)?.values ?? []);
  const rows = new Set<string>();
  for (let tries = 0; rows.size < count && tries < count * 20; tries++) {
    rows.add(domains.map((values) => values[dice.below(values.length)] ?? '').join(' '));
  }
  return [...rows].map((row) => row.split(' '));
}

function literal(dice: Dice, of: Choices, few: boolean): string {
  const count = few ? 1 : Math.max(1, of.values.length - 1 - dice.below(2));
  const start = dice.below(of.values.length);
  const picked = Array.from({ length: count }, (_, k) => of.values[(start + k) % of.values.length]);
  return `${of.id} in [${[...new Set(picked)].join(', ')}]`;
}

const NONE: Choices = { id: 'material', group: 'frame', values: ['steel'] };

/** Entries by name, for an object with a member called `then` looks like a promise. */
function implies(when: string, then: string): object {
  return Object.fromEntries([
    ['when', when],
    ['then', then],
  ]);
}

/** Most rules join pieces of one group or of the next; a few reach across. */
function ruleOf(dice: Dice, i: number): object {
  const a = dice.below(CHOICES.length);
  const reach = dice.below(8) === 0 ? CHOICES.length : 6;
  const b = (a + 1 + dice.below(reach - 1)) % CHOICES.length;
  const c = (a + 1 + dice.below(reach - 1)) % CHOICES.length;
  const [first, second, third] = [CHOICES[a], CHOICES[b], CHOICES[c]];
  const parts = [first, second].flatMap((each) => (each ? [literal(dice, each, true)] : []));
  const isTernary = c !== b && third !== undefined && dice.below(2) === 0;
  const head = { id: `rule-${String(i)}`, text: `Rule ${String(i)}` };
  if (!isTernary) {
    return { ...head, ...implies(parts[0] ?? '', literal(dice, second ?? first ?? NONE, false)) };
  }
  return { ...head, ...implies(parts.join(' and '), literal(dice, third, false)) };
}

/**
 * The text of a synthetic family of the size of a made-to-order bicycle: 40 attributes, 60 rules,
 * seven tables of 64 to 140 rows, two measures of 81 and 71 steps with formulas, conditional prices.
 * The seed varies rules, rows and prices; the shape stays.
 */
export function bicycleFamily(seed: number): string {
  const dice = seededRandom(seed);
  const choices = CHOICES.map(({ id, group, values }) => ({
    id,
    name: id,
    group,
    type: 'choice',
    values: values.map((value, k) => ({ id: value, price: k * dice.below(12) * 4.5 })),
    default: values[dice.below(values.length)],
  }));
  const booleans = BOOLEANS.map((id) => ({
    id,
    name: id,
    type: 'boolean',
    price: 20 + dice.below(40),
  }));
  const measure = { type: 'decimal', step: 0.5, unit: 'cm', measured: true };
  return JSON.stringify({
    keepsake: 1,
    family: 'bicycle',
    name: 'Bicycle',
    currency: 'EUR',
    basePrice: 890,
    groups: [...new Set(CHOICES.map(({ group }) => group))].map((id) => ({ id, name: id })),
    attributes: [
      { id: 'inseam', name: 'Inseam', ...measure, min: 60, max: 100 },
      { id: 'reach', name: 'Reach', ...measure, min: 40, max: 75 },
      ...choices,
      ...booleans,
    ],
    rules: Array.from({ length: 60 }, (_, i) => ruleOf(dice, i)),
    tables: TABLES.map(([id, columns, count]) => ({
      id,
      text: id,
      columns,
      rows: rowsOf(dice, columns, count),
    })),
    formulas: [
      {
        id: 'size-from-inseam',
        text: 'The frame size follows from the inseam',
        attribute: 'frame_size',
        value: 'round(inseam * 0.67)',
        steps: [
          { upTo: 46, is: 'xs' },
          { upTo: 50, is: 's' },
          { upTo: 54, is: 'm' },
          { upTo: 58, is: 'l' },
          { upTo: 62, is: 'xl' },
          { is: 'xxl' },
        ],
      },
      {
        id: 'crank-from-inseam',
        text: 'The crank length follows from inseam and reach',
        attribute: 'crank_length',
        value: 'inseam * 1.6 + reach * 0.5',
        steps: [
          { upTo: 145, is: 'l165' },
          { upTo: 155, is: 'l170' },
          { upTo: 165, is: 'l1725' },
          { upTo: 175, is: 'l175' },
          { is: 'l180' },
        ],
      },
    ],
    prices: Array.from({ length: 8 }, (_, i) => {
      const [a, b] = [CHOICES[dice.below(33)], CHOICES[dice.below(33)]];
      const when = [a, b]
        .flatMap((each) => (each ? [literal(dice, each, true)] : []))
        .join(' and ');
      return { id: `price-${String(i)}`, text: `Price ${String(i)}`, when, price: 10 + i * 7 };
    }),
  });
}
