import type { Problem } from '@keepsake/contract';

/** A document as data. */
export type Data = Readonly<Record<string, unknown>>;

/** A document as it is edited. */
export function documentText(document: Data): string {
  return JSON.stringify(document, null, 2);
}

/** What was typed, as data; or where it stops to be JSON, as the reader's system words it. */
export type ReadDocument =
  | { readonly kind: 'read'; readonly document: Data }
  | { readonly kind: 'broken'; readonly detail: string };

/** Reads what was typed. */
export function readDocument(text: string): ReadDocument {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
      // An object of JSON has nothing but texts for keys.
      return { kind: 'read', document: data as Data };
    }
    return { kind: 'broken', detail: '{ … }' };
  } catch (error) {
    return { kind: 'broken', detail: error instanceof Error ? error.message : '' };
  }
}

/** One thing that the server has against a document. */
export interface DocumentIssue {
  readonly key: string;
  /** Where, such as `remedies[1].cuts`; empty for the document as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What the server has against a document, in its order. */
export function documentIssues(problem: Pick<Problem, 'issues'>): readonly DocumentIssue[] {
  return (problem.issues ?? []).map(({ path = '', message, code, hint }, index) => ({
    key: `${index} ${path}`,
    path,
    message:
      [message, hint].filter((part) => part !== undefined && part !== '').join('. ') ||
      (code ?? ''),
  }));
}

/** The next name for a version: its last number counted up, or `-2` behind it. */
export function nextVersion(version: string): string {
  const found = /^(.*?)(\d+)$/.exec(version);
  if (found === null) return `${version}-2`;
  return `${found[1] ?? ''}${Number(found[2]) + 1}`;
}
