import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { useLocale } from '../../ui/locale.tsx';
import type { AddressDraft } from './checkout.view.ts';
import styles from './order.module.css';

const c = classesOf(styles);

const FIELDS = [
  { key: 'name', max: 120, complete: 'name' },
  { key: 'line1', max: 120, complete: 'address-line1' },
  { key: 'line2', max: 120, complete: 'address-line2' },
] as const;

interface AddressFieldsProps {
  readonly address: AddressDraft;
  readonly countries: readonly string[];
  readonly onChange: (address: AddressDraft) => void;
}

/** Where it shall go. */
export function AddressFields({ address, countries, onChange }: AddressFieldsProps) {
  const { t } = useTranslation(['order', 'common']);
  const locale = useLocale();
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return (
    <fieldset className={c('part')}>
      <legend>{t('place.address')}</legend>
      {FIELDS.map(({ key, max, complete }) => (
        <TextInput
          key={key}
          label={t(`address.${key}`)}
          note={key === 'line2' ? t('common:optional') : undefined}
          autoComplete={complete}
          required={key !== 'line2'}
          maxLength={max}
          value={address[key]}
          onChange={(event) => onChange({ ...address, [key]: event.target.value })}
        />
      ))}
      <div className={c('pair')}>
        <TextInput
          label={t('address.postcode')}
          autoComplete="postal-code"
          required
          maxLength={20}
          value={address.postcode}
          onChange={(event) => onChange({ ...address, postcode: event.target.value })}
        />
        <TextInput
          label={t('address.city')}
          autoComplete="address-level2"
          required
          maxLength={80}
          value={address.city}
          onChange={(event) => onChange({ ...address, city: event.target.value })}
        />
      </div>
      <div className={c('pair')}>
        <TextInput
          label={t('address.region')}
          note={t('common:optional')}
          autoComplete="address-level1"
          maxLength={80}
          value={address.region}
          onChange={(event) => onChange({ ...address, region: event.target.value })}
        />
        <Select
          label={t('address.country')}
          autoComplete="country"
          value={address.country}
          onChange={(event) => onChange({ ...address, country: event.target.value })}
        >
          {countries.map((country) => (
            <option key={country} value={country}>
              {names.of(country) ?? country}
            </option>
          ))}
        </Select>
      </div>
    </fieldset>
  );
}
