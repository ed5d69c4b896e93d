/** A text of the address's query as an optional property; left out when it is empty or no text. */
export function textParam<K extends string>(
  search: Readonly<Record<string, unknown>>,
  key: K,
): { readonly [P in K]?: string } {
  const value = search[key];
  const text = typeof value === 'number' ? String(value) : value;
  // A record of one computed key has no narrower type of its own.
  return (typeof text === 'string' && text !== '' ? { [key]: text } : {}) as {
    readonly [P in K]?: string;
  };
}

/** A path on this site to go on to; `fallback` where it is missing or leads elsewhere. */
export function safePath(path: string | null | undefined, fallback: string): string {
  return path != null && /^\/(?![/\\])/.test(path) ? path : fallback;
}
