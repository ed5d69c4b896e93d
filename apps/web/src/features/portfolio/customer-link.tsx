import type { ValuedCustomer } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

type Named = Pick<ValuedCustomer, 'guest' | 'name'>;

/** A customer's name, leading to all that is reckoned of them. */
export function CustomerLink(props: { readonly company: string; readonly customer: Named }) {
  const { t } = useTranslation('portfolio');
  const { company, customer } = props;
  return (
    <Link
      to={'/c/$company/value/customers/$guest' as string}
      params={{ company, guest: customer.guest }}
      preload={false}
    >
      {customer.name ?? t('nameless', { id: customer.guest.slice(0, 8) })}
    </Link>
  );
}
