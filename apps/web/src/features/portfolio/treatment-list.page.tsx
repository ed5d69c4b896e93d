/** Not there yet. */
export function TreatmentListPage() {
  return null;
}
