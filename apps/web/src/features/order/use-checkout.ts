import type { Family } from '@keepsake/configurator';
import type { Address, Company, Design } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSettled } from '../../platform/use-settled.ts';
import {
  type AddressDraft,
  completeAddress,
  countriesOf,
  emptyAddress,
  type HandingOver,
  handingOver,
  movedOf,
} from './checkout.view.ts';
import { checkoutQuoteQuery } from './order.queries.ts';
import { type CheckoutSearch, checkoutRoute } from './order.routes.ts';
import { usePlaceOrder } from './use-place-order.ts';

/** The state of a check-out: what is typed, what it costs, and placing it. */
export type CheckoutWork = ReturnType<typeof useCheckout>;

/** Holds what the customer enters and asks for price and date with it. */
export function useCheckout(company: Company, design: Design, family: Family) {
  const search = checkoutRoute.useSearch();
  const [wished, setWished] = useState<string | undefined>();
  const [address, setAddress] = useState(emptyAddress(countriesOf(company.deliveries)[0] ?? 'DE'));
  const [isGift, setIsGift] = useState(search.as === 'gift');
  const [remembers, setRemembers] = useState(false);
  const wish = { delivery: wished, country: address.country };
  const delivery = handingOver(family.demand, company.deliveries, wish);
  const at = placeOf(company, family, search);
  const quote = useCheckoutQuote(company.id, design, { ...at.where, ...toOf(delivery, address) });
  const placing = usePlaceOrder(company.id, () => void quote.refetch());
  const moved = placing.problem && placing.shown && movedOf(placing.problem, placing.shown);
  const full = delivery?.needsAddress ? completeAddress(address) : undefined;

  const place = () => {
    if (delivery === undefined || quote.data === undefined || placing.isPending) return;
    const { total, promise } = quote.data;
    placing.place({
      company: company.id,
      design: design.id,
      version: design.version,
      ...at.where,
      occasion: isGift ? 'gift' : 'self',
      delivery: delivery.id,
      ...(full ? { address: full } : {}),
      shown: moved?.after ?? { total, ready: promise.ready },
      remember: remembers,
    });
  };
  return {
    ...at,
    delivery,
    chooseDelivery: setWished,
    address,
    setAddress,
    isGift,
    setIsGift,
    remembers,
    setRemembers,
    quote,
    moved: moved || undefined,
    place,
    placing,
    isReady: quote.data !== undefined && canSend(delivery, full),
  };
}

function canSend(delivery: HandingOver | undefined, address: Address | undefined): boolean {
  return delivery !== undefined && (!delivery.needsAddress || address !== undefined);
}

/** Where it goes, as far as it bears on price and date. */
function toOf(delivery: HandingOver | undefined, address: AddressDraft) {
  if (delivery === undefined) return {};
  if (!delivery.needsAddress) return { delivery: delivery.id };
  return { delivery: delivery.id, country: address.country, region: address.region.trim() };
}

/** Where, and for a stay when: as the Studio has put it into the address. */
function placeOf(company: Company, family: Family, search: CheckoutSearch) {
  const site = company.sites.find(({ id }) => id === search.site);
  const { arrive, depart } = search;
  const stay = family.demand === 'stay' && arrive && depart ? { arrive, depart } : undefined;
  const where = { ...(site ? { site: site.id } : {}), ...(stay ? { stay } : {}) };
  return { where, stay, timeZone: (site ?? company.sites[0])?.timeZone };
}

function useCheckoutQuote(
  company: string,
  design: Design,
  to: ReturnType<typeof placeOf>['where'] & {
    readonly delivery?: string;
    readonly country?: string;
    readonly region?: string;
  },
) {
  const { region = '', ...rest } = to;
  const settled = useSettled(region);
  const { family, decisions, texts } = design;
  const where = settled === '' ? rest : { ...rest, region: settled };
  return useQuery(checkoutQuoteQuery({ company, family, decisions, texts, ...where }));
}
