/** What may be reckoned by, and what is wrong with what may not. Pure. */
import type { ValueSettings } from '@keepsake/contract';
import { canonicalText, type Json, ok, type Result, refused } from '@keepsake/kernel';
import {
  type CostTableIssue,
  type DataFault,
  DEFAULT_TIER_POLICY,
  parseCostTable,
  parseTierPolicy,
  parseTreatments,
} from '@keepsake/value';

/** What is wrong with a document, and where. */
export interface TermsIssue {
  readonly code: string;
  /** Such as `losses.keep.top.fixed`; empty for the whole. */
  readonly path: string;
  /** What was expected there. */
  readonly message: string;
}

/** What may be stated as a document with a version of its own. */
export type StatedKind = 'costs' | 'policy' | 'treatments';

/** A document that can be kept. */
export interface StatedDocument {
  readonly version: string;
  /** `YYYY-MM-DD`; null but of cost tables. */
  readonly validFrom: string | null;
  /** The one text of what it says. */
  readonly body: string;
}

/** Bytes of a document at most. */
export const DOCUMENT_BYTES_MAX = 262_144;
/** A version is one line of so many characters at most. */
export const VERSION_LENGTH_MAX = 100;

/** What holds until a company says otherwise. */
export const DEFAULT_SETTINGS: ValueSettings = {
  horizonWeeks: 104,
  growthReach: 0.5,
  growthCost: 25,
  newWeeks: 4,
};

const VERSION = new RegExp(`^(?!\\s)[^\\p{Cc}\\p{Cs}]{1,${VERSION_LENGTH_MAX}}$`, 'u');
/** The years of calendar dates here. */
const YEARS = /^(19|2[01])/;
/** What JSON may say and no database keeps: NUL, and half a pair of surrogates. */
const UNKEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Reads a document; all that is wrong with it is told at once. Amounts of a cost table are in the
 * currency of the company, and in its minor units.
 */
export function readDocument(
  kind: StatedKind,
  document: unknown,
  currency: string,
): Result<StatedDocument, readonly TermsIssue[]> {
  const read = readKind(kind, document);
  if (read.kind === 'refused') return refused(read.error);
  // It was just read, so that it is data, and not deep.
  const body = canonicalText(document as Json);
  const issues = [...read.value.issuesIn(currency), ...keepingIssues(body, read.value.version)];
  if (issues.length > 0) return refused(issues);
  return ok({ version: read.value.version, validFrom: read.value.validFrom, body });
}

interface ReadKind {
  readonly version: string;
  readonly validFrom: string | null;
  readonly issuesIn: (currency: string) => readonly TermsIssue[];
}

function readKind(kind: StatedKind, document: unknown): Result<ReadKind, readonly TermsIssue[]> {
  const plain = { validFrom: null, issuesIn: () => [] };
  switch (kind) {
    case 'costs': {
      const read = parseCostTable(document);
      if (read.kind === 'refused') return refused(read.error.map(costIssue));
      const { version, validFrom } = read.value;
      const issuesIn = (currency: string) => currencyIssues(read.value, currency);
      return ok({ version, validFrom, issuesIn });
    }
    case 'policy': {
      const read = parseTierPolicy(document);
      if (read.kind === 'refused') return refused(read.error.map(dataIssue));
      return ok({ ...plain, version: read.value.version });
    }
    case 'treatments': {
      const read = parseTreatments(document);
      if (read.kind === 'refused') return refused(read.error.map(dataIssue));
      return ok({ ...plain, version: read.value.version });
    }
  }
}

function costIssue({ path, problem, expected }: CostTableIssue): TermsIssue {
  return { code: problem, path, message: expected };
}

function dataIssue({ code, path, detail }: DataFault): TermsIssue {
  return { code, path, message: detail === '' ? code : `${code}: ${detail}` };
}

function currencyIssues(
  table: {
    readonly validFrom: string;
    readonly currency: string;
    readonly minorPerUnit: number;
  },
  currency: string,
): readonly TermsIssue[] {
  const issues: TermsIssue[] = [];
  if (!YEARS.test(table.validFrom)) {
    issues.push({ code: 'wrong', path: 'validFrom', message: 'a day from 1900 to 2199' });
  }
  if (table.currency !== currency) {
    const message = `${currency}, the currency of the company`;
    issues.push({ code: 'wrong', path: 'currency', message });
  } else if (table.minorPerUnit !== minorPerUnitOf(currency)) {
    const message = `${minorPerUnitOf(currency)}, as ${currency} has it`;
    issues.push({ code: 'wrong', path: 'minorPerUnit', message });
  }
  return issues;
}

/** Minor units in one unit of a currency (ISO 4217). */
function minorPerUnitOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

function keepingIssues(body: string, version: string): readonly TermsIssue[] {
  const issues: TermsIssue[] = [];
  if (!VERSION.test(version)) {
    const message = `one line of 1 to ${VERSION_LENGTH_MAX} characters`;
    issues.push({ code: 'wrong', path: 'version', message });
  }
  if (Buffer.byteLength(body) > DOCUMENT_BYTES_MAX) {
    issues.push({ code: 'too-many', path: '', message: `${DOCUMENT_BYTES_MAX} bytes at most` });
  }
  if (UNKEPT.test(body)) {
    issues.push({ code: 'wrong', path: '', message: 'texts without NUL or half characters' });
  }
  return issues;
}

/** Whether a version names what it does not hold: that of the policy to begin with. */
export function isReserved(kind: StatedKind, { version, body }: StatedDocument): boolean {
  if (kind !== 'policy' || version !== DEFAULT_TIER_POLICY.version) return false;
  return body !== canonicalText(JSON.parse(JSON.stringify(DEFAULT_TIER_POLICY)) as Json);
}

/** Whether a document that is kept says the same. */
export function saysSame(kept: unknown, body: string): boolean {
  return canonicalText(kept as Json) === body;
}
