import type { Words } from '@keepsake/kernel';

/** What memory needs to know of a site: where facts noted there hold, and what to call it. */
export interface Site {
  readonly id: string;
  readonly name: Words;
  /** Path from the widest to the narrowest, for example `us/ca/monterey`. */
  readonly place: string;
}

/** The scope of what holds at this site only: narrower than its town. */
export function placeOf(site: Site): string {
  return `${site.place}/${site.id}`;
}

/** The site that a scope is about, if it is about one. */
export function siteAt(sites: readonly Site[], place: string | undefined): Site | undefined {
  return place === undefined ? undefined : sites.find((site) => placeOf(site) === place);
}

/** A name as the wire has it: English where no language is asked for. */
export function siteName(site: Site | undefined): string | null {
  return site?.name.en ?? null;
}
