import type { Claim } from './demand.ts';

/** New claims found so far, by order and operation; null for an operation that lost its place. */
export type Claims = Map<string, Map<string, Claim | null>>;

/** Notes a new claim. */
export function putClaim(
  claims: Claims,
  order: string,
  operation: string,
  claim: Claim | null,
): void {
  const own = claims.get(order) ?? new Map<string, Claim | null>();
  claims.set(order, own.set(operation, claim));
}

/** The key of one unit of one work centre. */
export function unitKey({ workCentre, unit }: Pick<Claim, 'workCentre' | 'unit'>): string {
  return `${unit} ${workCentre}`;
}
