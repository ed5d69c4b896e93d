import { Link } from '@tanstack/react-router';
import { type NamedCustomer, useCustomerName } from '../../platform/customer-name.ts';

interface CustomerLinkProps {
  readonly company: string;
  readonly customer: NamedCustomer;
}

/** A customer's name, leading to all that is reckoned of them. */
export function CustomerLink({ company, customer }: CustomerLinkProps) {
  const nameOf = useCustomerName();
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
