import type { CustomerLine } from '@keepsake/contract';
import type { Draws } from '@keepsake/value';
import type { DemoNames, HistoryShape } from './demo-history.document.ts';

/** Domains that belong to nobody (RFC 2606). */
const DOMAINS = ['example.com', 'example.org', 'example.net'];

/** The key of a customer in the earlier system, by the order in which they joined, from 0. */
export function customerKey(index: number): string {
  return String(10_001 + index);
}

/**
 * Customers with made-up names and addresses: no full name and no address is there twice, and
 * whoever shares a family name has another first name, each as far as the lists reach.
 */
export function nameCustomers(
  shape: HistoryShape,
  names: DemoNames,
  draws: Draws,
): readonly CustomerLine[] {
  const taken = new Map<string, number>();
  return Array.from({ length: shape.customers }, (_, index) => {
    const language = pickLanguage(shape, draws);
    const count = taken.get(language) ?? 0;
    taken.set(language, count + 1);
    const { first, family } = nameOf(names, language, count);
    const customer = customerKey(index);
    const name = `${first} ${family}`;
    const [style, domain, known] = [draws.uniform(), draws.uniform(), draws.uniform()];
    if (known >= shape.withEmail) return { customer, name };
    const parts = [plain(first), plain(family)];
    const local = (style < 0.7 ? parts : parts.reverse()).join(style < 0.85 ? '.' : '_');
    const host = DOMAINS[Math.floor(domain * DOMAINS.length)] ?? '';
    return { customer, name, email: `${local}@${host}` };
  });
}

function pickLanguage({ languages }: HistoryShape, draws: Draws): string {
  const entries = Object.entries(languages);
  let left = draws.uniform();
  for (const [language, share] of entries) {
    left -= share;
    if (left <= 0) return language;
  }
  return entries[0]?.[0] ?? '';
}

/** The count-th full name of a language. Throws where there are no more. */
function nameOf(
  names: DemoNames,
  language: string,
  count: number,
): { readonly first: string; readonly family: string } {
  const { first, family } = names[language] ?? { first: [], family: [] };
  if (count >= first.length * family.length) {
    throw new Error(`there are too few names of ${language}`);
  }
  // Every family name once, then every one again with the next first name; 7 mixes the lists.
  const round = Math.floor(count / family.length);
  const at = count % family.length;
  return {
    first: first[(7 * at + round) % first.length] ?? '',
    family: family[at] ?? '',
  };
}

function plain(text: string): string {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replace(/[^a-z]/g, '');
}
