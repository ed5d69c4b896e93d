/** What is wrong with a family file. */
export type IssueCode =
  | 'yaml/malformed'
  | 'yaml/too-large'
  | 'yaml/too-deep'
  | 'key/unknown'
  | 'key/missing'
  | 'key/duplicate'
  | 'value/type'
  | 'value/bounds'
  | 'value/form'
  | 'id/duplicate'
  | 'id/unknown'
  | 'expression/syntax'
  | 'expression/type'
  | 'limit/exceeded';

/** One fault of a family file, at a place. Lines and columns count from 1. */
export interface ModelIssue {
  readonly code: IssueCode;
  readonly line: number;
  readonly column: number;
  /** Where in the document, such as `attributes[2].values[0].price`. */
  readonly path: string;
  /** One English sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}
