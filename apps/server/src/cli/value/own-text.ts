/** A copy of its own: text that was cut from a chunk of a file would keep the whole of it in memory. */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}
