import type { Company } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { placeWords } from '../../platform/place.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { daysLater } from '../../ui/date.view.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { type StayDraft, stayFault, todayAt } from './stay.view.ts';
import styles from './studio.module.css';

const c = classesOf(styles);

interface StayFieldsProps {
  readonly company: Company;
  readonly stay: StayDraft;
  readonly onChange: (stay: StayDraft) => void;
}

/** Where, from when, until when: for what is prepared instead of delivered. */
export function StayFields({ company, stay, onChange }: StayFieldsProps) {
  const { t } = useTranslation('studio');
  const text = useText();
  const { now, locale } = useReading();
  const site = company.sites.find(({ id }) => id === stay.site) ?? company.sites[0];
  const today = todayAt(now, site?.timeZone);
  const fault = stayFault(stay, today);
  return (
    <fieldset className={c('group')}>
      <legend className="visually-hidden">{t('stay.title')}</legend>
      <h2>{t('stay.title')}</h2>
      <div className={c('stay')}>
        <Select
          label={t('stay.where')}
          value={site?.id ?? ''}
          onChange={(event) => onChange({ ...stay, site: event.target.value })}
        >
          {company.sites.map((each) => (
            <option key={each.id} value={each.id}>
              {text(each.name)}, {placeWords(each.place, locale)}
            </option>
          ))}
        </Select>
        <TextInput
          label={t('stay.arrive')}
          type="date"
          min={today}
          value={stay.arrive ?? ''}
          onChange={(event) => onChange({ ...stay, arrive: event.target.value })}
        />
        <TextInput
          label={t('stay.depart')}
          type="date"
          min={daysLater(stay.arrive || today, 1)}
          value={stay.depart ?? ''}
          error={fault === undefined ? undefined : t(`stay.fault.${fault}`)}
          onChange={(event) => onChange({ ...stay, depart: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
