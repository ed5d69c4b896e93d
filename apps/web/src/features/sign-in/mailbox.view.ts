/** A piece of a mail's text: plain words, or an address to follow. */
export type MailPiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'link'; readonly address: string };

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

/** Splits a mail's text at its addresses. */
export function piecesOf(text: string): readonly MailPiece[] {
  const pieces: MailPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match.index > from) pieces.push({ kind: 'words', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', address: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'words', text: text.slice(from) });
  return pieces;
}
