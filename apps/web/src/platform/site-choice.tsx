import type { Company } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../ui/field.tsx';
import { useText } from '../ui/locale.tsx';
import { companyQuery } from './company.queries.ts';

type Site = Company['sites'][number];

const keyOf = (company: string) => `keepsake.site.${company}`;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where a member of staff works: the site last chosen on this device, else the only or first one. */
export function useSite(company: string): {
  readonly site: Site | undefined;
  readonly sites: readonly Site[];
  readonly choose: (site: string) => void;
} {
  const sites = useQuery(companyQuery(company)).data?.sites ?? [];
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(company)));
  const site = sites.find(({ id }) => id === stored) ?? sites[0];
  const choose = (id: string) => {
    localStorage.setItem(keyOf(company), id);
    for (const listener of listeners) listener();
  };
  return { site, sites, choose };
}

/** Chooses the site, where there is more than one. */
export function SiteChoice({ company }: { readonly company: string }) {
  const { t } = useTranslation('fact');
  const text = useText();
  const { site, sites, choose } = useSite(company);
  if (sites.length < 2) return null;
  return (
    <Select
      label={t('site.label')}
      value={site?.id ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      {sites.map((each) => (
        <option key={each.id} value={each.id}>
          {text(each.name)}
        </option>
      ))}
    </Select>
  );
}

/** A choice that this device remembers beside the site, such as a work centre. */
export function useStoredChoice(key: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => localStorage.getItem(key) ?? '');
  const choose = (next: string) => {
    localStorage.setItem(key, next);
    setValue(next);
  };
  return [value, choose];
}
