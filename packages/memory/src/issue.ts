/** Something wrong with a document, as data: where, what, and the offending thing. */
export interface Issue {
  readonly code:
    | 'not-an-object'
    | 'not-a-list'
    | 'not-a-text'
    | 'not-a-number'
    | 'not-a-boolean'
    | 'not-words'
    | 'not-one-of'
    | 'unknown-key'
    | 'bad-name'
    | 'duplicate'
    | 'missing-values'
    | 'unknown-purpose'
    | 'special-needs-explicit-consent'
    | 'unknown-predicate'
    | 'unknown-value'
    | 'derivation-cycle'
    | 'too-many';
  /** For example `predicates[3].label`. */
  readonly path: string;
  /** The offending name or the allowed ones; empty where the path says it all. */
  readonly detail: string;
}
