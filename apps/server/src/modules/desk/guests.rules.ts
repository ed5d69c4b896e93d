import type { GuestSummary as GuestSummarySchema } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { z } from 'zod';
import type { CompanyRecord } from '../companies/index.ts';
import type { FoundSubject, Site } from '../memory/index.ts';

/** A guest in a list. */
export type GuestSummary = z.infer<typeof GuestSummarySchema>;

/** A guest as staff see one in a list: the address masked, and something to call them by. */
export function guestSummary(found: FoundSubject): GuestSummary {
  const email = found.email === null ? null : maskEmail(found.email);
  return {
    id: found.subject,
    // Who signed in by a link alone has told no name yet.
    name: found.name ?? email ?? found.loyalty ?? found.subject.slice(-6),
    email,
    loyalty: found.loyalty,
    lastSeen: found.lastSeenAt === null ? null : instantToText(found.lastSeenAt),
  };
}

/** An e-mail address that tells two namesakes apart without giving itself away. */
export function maskEmail(email: string): string {
  const at = Math.max(email.lastIndexOf('@'), 0);
  const shown = email.slice(0, at > 3 ? 2 : 1);
  return `${shown}…${email.slice(at)}`;
}

/** A site of a company by its id. */
export function siteOf(company: CompanyRecord, id: string): Site | undefined {
  return company.sites.find((site) => site.id === id);
}
