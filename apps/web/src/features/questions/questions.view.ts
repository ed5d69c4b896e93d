import type { AskCounts, QuestionReport } from '@keepsake/contract';

type Day = QuestionReport['days'][number];

/** One or several days in a row, counted together. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly needs: number;
  readonly asked: number;
  readonly repeats: number;
}

/** More bars than this are too thin to be hit with a finger. */
const SPANS_MAX = 31;

/** Days as spans of equal length, few enough to be drawn; the last one ends today. */
export function spansOf(days: readonly Day[]): readonly Span[] {
  const size = Math.max(1, Math.ceil(days.length / SPANS_MAX));
  const spans: Span[] = [];
  for (let end = days.length; end > 0; end -= size) {
    const part = days.slice(Math.max(0, end - size), end);
    const sum = (field: 'needs' | 'asked' | 'repeats') =>
      part.reduce((total, day) => total + day[field], 0);
    spans.unshift({
      from: part[0]?.date ?? '',
      to: part.at(-1)?.date ?? '',
      needs: sum('needs'),
      asked: sum('asked'),
      repeats: sum('repeats'),
    });
  }
  return spans;
}

/** The share of needs that memory answered by itself; undefined where nothing was needed. */
export function answeredShare({ needs, known, confirm }: AskCounts): number | undefined {
  return needs === 0 ? undefined : (known + confirm) / needs;
}
