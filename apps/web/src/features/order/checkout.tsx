import { composePicture, type Family } from '@keepsake/configurator';
import type { Company, Design, Quote } from '@keepsake/contract';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Money, useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { Checkbox } from '../../ui/field.tsx';
import { AddressFields } from './address-fields.tsx';
import { countriesOf } from './checkout.view.ts';
import { CheckoutSummary } from './checkout-summary.tsx';
import { DeliveryChoices } from './delivery-choices.tsx';
import { MovedNotice } from './moved-notice.tsx';
import styles from './order.module.css';
import { type CheckoutWork, useCheckout } from './use-checkout.ts';

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
  const work = useCheckout(company, design, family);
  const { quote, moved, stay, timeZone } = work;
  const picture = usePicture(family, layers, design, quote.data);
  return (
    <div className={c('checkout')}>
      {signIn === undefined ? (
        <CheckoutForm company={company} family={family} work={work} />
      ) : (
        <div className={c('form')}>{signIn}</div>
      )}
      <CheckoutSummary {...{ family, picture, quote, moved, stay, timeZone }} />
    </div>
  );
}

interface CheckoutFormProps {
  readonly company: Company;
  readonly family: Family;
  readonly work: CheckoutWork;
}

function CheckoutForm({ company, family, work }: CheckoutFormProps) {
  const { delivery, address, placing, moved } = work;
  return (
    <form
      className={c('form')}
      onSubmit={(event) => {
        event.preventDefault();
        work.place();
      }}
    >
      <DeliveryChoices
        deliveries={family.demand === 'stay' ? [] : company.deliveries}
        country={address.country}
        chosen={delivery?.id}
        onChoose={work.chooseDelivery}
      />
      {delivery?.needsAddress !== false && (
        <AddressFields
          address={address}
          countries={countriesOf(company.deliveries)}
          onChange={work.setAddress}
        />
      )}
      <Wishes work={work} />
      {moved && <MovedNotice moved={moved} problem={placing.problem} timeZone={work.timeZone} />}
      {placing.error !== null && !moved && <FailureNotice error={placing.error} />}
      <PlaceButton work={work} />
    </form>
  );
}

function Wishes({ work }: { readonly work: CheckoutWork }) {
  const { t } = useTranslation('order');
  return (
    <fieldset className={c('part')}>
      <legend>{t('place.more')}</legend>
      <Checkbox
        label={t('place.gift')}
        hint={t('place.giftHint')}
        checked={work.isGift}
        onChange={(event) => work.setIsGift(event.target.checked)}
      />
      <Checkbox
        label={t('place.remember')}
        hint={t('place.rememberHint')}
        checked={work.remembers}
        onChange={(event) => work.setRemembers(event.target.checked)}
      />
    </fieldset>
  );
}

function PlaceButton({ work }: { readonly work: CheckoutWork }) {
  const { t } = useTranslation('order');
  return (
    <div className={c('actions')}>
      <Terms work={work} />
      <Button
        kind="primary"
        size="large"
        type="submit"
        isBusy={work.placing.isPending}
        disabled={!work.isReady}
      >
        {work.moved ? t('place.again') : t('place.order')}
      </Button>
      <p className={c('quiet')}>{t('place.binding')}</p>
    </div>
  );
}

/** What is agreed to by ordering, beside the button: on a phone the summary lies below it. */
function Terms({ work }: { readonly work: CheckoutWork }) {
  const { t } = useTranslation('order');
  const reading = useReading(work.timeZone);
  const { data } = work.quote;
  if (data === undefined) return null;
  const { total, ready } = work.moved?.after ?? { total: data.total, ready: data.promise.ready };
  const date =
    work.stay === undefined
      ? t('place.yours', { date: dateWords(data.promise.delivered, reading) })
      : t('place.prepared', { date: dateWords(ready, reading) });
  return (
    <p className={c('terms')}>
      <strong>
        <Money amount={total} />
      </strong>{' '}
      · {date}
    </p>
  );
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
