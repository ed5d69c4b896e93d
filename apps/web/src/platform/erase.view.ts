/** Whether the words that confirm an erasure were typed; case and spaces do not matter. */
export function isConfirmed(typed: string, confirm: string): boolean {
  const plain = (text: string) => text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  return plain(typed) === plain(confirm);
}
