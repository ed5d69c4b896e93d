import type {
  Attribute,
  AttributeView,
  Choice,
  ChoiceAttribute,
  Family,
  NumberAttribute,
  NumberRun,
  SessionView,
  TextAttribute,
  Value,
  Values,
} from '@keepsake/configurator';
import { type NameReading, valueName } from '../../platform/value-name.view.ts';
import { textIn } from '../../ui/locale.tsx';
import { amountOf, formatMoneyChange } from '../../ui/money.view.ts';
import type { Decision } from './design-session.ts';
import type { StudioStart } from './studio.queries.ts';

/** How a value stands: the customer's own, the only one left, what Keepsake suggests, or neither. */
export type OptionState = 'chosen' | 'forced' | 'suggested' | 'possible' | 'impossible' | 'unknown';

/** One value to choose. */
export interface OptionModel {
  readonly value: string | number | boolean;
  readonly name: string;
  readonly hint: string | undefined;
  readonly swatch: string | undefined;
  readonly picture: string | undefined;
  readonly state: OptionState;
  /** What it costs more or less than the value that stands now, such as `+€120`; may be empty. */
  readonly priceChange: string;
}

interface AttributeBase {
  readonly id: string;
  readonly name: string;
  readonly hint: string | undefined;
  readonly isOwn: boolean;
  readonly isForced: boolean;
  readonly isOptional: boolean;
}

/** An attribute as the page shows it. */
export type AttributeModel = AttributeBase &
  (
    | {
        readonly kind: 'options';
        readonly look: 'swatches' | 'chips';
        readonly options: readonly OptionModel[];
      }
    | {
        readonly kind: 'range';
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly digits: number;
        readonly unit: string;
        /** The own, forced or suggested number; missing while it is left open. */
        readonly value: number | undefined;
        readonly runs: readonly NumberRun[];
      }
    | {
        readonly kind: 'text';
        readonly attribute: TextAttribute;
        readonly text: string;
        readonly priceChange: string;
      }
  );

/** A heading with its attributes. */
export interface GroupModel {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly AttributeModel[];
}

/** Grids of at most this many numbers are shown as chips, longer ones as a slider. */
const CHIPS_MAX = 8;

interface Reading {
  readonly locale: string;
  readonly currency: string;
  readonly yes: string;
  readonly no: string;
  /** What the design would be if the customer stopped now. */
  readonly completion: Values | undefined;
}

function priceOf(attribute: Attribute, value: Value | undefined): number {
  switch (attribute.type) {
    case 'choice':
      return attribute.values.find(({ id }) => id === value)?.priceMinor ?? 0;
    case 'boolean':
      return value === true ? attribute.priceMinor : 0;
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? Math.round(attribute.pricePerUnitMinor * value) : 0;
    case 'text':
      return 0;
  }
}

interface Stand {
  readonly view: AttributeView;
  /** What stands now: the own, the forced, or else the suggested value. */
  readonly current: Value | undefined;
}

function stateOf(stand: Stand, value: Value, validity: string): OptionState {
  const { view, current } = stand;
  if (validity === 'invalid') return 'impossible';
  if (current === value) {
    if (view.standing === 'chosen') return 'chosen';
    return view.standing === 'forced' ? 'forced' : 'suggested';
  }
  return validity === 'unknown' ? 'unknown' : 'possible';
}

function optionOf(
  attribute: Attribute,
  stand: Stand,
  at: { readonly value: string | number | boolean; readonly validity: string },
  reading: Reading,
): OptionModel {
  const choice =
    attribute.type === 'choice' ? attribute.values.find(({ id }) => id === at.value) : undefined;
  const change = priceOf(attribute, at.value) - priceOf(attribute, stand.current);
  return {
    value: at.value,
    name: valueName(attribute, at.value, reading),
    hint: choice?.hint && textIn(choice.hint, reading.locale),
    swatch: choice?.swatch,
    picture: choice?.picture,
    state: stateOf(stand, at.value, at.validity),
    priceChange: formatMoneyChange(amountOf(reading.currency, change), reading.locale),
  };
}

/** The numbers of a grid, by whole steps so that no binary noise adds up. */
export function gridOf(
  attribute: Pick<NumberAttribute, 'min' | 'max' | 'step' | 'digits'>,
): readonly number[] {
  const count = Math.floor((attribute.max - attribute.min) / attribute.step + 1e-9) + 1;
  return Array.from({ length: count }, (_, index) =>
    Number((attribute.min + index * attribute.step).toFixed(attribute.digits)),
  );
}

/** Whether a number can be had, by the runs of its attribute. */
export function validityAt(runs: readonly NumberRun[], value: number): string {
  return runs.find(({ from, to }) => from <= value && value <= to)?.validity ?? 'invalid';
}

function baseOf(attribute: Attribute, view: AttributeView, locale: string): AttributeBase {
  return {
    id: attribute.id,
    name: textIn(attribute.name, locale),
    hint: attribute.hint && textIn(attribute.hint, locale),
    isOwn: view.standing === 'chosen',
    isForced: view.standing === 'forced',
    // What belongs to a part is left open by having fewer parts.
    isOptional:
      attribute.part === undefined && 'optional' in attribute && attribute.optional === true,
  };
}

function lookOf(attribute: ChoiceAttribute): 'swatches' | 'chips' {
  return attribute.values.some(({ swatch }) => swatch !== undefined) ? 'swatches' : 'chips';
}

