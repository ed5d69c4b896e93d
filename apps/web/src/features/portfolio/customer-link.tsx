import type { ValuedCustomer } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Named = Pick<ValuedCustomer, 'guest' | 'name'>;

/** What a customer is called, those without a name too. */
export function useCustomerName(): (customer: Named) => string {
  const { t } = useTranslation('portfolio');
  // Ids begin with the time: those of one import are told apart by their ends.
  return ({ guest, name }) => name ?? t('nameless', { id: guest.slice(-8) });
}

/** A customer's name, leading to all that is reckoned of them. */
export function CustomerLink(props: { readonly company: string; readonly customer: Named }) {
  const nameOf = useCustomerName();
  const { company, customer } = props;
  return (
    <Link
      to="/c/$company/value/customers/$guest"
      params={{ company, guest: customer.guest }}
      preload={false}
    >
      {nameOf(customer)}
    </Link>
  );
}
