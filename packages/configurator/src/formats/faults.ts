import type { FormatIssue, FormatIssueCode } from './issue.ts';

/** UTF-16 code units of a file at most: tables of a million rows are some 30 million. */
const TEXT_MAX = 128 * 1024 * 1024;
/** Characters of a name at most. */
const NAME_MAX = 1_000;
/** Characters of a message at most: it may quote the file. */
const MESSAGE_MAX = 300;
/** Faults reported at most. */
const ISSUES_MAX = 200;

/** What to say about a fault. */
export interface Fault {
  readonly code: FormatIssueCode;
  readonly message: string;
  readonly hint?: string;
}

/** Faults of a text so far, each with its offset; `report` keeps the first 200. */
export interface Faults {
  readonly found: readonly (Fault & { readonly offset: number })[];
  report(offset: number, fault: Fault): void;
}

/** An empty list of faults. */
export function collectFaults(): Faults {
  const found: (Fault & { offset: number })[] = [];
  return {
    found,
    report: (offset, fault) => {
      if (found.length >= ISSUES_MAX) return;
      const message = fault.message.slice(0, MESSAGE_MAX);
      found.push({ ...fault, message, offset });
    },
  };
}

/** The faults in the order of the text, with line and column. One pass over the text. */
export function issuesOf(text: string, faults: Faults): readonly FormatIssue[] {
  const sorted = [...faults.found].sort((a, b) => a.offset - b.offset);
  let [line, start] = [1, 0];
  return sorted.map(({ offset, ...fault }) => {
    const at = Math.min(offset, text.length);
    for (let end = text.indexOf('\n', start); end >= 0 && end < at; ) {
      line++;
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    return { ...fault, line, column: at - start + 1 };
  });
}

/** Controls but tabs and line ends: no format here has them, and no page can show them. */
const CONTROLS = /[^\P{Cc}\t\n\r]/u;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Reports a text that is too large or holds control characters; whether it can be read. */
export function checkText(text: string, faults: Faults, most: number = TEXT_MAX): boolean {
  if (text.length > most) {
    const message = `the file is larger than ${String(most / 2 ** 20)} MiB`;
    faults.report(0, { code: 'text/too-large', message });
    return false;
  }
  const at = text.search(CONTROLS);
  if (at >= 0) faults.report(at, { code: 'text/malformed', message: unprintable(text, at) });
  return at < 0;
}

function unprintable(text: string, index: number): string {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code} cannot stand in a text`;
}

/** Reports a name that is empty, too long or cannot be shown; whether it is a name. */
export function checkName(name: string, offset: number, faults: Faults): boolean {
  const bad = name.search(UNPRINTABLE);
  if (name.length > 0 && name.length <= NAME_MAX && bad < 0) return true;
  const message =
    bad >= 0
      ? `a name holds what cannot be shown: ${unprintable(name, bad)}`
      : `a name has 1 to ${String(NAME_MAX)} characters`;
  faults.report(offset, { code: 'name/form', message });
  return false;
}

/** A text without the mark that some editors put in front. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
