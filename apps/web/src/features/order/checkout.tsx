import { composePicture, type Family } from '@keepsake/configurator';
import type { Address, Company, Design, Quote } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox } from '../../ui/field.tsx';
import { AddressFields } from './address-fields.tsx';
import {
  completeAddress,
  countriesOf,
  type DeliveryChoice,
  deliveryFor,
  emptyAddress,
  movedOf,
} from './checkout.view.ts';
import { CheckoutSummary } from './checkout-summary.tsx';
import { DeliveryChoices } from './delivery-choices.tsx';
import { MovedNotice } from './moved-notice.tsx';
import styles from './order.module.css';
import { checkoutQuoteQuery } from './order.queries.ts';
import { type CheckoutSearch, checkoutRoute } from './order.routes.ts';
import { usePlaceOrder } from './use-place-order.ts';

const c = classesOf(styles);

interface CheckoutProps {
  readonly company: Company;
  readonly design: Design;
  readonly family: Family;
  readonly layers: Readonly<Record<string, string>>;
  /** Shown instead of the form while nobody is signed in. */
  readonly signIn: ReactNode | undefined;
}

/** Delivery, address and consent on one side; picture, price and date on the other. */
export function Checkout({ company, design, family, layers, signIn }: CheckoutProps) {
  const { t } = useTranslation('order');
  const search = checkoutRoute.useSearch();
  const [wished, setWished] = useState<string | undefined>();
  const [address, setAddress] = useState(emptyAddress(countriesOf(company.deliveries)[0] ?? 'DE'));
  const [isGift, setIsGift] = useState(search.as === 'gift');
  const [remembers, setRemembers] = useState(false);
  const delivery = deliveryFor(company.deliveries, wished, address.country);
  const { where, stay, timeZone } = placeOf(company, family, search);
  const quote = useQuery(
    checkoutQuoteQuery({
      company: company.id,
      family: design.family,
      decisions: design.decisions,
      texts: design.texts,
      ...where,
      ...(delivery ? { delivery: delivery.id } : {}),
    }),
  );
  const place = usePlaceOrder(company.id, () => void quote.refetch());
  const picture = usePicture(family, layers, design, quote.data);

  const moved = place.problem && place.shown && movedOf(place.problem, place.shown);
  const full = delivery?.needsAddress === false ? undefined : completeAddress(address);
  const isReady = quote.data !== undefined && canSend(delivery, full);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (delivery === undefined || quote.data === undefined || place.isPending) return;
    const { total, promise } = quote.data;
    place.place({
      company: company.id,
      design: design.id,
      version: design.version,
      ...where,
      occasion: isGift ? 'gift' : 'self',
      delivery: delivery.id,
      ...(full ? { address: full } : {}),
      shown: moved?.after ?? { total, ready: promise.ready },
      remember: remembers,
    });
  };

  return (
    <div className={c('checkout')}>
      {signIn !== undefined ? (
        <div className={c('form')}>{signIn}</div>
      ) : (
        <form className={c('form')} onSubmit={submit}>
          <DeliveryChoices
            deliveries={company.deliveries}
            country={address.country}
            chosen={delivery?.id}
            onChoose={setWished}
          />
          {delivery?.needsAddress !== false && (
            <AddressFields
              address={address}
              countries={countriesOf(company.deliveries)}
              onChange={setAddress}
            />
          )}
          <fieldset className={c('part')}>
            <legend>{t('place.more')}</legend>
            <Checkbox
              label={t('place.gift')}
              hint={t('place.giftHint')}
              checked={isGift}
              onChange={(event) => setIsGift(event.target.checked)}
            />
            <Checkbox
              label={t('place.remember')}
              hint={t('place.rememberHint')}
              checked={remembers}
              onChange={(event) => setRemembers(event.target.checked)}
            />
          </fieldset>
          {moved && <MovedNotice moved={moved} problem={place.problem} timeZone={timeZone} />}
          {place.error !== null && !moved && <FailureNotice error={place.error} />}
          <div className={c('actions')}>
            <Button
              kind="primary"
              size="large"
              type="submit"
              isBusy={place.isPending}
              disabled={!isReady}
            >
              {moved ? t('place.again') : t('place.order')}
            </Button>
            <p className={c('quiet')}>{t('place.binding')}</p>
          </div>
        </form>
      )}
      <CheckoutSummary
        company={company}
        family={family}
        picture={picture}
        quote={quote}
        moved={moved || undefined}
        stay={stay}
        timeZone={timeZone}
      />
    </div>
  );
}

function canSend(delivery: DeliveryChoice | undefined, address: Address | undefined): boolean {
  return delivery !== undefined && (!delivery.needsAddress || address !== undefined);
}

/** Where, and for a stay when: as the Studio has put it into the address. */
function placeOf(company: Company, family: Family, search: CheckoutSearch) {
  const site = company.sites.find(({ id }) => id === search.site);
  const { arrive, depart } = search;
  const stay = family.demand === 'stay' && arrive && depart ? { arrive, depart } : undefined;
  const where = { ...(site ? { site: site.id } : {}), ...(stay ? { stay } : {}) };
  return { where, stay, timeZone: (site ?? company.sites[0])?.timeZone };
}

/** The picture of the very design that is ordered, with what the server filled in. */
function usePicture(
  family: Family,
  layers: Readonly<Record<string, string>>,
  design: Design,
  quote: Quote | undefined,
): string | undefined {
  return useMemo(() => {
    if (quote === undefined) return undefined;
    const shown = { values: quote.design, texts: design.texts };
    return composePicture(family, shown, (file) => layers[file]);
  }, [family, layers, design.texts, quote]);
}
