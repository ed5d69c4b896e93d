/** An expected outcome: either a value or a typed refusal. Bugs crash and failures are thrown. */
export type Result<T, E> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: E };

/** Wraps a value as a successful outcome. */
export function ok<T>(value: T): { readonly kind: 'ok'; readonly value: T } {
  return { kind: 'ok', value };
}

/** Wraps an error as a refused outcome. */
export function refused<E>(error: E): { readonly kind: 'refused'; readonly error: E } {
  return { kind: 'refused', error };
}

/** Thrown when the program itself is wrong; nobody catches it but the top boundary. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws `InvariantError` unless `condition` holds; `why` says why it must hold. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new InvariantError(why);
}