function currentOf(view: AttributeView, reading: Reading): Value | undefined {
  if (view.kind !== 'text' && view.value !== undefined) return view.value;
  return reading.completion?.[view.id] ?? undefined;
}

function attributeModel(
  attribute: Attribute,
  view: AttributeView,
  reading: Reading,
): AttributeModel | undefined {
  const base = baseOf(attribute, view, reading.locale);
  const stand = { view, current: currentOf(view, reading) };
  if (view.kind === 'text') {
    if (attribute.type !== 'text') return undefined;
    const price = amountOf(reading.currency, attribute.priceMinor);
    const priceChange = formatMoneyChange(price, reading.locale);
    return { ...base, kind: 'text', attribute, text: view.text, priceChange };
  }
  if (view.kind === 'values') {
    const look = attribute.type === 'choice' ? lookOf(attribute) : 'chips';
    const values = attribute.type === 'boolean' ? [...view.values].sort(yesFirst) : view.values;
    const options = values.map((at) => optionOf(attribute, stand, at, reading));
    return { ...base, kind: 'options', look, options };
  }
  if (attribute.type !== 'integer' && attribute.type !== 'decimal') return undefined;
  const grid = gridOf(attribute);
  if (grid.length <= CHIPS_MAX) {
    const options = grid.map((value) =>
      optionOf(attribute, stand, { value, validity: validityAt(view.runs, value) }, reading),
    );
    return { ...base, kind: 'options', look: 'chips', options };
  }
  const { min, max, step, digits, unit = '' } = attribute;
  const value = typeof stand.current === 'number' ? stand.current : undefined;
  return { ...base, kind: 'range', min, max, step, digits, unit, value, runs: view.runs };
}

function yesFirst(
  a: { readonly value: string | boolean },
  b: { readonly value: string | boolean },
): number {
  return Number(b.value) - Number(a.value);
}

/** Whether an attribute is of a part that the design as it stands does not have. */
function isAway(attribute: Attribute, view: AttributeView, reading: Reading): boolean {
  if (attribute.part === undefined || view.standing === 'chosen') return false;
  return view.standing === 'forced'
    ? (currentOf(view, reading) ?? null) === null
    : reading.completion?.[attribute.id] === null;
}

/** Everything that the column of the Studio shows, in the groups and the order of the family. */
export function groupsOf(
  family: Family,
  view: SessionView,
  words: NameReading & { readonly other: string },
): readonly GroupModel[] {
  const views = new Map(view.attributes.map((each) => [each.id, each]));
  const reading = { ...words, currency: family.currency, completion: view.completion?.values };
  const models = family.attributes.flatMap((attribute) => {
    const own = views.get(attribute.id);
    if (own === undefined || isAway(attribute, own, reading)) return [];
    const model = attributeModel(attribute, own, reading);
    return model === undefined ? [] : [{ group: attribute.group, model }];
  });
  const known = new Set(family.groups.map(({ id }) => id));
  const named = family.groups.map(({ id, name }) => ({
    id,
    name: textIn(name, words.locale),
    attributes: models.filter(({ group }) => group === id).map(({ model }) => model),
  }));
  const rest = models.filter(({ group }) => group === undefined || !known.has(group));
  const other = { id: '_other', name: words.other, attributes: rest.map(({ model }) => model) };
  return [...named, other].filter(({ attributes }) => attributes.length > 0);
}

/** How many attributes would be chosen if the customer had the rest filled in. */
export function openCountOf({ attributes, completion }: SessionView): number {
  const isOpen = ({ id, standing }: AttributeView): boolean =>
    standing === 'open' && (completion?.values[id] ?? null) !== null;
  return attributes.filter(isOpen).length;
}

/** What memory answers of a design: the wishes by which the rest of it is filled in. */
export function wishesOf(needs: StudioStart['needs']): readonly Decision[] {
  return (needs ?? []).flatMap(({ attribute, status, value }) =>
    value === null || (status !== 'known' && status !== 'confirm') ? [] : [{ attribute, value }],
  );
}

/** What one choice did to the rest. */
export interface ChangeModel {
  readonly priceMinor: number;
  readonly forced: readonly { readonly attribute: string; readonly value: string }[];
  readonly impossibleCount: number;
}

/** Compares two moments: the price of the design as it stands, what was forced, what went away. */
export function changeOf(
  family: Family,
  moments: { readonly before: SessionView; readonly after: SessionView },
  effects: { readonly forced: readonly Choice[]; readonly impossible: readonly Choice[] },
  words: NameReading,
): ChangeModel {
  const before = moments.before.completion?.totalMinor;
  const after = moments.after.completion?.totalMinor;
  const attributes = new Map(family.attributes.map((each) => [each.id, each]));
  return {
    priceMinor: before === undefined || after === undefined ? 0 : after - before,
    forced: effects.forced.flatMap(({ attribute: id, value }) => {
      const attribute = attributes.get(id);
      // Fewer parts leave the attributes of the others absent: that goes without saying.
      if (attribute === undefined || (attribute.part !== undefined && value === null)) return [];
      const name = textIn(attribute.name, words.locale);
      return [{ attribute: name, value: valueName(attribute, value, words) }];
    }),
    impossibleCount: effects.impossible.length,
  };
}

/** The least and the most that the design can still cost, in minor units. */
export function boundsOf(view: SessionView): { readonly min: number; readonly max: number } {
  const { price } = view;
  return price.kind === 'exact'
    ? { min: price.minMinor, max: price.maxMinor }
    : { min: price.atLeastMinor, max: price.atMostMinor };
}
