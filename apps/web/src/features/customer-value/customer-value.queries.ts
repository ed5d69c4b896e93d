import { queryOptions } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import { customerValueKey, valueKey } from '../../platform/value-key.ts';

/** Whose value. */
export interface Whose {
  readonly company: string;
  readonly guest: string;
}

/** All that is reckoned of a customer. */
export const customerValueQuery = ({ company, guest }: Whose) =>
  queryOptions({
    queryKey: customerValueKey(company, guest),
    queryFn: () => client.value.customer({ company, guest }),
  });

/** What would lead to another tier; takes the server a moment. */
export const counterfactualsQuery = ({ company, guest }: Whose) =>
  queryOptions({
    queryKey: [...valueKey(company), 'counterfactuals', guest],
    queryFn: () => client.value.counterfactuals({ company, guest }),
    staleTime: 300_000,
  });
