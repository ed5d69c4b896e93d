/** A token of an expression, and where it starts. */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly sign: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const PATTERN =
  /\s+|(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|'([^']*)'|(!=|<=|>=|[=<>+\-*/()[\],])/iy;

/** Cuts an expression into tokens; answers where it cannot when some character fits nowhere. */
export function cutTokens(source: string): readonly Token[] | { readonly strayAt: number } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(source);
    if (match === null) return { strayAt: at };
    const [whole, number, name, quoted, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number), at });
    else if (name !== undefined) tokens.push({ kind: 'name', name, at });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', sign, at });
    at += whole.length;
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}
