import { addFeature, addVariable, type Draft, freshName } from '../draft.ts';
import type { FeatureDef } from '../feature-tree.ts';

/** Features with all their copies at most. */
const INSTANCES_MAX = 200_000;
/** Copies of a feature at most. */
const COPIES_MAX = 200;

/** A feature of a space: one for each copy of what is above it. */
export interface Instance {
  readonly def: FeatureDef;
  readonly place: Place;
  readonly name: string;
  /** The variable that says whether it is there. */
  readonly presence: number;
  /** How many copies: of a feature that can be there several times and has nothing below. */
  readonly number: { readonly variable: number; readonly counts: readonly number[] } | undefined;
  /** Its copies, each with all that is below: of one that has something below. */
  readonly copies: readonly Place[] | undefined;
  /** The variable of its number or text, once there is one. */
  value: number | undefined;
}

/** Where a feature of the file is one feature: the whole model, or one copy of a part of it. */
export interface Place {
  readonly outer: Place | undefined;
  /** The variable that says whether the copy is there; undefined for the whole model. */
  readonly presence: number | undefined;
  readonly instances: Map<FeatureDef, Instance>;
}

/** All features of a space. */
export interface Expansion {
  readonly whole: Place;
  /** In the order of their variables. */
  readonly instances: Instance[];
  /** Copies of each feature that can be there several times with what is below it. */
  readonly places: Map<FeatureDef, Place[]>;
  /** Why a feature is outside of the space: it, or what it is below of, has copies without end. */
  readonly endless: Map<FeatureDef, string>;
  /** Whether there are more features than the limit. */
  isTooLarge: boolean;
}

interface Expanding {
  readonly draft: Draft;
  readonly expansion: Expansion;
}

function isCountable({ copies }: FeatureDef): boolean {
  return copies === undefined || copies.max <= COPIES_MAX;
}

function addNumber(expanding: Expanding, def: FeatureDef, name: string): Instance['number'] {
  const { copies } = def;
  if (copies === undefined || def.groups.length > 0 || !isCountable(def)) return undefined;
  const counts = copies.min > 0 ? [0] : [];
  for (let count = copies.min; count <= copies.max; count++) counts.push(count);
  const own = freshName(expanding.draft, `copies of ${name}`);
  return { variable: addVariable(expanding.draft, own, counts), counts };
}

function addCopies(
  expanding: Expanding,
  def: FeatureDef,
  at: { readonly place: Place; readonly suffix: string },
): readonly Place[] | undefined {
  const { draft, expansion } = expanding;
  const { copies } = def;
  if (copies === undefined || def.groups.length === 0 || !isCountable(def)) return undefined;
  const places = expansion.places.get(def) ?? [];
  expansion.places.set(def, places);
  const own: Place[] = [];
  for (let i = 1; i <= copies.max && !expansion.isTooLarge; i++) {
    const suffix = `${at.suffix}-${String(i)}`;
    const presence = addFeature(draft, freshName(draft, def.name + suffix));
    const place: Place = { outer: at.place, presence, instances: new Map() };
    own.push(place);
    places.push(place);
    expandBelow(expanding, def, place, suffix);
  }
  return own;
}

function leaveOut(expansion: Expansion, def: FeatureDef, above: string): void {
  for (const { children } of def.groups) {
    for (const child of children) {
      expansion.endless.set(child, above);
      leaveOut(expansion, child, above);
    }
  }
}

function expandBelow(expanding: Expanding, def: FeatureDef, place: Place, suffix: string): void {
  for (const { children } of def.groups) {
    for (const child of children) expand(expanding, child, place, suffix);
  }
}

function expand(expanding: Expanding, def: FeatureDef, place: Place, suffix: string): void {
  const { draft, expansion } = expanding;
  expansion.isTooLarge ||= draft.variables.length > INSTANCES_MAX;
  if (expansion.isTooLarge) return;
  const name = suffix === '' ? def.name : freshName(draft, def.name + suffix);
  const presence = addFeature(draft, name);
  const number = addNumber(expanding, def, name);
  const at = expansion.instances.length;
  const copies = addCopies(expanding, def, { place, suffix });
  const instance: Instance = { def, place, name, presence, number, copies, value: undefined };
  place.instances.set(def, instance);
  expansion.instances.splice(at, 0, instance);
  if (!isCountable(def)) {
    expansion.endless.set(def, def.name);
    leaveOut(expansion, def, def.name);
  } else if (copies === undefined) expandBelow(expanding, def, place, suffix);
}

function takeNames(def: FeatureDef, names: Set<string>): void {
  names.add(def.name);
  for (const { children } of def.groups) for (const child of children) takeNames(child, names);
}

/** Makes the variables of all features: whether each is there, and how many copies of it. */
export function expandTree(draft: Draft, root: FeatureDef): Expansion {
  const whole: Place = { outer: undefined, presence: undefined, instances: new Map() };
  const expansion: Expansion = {
    whole,
    instances: [],
    places: new Map(),
    endless: new Map(),
    isTooLarge: false,
  };
  takeNames(root, draft.names);
  expand({ draft, expansion }, root, whole, '');
  return expansion;
}

/** The instance of a feature that is meant at a place: of that copy, or of what surrounds it. */
export function findInstance(place: Place, def: FeatureDef): Instance | undefined {
  for (let at: Place | undefined = place; at !== undefined; at = at.outer) {
    const found = at.instances.get(def);
    if (found !== undefined) return found;
  }
  return undefined;
}
