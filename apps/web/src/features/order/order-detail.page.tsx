import type { Order, OrderEnding } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { PromiseReasons } from '../../platform/promise-reasons.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, dayWords, longDateWords } from '../../ui/date.view.ts';
import { TickIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { extrasOf } from './checkout.view.ts';
import styles from './order.module.css';
import { orderQuery } from './order.queries.ts';
import { orderRoute } from './order.routes.ts';
import { enderOf, isUnderWay, movesOf, stepStateOf, toldChoices, toneOf } from './order.view.ts';
import { OrderActions } from './order-actions.tsx';
import { PriceLines } from './price-lines.tsx';

const c = classesOf(styles);

/** An order: how it stands, when it is there and why then, what it is, what it costs. */
export function OrderDetailPage() {
  const { t } = useTranslation(['order', 'common']);
  const { company, order: id } = orderRoute.useParams();
  const query = useQuery(orderQuery(company, id));
  const text = useText();
  const number = query.data?.number;
  return (
    <Page
      title={query.data ? text(query.data.familyName) : t('detail.title')}
      over={number && t('detail.number', { number })}
    >
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {(order) => <OrderView company={company} order={order} />}
      </Loaded>
    </Page>
  );
}

function OrderView({ company, order }: { readonly company: string; readonly order: Order }) {
  const { t } = useTranslation('order');
  const text = useText();
  const house = useQuery(companyQuery(company)).data;
  const site = house?.sites.find(({ id }) => id === order.site);
  const reading = useReading(site?.timeZone);
  const delivery = {
    label: `${t('place.deliveryLine')}: ${text(order.delivery.name)}`,
    amount: order.delivery.fee,
  };
  return (
    <div className={c('checkout')}>
      <div className={c('form')}>
        <div>
          <p className={c('state', toneOf(order.state))}>{t(`state.${order.state}`)}</p>
          {isUnderWay(order.state) && (
            <p className={c('date')}>
              {order.stay === null
                ? t('place.yours', { date: dateWords(order.promise.delivered, reading) })
                : t('place.prepared', { date: dateWords(order.promise.ready, reading) })}
            </p>
          )}
          <p className={c('quiet')}>
            {t('detail.placed', { date: longDateWords(order.placedAt, reading) })}
            {site !== undefined && ` · ${text(site.name)}`}
          </p>
          {order.stay !== null && (
            <p>
              {calendarWords(order.stay.arrive, reading)} –{' '}
              {calendarWords(order.stay.depart, reading)}
            </p>
          )}
        </div>
        <OrderActions company={company} order={order} />
        {order.ending !== null && <Ending ending={order.ending} timeZone={site?.timeZone} />}
        {order.state !== 'cancelled' && <Steps order={order} timeZone={site?.timeZone} />}
        <DateHistory order={order} timeZone={site?.timeZone} />
        {order.instructions.length > 0 && (
          <Section title={t('detail.remembered')}>
            <ul>
              {order.instructions.map((instruction) => (
                <li key={`${instruction.operation}:${instruction.text.en}`}>
                  {text(instruction.text)}{' '}
                  <span className={c('quiet')}>
                    {t('detail.since', { date: longDateWords(instruction.since, reading) })}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <div className={c('summary')}>
        <Picture className={c('picture')} svg={order.picture} alt={text(order.familyName)} />
        <PriceLines
          lines={order.lines}
          total={order.total}
          attributeName={(id) => {
            const choice = order.design.find(({ attribute }) => attribute === id);
            return choice && text(choice.label);
          }}
          extras={extrasOf(delivery, order.tax)}
          tax={order.tax}
        />
        <details>
          <summary>{t('detail.choices')}</summary>
          <Choices order={order} />
        </details>
      </div>
    </div>
  );
}

interface EndingProps {
  readonly ending: OrderEnding;
  readonly timeZone: string | undefined;
}

/** When it was cancelled or came back, by whom, by whose doing and why: told to staff alone. */
function Ending({ ending, timeZone }: EndingProps) {
  const { t } = useTranslation('order');
  const reading = useReading(timeZone);
  const told = { date: longDateWords(ending.at, reading), name: ending.byName ?? '' };
  return (
    <Section title={t('ending.title')}>
      <p>{t(`ending.${ending.kind}.${enderOf(ending)}`, told)}</p>
      {ending.kind === 'returned' && (
        <p className={c('quiet')}>{t(ending.ownFault ? 'ending.own' : 'ending.customer')}</p>
      )}
      {ending.reason !== null && (
        <p className={c('reason')} dir="auto">
          {ending.reason}
        </p>
      )}
    </Section>
  );
}

function Choices({ order }: { readonly order: Order }) {
  const text = useText();
  return (
    <dl className={c('facts')}>
      {toldChoices(order.design).map((choice) => (
        <div key={choice.attribute}>
          <dt>{text(choice.label)}</dt>
          <dd>{text(choice.valueLabel)}</dd>
        </div>
      ))}
      {Object.entries(order.texts).map(([attribute, words]) => (
        <div key={attribute}>
          <dt>
            {text(
              order.design.find((choice) => choice.attribute === attribute)?.label ?? { en: '' },
            )}
          </dt>
          <dd dir="auto">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PartProps {
  readonly order: Order;
  readonly timeZone: string | undefined;
}

function Steps({ order, timeZone }: PartProps) {
  const { t } = useTranslation('order');
  const text = useText();
  const reading = useReading(timeZone);
  if (order.operations.length === 0) return null;
  return (
    <Section title={t('detail.steps')}>
      <ol className={c('steps')}>
        {order.operations.map((step) => {
          const state = stepStateOf(step.state);
          return (
            <li key={step.operation} className={c('step', state)}>
              <span>{state === 'done' && <TickIcon />}</span>
              <span>{text(step.name)}</span>
              <span className={c('quiet', state === 'blocked' && 'warn')}>
                {state === 'waiting' ? dayWords(step.start, reading) : t(`step.${state}`)}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function DateHistory({ order, timeZone }: PartProps) {
  const { t } = useTranslation('order');
  const reading = useReading(timeZone);
  const moves = movesOf(order.promise.history);
  if (moves.length === 0) return null;
  return (
    <Section title={t('detail.history')}>
      <ol className={c('history')}>
        {moves.map((move) => (
          <li key={`${move.at}:${move.ready}`} className={c('move')}>
            <p>
              <strong>{dayWords(move.ready, reading)}</strong>{' '}
              <span className={c('quiet')}>
                {t('detail.saidOn', { date: dayWords(move.at, reading) })}
                {move.daysLater !== undefined &&
                  move.daysLater !== 0 &&
                  ` · ${t(move.daysLater > 0 ? 'detail.later' : 'detail.earlier', { count: Math.abs(move.daysLater) })}`}
              </span>
            </p>
            <PromiseReasons reasons={move.reasons} timeZone={timeZone} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
