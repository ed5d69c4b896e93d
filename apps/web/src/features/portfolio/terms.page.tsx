/** Not there yet. */
export function TermsPage() {
  return null;
}
