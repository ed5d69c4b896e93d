/** A record as it came: what is not filled in is missing or empty, and is no evidence. */
export interface LinkageRecord {
  /** Unique among the records; never evidence. */
  readonly id: string;
  /** Values by column name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a column holds, which decides how two of its values are compared. */
export type ColumnKind =
  | 'given'
  | 'surname'
  | 'name'
  | 'birth'
  | 'birthYear'
  | 'birthMonth'
  | 'birthDay'
  | 'email'
  | 'phone'
  | 'street'
  | 'houseNumber'
  | 'city'
  | 'postcode'
  | 'region'
  | 'identifier'
  | 'category'
  | 'text'
  | 'ignored';

/** In which order the numbers of a date stand. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** A column and how it is read. */
export interface LinkageColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Of dates only. */
  readonly dateOrder?: DateOrder;
  /** Of identifiers only: a person has at most one, so that two values are never one person. */
  readonly isUnique?: boolean;
}

/** The columns of the records in their order. What is `ignored` is no evidence. */
export interface LinkageSchema {
  readonly columns: readonly LinkageColumn[];
}

/** How often two records that are or are not one person show this degree of agreement. */
export interface LevelModel {
  /** For example `equal`, `similar`, `different`. */
  readonly name: string;
  /** Probability among records of one person. */
  readonly m: number;
  /** Probability among records of two persons. */
  readonly u: number;
}

/** One piece of evidence: the columns compared, and the degrees of agreement, best first. */
export interface ComparisonModel {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly columns: readonly string[];
  /** How often two persons of one household agree because they are one; by kind where it is left out. */
  readonly share?: number;
  /**
   * One list, or two where the evidence depends on what was compared before: the second holds where
   * an earlier comparison of the same group agreed (a city says little once the postcode agrees).
   */
  readonly levels: readonly (readonly LevelModel[])[];
}

/** How often values occur: those that occur once are left out. */
export interface Frequencies {
  /** Records with any value in the column. */
  readonly total: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Everything that a comparison of two records depends on: plain JSON, never changed once made. */
export interface LinkageModel {
  readonly format: 'keepsake-linkage';
  readonly version: 1;
  readonly schema: LinkageSchema;
  /** Probabilities for two records drawn at random. */
  readonly prior: {
    /** That they are one person. */
    readonly same: number;
    /** That they are two persons of one household, who share address, name and telephone. */
    readonly household: number;
  };
  readonly comparisons: readonly ComparisonModel[];
  /** By column, for those whose rare values say more than frequent ones. */
  readonly frequencies: Readonly<Record<string, Frequencies>>;
  /** From which probability on a pair is the same person, and from which one it is reviewed. */
  readonly zones: { readonly same: number; readonly review: number };
  /** Blocks of more records than this compare nothing. */
  readonly blockMax: number;
  /** A person has at most as many records that are not exactly equal. */
  readonly clusterMax: number;
}

/** `same` joins, `review` is for a person to decide, `different` is nothing. */
export type Zone = 'same' | 'review' | 'different';

/** One addend of a pair's score. */
export interface WaterfallStep {
  /** The chances before anything was compared; one comparison; or that they share a household. */
  readonly kind: 'prior' | 'comparison' | 'household';
  /** Name of the comparison, `prior` or `household`. */
  readonly name: string;
  /** Columns that were compared; empty where none was. */
  readonly columns: readonly string[];
  /** The degree of agreement; `missing` where a value is; empty where nothing was compared. */
  readonly level: string;
  /** Base-2 logarithm of the odds: positive speaks for one person. */
  readonly bits: number;
}

/** What two records being one person rests on. `bits` is the sum of the waterfall. */
export interface PairScore {
  readonly bits: number;
  /** 2^bits / (1 + 2^bits). */
  readonly probability: number;
  readonly zone: Zone;
  readonly waterfall: readonly WaterfallStep[];
}

/** Two records that may be one person. `a` is before `b` in the order of UTF-16 code units. */
export interface LinkageEdge {
  readonly a: string;
  readonly b: string;
  readonly bits: number;
  readonly probability: number;
}

/** Records that are one person, and pairs that somebody should look at. */
export interface Resolved {
  /** A partition of the ids; members and clusters are sorted. */
  readonly clusters: readonly (readonly string[])[];
  /**
   * Pairs that ended up apart though they may be one person, the most probable first: those of the
   * zone `review`, and those of the zone `same` that a guard kept apart.
   */
  readonly review: readonly LinkageEdge[];
  /** Pairs of the zone `same`, whether or not a guard kept them apart; sorted by ids. */
  readonly edges: readonly LinkageEdge[];
  readonly model: LinkageModel;
  /** How many pairs were compared. */
  readonly pairs: number;
}

/** Two records that somebody told apart. */
export type NotSame = readonly [a: string, b: string];
