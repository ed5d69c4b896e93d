import type { ValuedCustomer } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';

/** A customer who may have no name. */
export type NamedCustomer = Pick<ValuedCustomer, 'guest' | 'name'>;

/** What a customer is called, those without a name too. */
export function useCustomerName(): (customer: NamedCustomer) => string {
  const { t } = useTranslation('value');
  // Ids begin with the time: those of one import are told apart by their ends.
  return ({ guest, name }) => name ?? t('nameless', { id: guest.slice(-8) });
}
