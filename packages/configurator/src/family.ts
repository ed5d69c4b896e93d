import { type Currency, canonicalHash, type Json, type Words } from '@keepsake/kernel';
import type { Expression } from './expression.ts';

/** A heading of the page; attributes name the group they stand under. */
export type Group = { readonly id: string; readonly name: Words };

/** One value of a choice. `priceMinor` is added when it is chosen and may be negative. */
export type ChoiceValue = {
  readonly id: string;
  readonly name: Words;
  readonly hint?: Words;
  readonly priceMinor: number;
  readonly swatch?: string;
  readonly picture?: string;
};

type AttributeBase = {
  readonly id: string;
  readonly name: Words;
  readonly hint?: Words;
  readonly group?: string;
  /** The predicate of the fact it is prefilled from and remembered as. */
  readonly memory?: string;
  /** True of the person's body, so never reused for a gift. */
  readonly body: boolean;
  /** The kind of part that it is of, and which one, from 1; missing of what there is once. */
  readonly part?: { readonly of: string; readonly number: number };
};

/** One of a list of named values. */
export type ChoiceAttribute = AttributeBase & {
  readonly type: 'choice';
  readonly values: readonly ChoiceValue[];
  /** May be absent: only of a part, which may not be there. */
  readonly optional?: boolean;
  readonly default?: string;
};

/** Yes or no; `priceMinor` is added when yes. */
export type BooleanAttribute = AttributeBase & {
  readonly type: 'boolean';
  readonly priceMinor: number;
  /** May be absent: only of a part, which may not be there. */
  readonly optional?: boolean;
  readonly default?: boolean;
};

/**
 * A number on a grid of `min`, `min + step`, … `max`. `digits` is how many digits after the point
 * the grid needs. The price is `pricePerUnitMinor` times the value, rounded half away from zero.
 */
export type NumberAttribute = AttributeBase & {
  readonly type: 'integer' | 'decimal';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly digits: number;
  readonly unit?: string;
  readonly measured: boolean;
  /** May be left open; always true of a measured attribute. */
  readonly optional: boolean;
  readonly pricePerUnitMinor: number;
  readonly default?: number;
};

/** A free text, outside the solution space. `priceMinor` is added when it is not empty. */
export type TextAttribute = AttributeBase & {
  readonly type: 'text';
  /** In grapheme clusters. */
  readonly maxLength: number;
  readonly optional: boolean;
  readonly priceMinor: number;
};

/** What a customer decides, discriminated by `type`. */
export type Attribute = ChoiceAttribute | BooleanAttribute | NumberAttribute | TextAttribute;

/**
 * A kind of part of which a design has several: attribute `id` says how many, and part number 3 has
 * the attributes `one.3.x` for each x of `attributes`, which are absent where there are fewer.
 */
export type PartKind = {
  readonly id: string;
  readonly one: string;
  readonly name: Words;
  readonly max: number;
  readonly attributes: readonly string[];
};

/** A constraint in words and as a condition: `when … then …`, or `require …`. */
export type Rule =
  | ({ readonly kind: 'implies'; readonly id: string; readonly text: Words } & {
      readonly when: Expression;
      readonly then: Expression;
    })
  | {
      readonly kind: 'require';
      readonly id: string;
      readonly text: Words;
      readonly require: Expression;
    };

/** A cell of a table: every value, or these (`null` is *absent*). */
export type Cell = '*' | { readonly any: readonly (string | number | boolean | null)[] };

/** The allowed combinations of some attributes. */
export type Table = {
  readonly id: string;
  readonly text: Words;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};

/** Ties an attribute to an expression, for a choice by way of steps. */
export type Formula = {
  readonly id: string;
  readonly text: Words;
  readonly when?: Expression;
  readonly attribute: string;
  readonly value: Expression;
  readonly steps?: readonly { readonly upTo?: number; readonly is: string }[];
};

/** An amount that is added when a condition holds. */
export type ConditionalPrice = {
  readonly id: string;
  readonly text: Words;
  readonly when: Expression;
  readonly priceMinor: number;
};

/** A line of the 150 % bill of materials. */
export type Component = {
  readonly item: string;
  readonly name: Words;
  readonly when?: Expression;
  readonly quantity: number | Expression;
  readonly unit: string;
  /** The operation it is used in; without one, it is at hand from the first operation on. */
  readonly operation?: string;
};

/** A step of the 150 % routing. `minutes` is `'stay'` when it lasts the whole stay. */
export type Operation = {
  readonly id: string;
  readonly name: Words;
  readonly workCentre: string;
  readonly minutes: number | 'stay' | Expression;
  readonly when?: Expression;
  readonly after: readonly string[];
  readonly instruction?: Words;
};

/** What a remembered fact asks of an operation; `{value}` stands for the fact's value. */
export type FactInstruction = {
  readonly predicate: string;
  readonly operation: string;
  readonly text: Words;
};

/** A colour: fixed, or the swatch of the chosen value of an attribute. */
export type Paint =
  | { readonly kind: 'colour'; readonly colour: string }
  | { readonly kind: 'swatch'; readonly attribute: string };

/** A layer of the picture. */
export type Layer =
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly when?: Expression;
      readonly fill: Readonly<Record<string, Paint>>;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly when?: Expression;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly rotate: number;
      readonly fill: Paint;
    };

/** How a design looks: layers painted in order, and its text alternative. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly alt?: Words;
  readonly layers: readonly Layer[];
};

/** A product family as plain data: it can be stored as JSON and sent to a browser. */
export type Family = {
  readonly keepsake: 1;
  readonly id: string;
  readonly name: Words;
  readonly summary?: Words;
  readonly currency: Currency;
  /** Digits of the minor unit: 2 for EUR, 0 for JPY. */
  readonly minorDigits: number;
  readonly taxClass: string;
  readonly basePriceMinor: number;
  readonly baseCostMinor: number;
  readonly demand: 'order' | 'stay';
  readonly groups: readonly Group[];
  readonly attributes: readonly Attribute[];
  /** Their attributes and rules stand among the others; left out where there are none. */
  readonly parts?: readonly PartKind[];
  readonly rules: readonly Rule[];
  readonly tables: readonly Table[];
  readonly formulas: readonly Formula[];
  readonly prices: readonly ConditionalPrice[];
  readonly components: readonly Component[];
  readonly operations: readonly Operation[];
  readonly instructions: readonly FactInstruction[];
  readonly picture?: Picture;
};

/** SHA-256 of the family's canonical text: the same family has the same hash everywhere. */
export function familyHash(family: Family): string {
  return canonicalHash(family satisfies Json);
}
