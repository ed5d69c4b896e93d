/** Not there yet. */
export function ReviewListPage() {
  return null;
}
