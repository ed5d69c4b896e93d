/** Why a customer is worth what a run says. */
import { type CustomerValue, ValueDriver } from '@keepsake/contract';
import { type Drivers, explainValue, type Rates, valueOfDrivers } from '@keepsake/value';

/** What a value is explained by: the figures of the customer and of the mean one. */
export interface Explained {
  /** The mean over the draws of the run, in units of the currency. */
  readonly value: number;
  readonly drivers: Drivers;
  readonly cohort: Drivers;
  readonly rates: Rates;
}

/**
 * The reasons of a value against the mean customer. The value is `cohortValue`, all amounts and
 * `remainder` together, to a billionth for values in the millions.
 */
export function reasonsOf({
  value,
  drivers,
  cohort,
  rates,
}: Explained): Pick<CustomerValue, 'cohortValue' | 'reasons' | 'remainder'> {
  const ids = ValueDriver.options;
  const explained = explainValue(
    ids.map((id) => ({ id, customer: drivers[id], cohort: cohort[id] })),
    (figures) => valueOfDrivers({ ...cohort, ...figures }, rates),
  );
  const reasons = explained.reasons.flatMap(({ driver, ...rest }) => {
    const id = ids.find((one) => one === driver);
    return id === undefined ? [] : [{ driver: id, ...rest }];
  });
  return {
    cohortValue: explained.cohortValue,
    reasons,
    remainder: value - explained.value,
  };
}
