import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { RadioRow } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { type DeliveryChoice, reaches } from './checkout.view.ts';
import styles from './order.module.css';

const c = classesOf(styles);

interface DeliveryChoicesProps {
  readonly deliveries: readonly DeliveryChoice[];
  readonly country: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** How it comes to the customer. Not asked where there is nothing to choose and nothing to pay. */
export function DeliveryChoices({ deliveries, country, chosen, onChoose }: DeliveryChoicesProps) {
  const { t } = useTranslation('order');
  const text = useText();
  const only = deliveries.length === 1 ? deliveries[0] : undefined;
  if (deliveries.length === 0) return null;
  if (only !== undefined && !only.needsAddress && only.fee.minor === '0') return null;
  return (
    <fieldset className={c('part')}>
      <legend>{t('place.delivery')}</legend>
      {deliveries.map((delivery) => (
        <RadioRow
          key={delivery.id}
          name="delivery"
          label={
            <>
              {text(delivery.name)} · <Money amount={delivery.fee} />
            </>
          }
          hint={
            reaches(delivery, country)
              ? delivery.days > 0 && t('place.days', { count: delivery.days })
              : t('place.notThere')
          }
          disabled={!reaches(delivery, country)}
          checked={delivery.id === chosen}
          onChange={() => onChoose(delivery.id)}
        />
      ))}
    </fieldset>
  );
}
