/** Lines for the bulk door, made by number: the same number gives the same line. */
import { emailOf, predicateName, saidValue } from './world.ts';

const FIRST_AT = Date.UTC(2026, 0, 1);

/**
 * One of the lines of a customer: the first brings the consent. A customer of the bench is known to
 * the source by a key, and has an address that the source has proved.
 */
export function lineOf(customer: number, fact: number): string {
  const predicate = predicateName(fact);
  return JSON.stringify({
    id: `${customer}-${fact}`,
    at: new Date(FIRST_AT + customer * 1000 + fact).toISOString(),
    ...{ subject: `guest-${customer}`, channel: 'desk', site: 'keywest' },
    ...(fact === 0
      ? { identifiers: { email: emailOf(customer) }, verified: true, purposes: ['personalisation'] }
      : {}),
    says: { [predicate]: saidValue(customer, fact) },
  });
}

/**
 * A request's worth of lines, `each` of every customer. Lines of one customer come together, as a
 * guest who checks in says several things.
 */
export function requestOf(index: number, lines: number, each: number): string {
  const first = index * lines;
  const all: string[] = [];
  for (let i = first; i < first + lines; i++) all.push(lineOf(Math.floor(i / each), i % each));
  return all.join('\n');
}
