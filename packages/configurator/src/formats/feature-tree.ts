/** From `min` to `max`, both included; `max` may be infinite. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a feature holds beside being there. */
export type FeatureType = 'boolean' | 'integer' | 'real' | 'string';

/** How many children of a group are there when its parent is. */
export interface GroupDef extends Range {
  readonly kind: 'mandatory' | 'optional' | 'or' | 'alternative' | 'cardinality';
  readonly offset: number;
  readonly children: FeatureDef[];
}

/** A feature of a tree as its file says it. */
export interface FeatureDef {
  readonly name: string;
  readonly offset: number;
  readonly line: number;
  readonly type: FeatureType;
  readonly isAbstract: boolean;
  /** How often it can be there, where it can be more than once. */
  readonly copies: Range | undefined;
  /** Numbers as they are written, so that none is rounded. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly groups: GroupDef[];
  readonly parent: FeatureDef | undefined;
  /** The nearest feature above that can be there several times with all that is below it. */
  readonly scope: FeatureDef | undefined;
}

/** The value of an attribute. */
export type AttributeValue =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth'; readonly is: boolean };

/** A condition over features. */
export type Condition =
  | { readonly kind: 'truth'; readonly is: boolean }
  | { readonly kind: 'feature'; readonly feature: FeatureDef }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'same'; readonly left: Condition; readonly right: Condition }
  | {
      readonly kind: 'compare';
      readonly op: Comparison;
      readonly left: Term;
      readonly right: Term;
    };

/** How two terms compare. */
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A number or a text. What a feature that is not there holds is 0 or the empty text. */
export type Term =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly feature: FeatureDef }
  | { readonly kind: 'attribute'; readonly feature: FeatureDef; readonly value: AttributeValue }
  | Aggregate<'sum'>
  | Aggregate<'average'>
  | { readonly kind: 'length' | 'floor' | 'ceil'; readonly of: Term }
  | {
      readonly kind: 'binary';
      readonly op: '+' | '-' | '*' | '/';
      readonly left: Term;
      readonly right: Term;
    };

/** All numbers of an attribute that are there, taken together. */
export interface Aggregate<Kind extends string> {
  readonly kind: Kind;
  readonly name: string;
  /** Over this feature and what is below it; over all where undefined. */
  readonly within: FeatureDef | undefined;
}

/** A constraint across the tree. */
export interface ConstraintDef {
  readonly text: string;
  readonly line: number;
  readonly offset: number;
  readonly condition: Condition;
}

/** A feature model as its file says it. */
export interface FeatureModelDef {
  readonly name: string;
  readonly root: FeatureDef;
  readonly constraints: readonly ConstraintDef[];
  readonly notes: readonly string[];
}
