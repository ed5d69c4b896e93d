import { escapeText } from './svg.ts';

/** A table that moves sideways where the page is too narrow for it, by keys as well. */
export function scrolling(name: string, head: string, rows: readonly string[]): string {
  const body = `<thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody>`;
  return `<div class="scroll" role="region" aria-label="${escapeText(name)}" tabindex="0"><table>${body}</table></div>`;
}

/** The same of plain cells, the first of which names its row. */
export function plainTable(
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = rows.map(([first = '', ...cells]) => {
    const rest = cells.map((cell) => `<td>${escapeText(cell)}</td>`).join('');
    return `<tr><th scope="row">${escapeText(first)}</th>${rest}</tr>`;
  });
  const names = head.map((each) => `<th scope="col">${escapeText(each)}</th>`).join('');
  return scrolling(name, names, lines);
}

/** The figures of a chart, for who would rather read them: closed until asked for. */
export function figuresOf(
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return `<details><summary>Figures</summary>${plainTable(name, head, rows)}</details>`;
}
