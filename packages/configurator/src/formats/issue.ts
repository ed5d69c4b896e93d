/** What is wrong with a file of a foreign format. */
export type FormatIssueCode =
  /** None of the formats, or a version or part of one that is not read here. */
  | 'format/unknown'
  | 'format/unsupported'
  | 'text/malformed'
  | 'text/too-large'
  | 'text/too-deep'
  | 'name/duplicate'
  | 'name/unknown'
  | 'name/form'
  | 'value/type'
  | 'value/bounds'
  | 'expression/syntax'
  | 'limit/exceeded';

/** One fault of a file, at a place. Lines and columns count from 1. */
export interface FormatIssue {
  readonly code: FormatIssueCode;
  readonly line: number;
  readonly column: number;
  /** One English sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}
