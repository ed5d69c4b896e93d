import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

const HOUR_MS = 3_600_000;

/** All companies served here. */
export const companiesQuery = queryOptions({
  queryKey: ['companies'],
  queryFn: () => client.companies.list({}),
  staleTime: HOUR_MS,
});

/** One company: name, look, sites, deliveries. */
export const companyQuery = (company: string) =>
  queryOptions({
    queryKey: ['company', company],
    queryFn: () => client.companies.get({ company }),
    staleTime: HOUR_MS,
  });

/** The product families of a company, with their pictures. */
export const familiesQuery = (company: string) =>
  queryOptions({
    queryKey: ['families', company],
    queryFn: () => client.families.list({ company }),
    staleTime: 60_000,
  });
