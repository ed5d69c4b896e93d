import { describe, expect, test } from 'vitest';
import {
  completeAddress,
  countriesOf,
  type DeliveryChoice,
  deliveryFor,
  emptyAddress,
  extrasOf,
  handingOver,
  lineName,
  movedOf,
} from './checkout.view.ts';

const delivery = (id: string, countries: string[], needsAddress = true): DeliveryChoice => ({
  id,
  name: { en: id },
  countries,
  fee: { currency: 'EUR', minor: '0' },
  days: 2,
  needsAddress,
});

const parcel = delivery('parcel', ['DE', 'AT']);
const far = delivery('far', ['CH', 'DE']);
const pickup = delivery('pickup', [], false);

describe('deliveries', () => {
  test('name each country once', () => {
    expect(countriesOf([parcel, far, pickup])).toEqual(['DE', 'AT', 'CH']);
  });

  test('that go everywhere name every country', () => {
    expect(countriesOf([delivery('world', []), parcel])).toContain('NZ');
  });

  test('keep the wish where it reaches, and fall back where it does not', () => {
    expect(deliveryFor([parcel, far, pickup], 'far', 'DE')?.id).toBe('far');
    expect(deliveryFor([parcel, far, pickup], 'parcel', 'CH')?.id).toBe('far');
    expect(deliveryFor([parcel, pickup], 'parcel', 'CH')?.id).toBe('pickup');
    expect(deliveryFor([parcel], undefined, 'CH')).toBeUndefined();
  });
});

test('delivery is a line where it costs something, tax where it comes on top', () => {
  const line = (label: string, minor: string) => ({ label, amount: { currency: 'EUR', minor } });
  const vat = line('VAT', '19');
  expect(extrasOf(line('Parcel', '900'), { ...vat, included: true })).toEqual([
    line('Parcel', '900'),
  ]);
  expect(extrasOf(line('Pick-up', '0'), { ...vat, included: false })).toEqual([vat]);
});

test('a price line names its attribute where that says more', () => {
  const names = (id: string) => ({ rim: 'Rims', lights: 'Lights' })[id];
  expect(lineName({ code: 'option:rim', label: 'Carbon' }, names)).toBe('Rims: Carbon');
  expect(lineName({ code: 'option:lights', label: 'Lights' }, names)).toBe('Lights');
  expect(lineName({ code: 'base:bicycle', label: 'Bicycle' }, names)).toBe('Bicycle');
  expect(lineName({ code: 'conditional:rim', label: 'One hide' }, names)).toBe('One hide');
});

test('a stay is handed over at the house, without an address', () => {
  const wish = { delivery: undefined, country: 'DE' };
  expect(handingOver('stay', [], wish)).toEqual({ id: 'stay', needsAddress: false });
  expect(handingOver('order', [], wish)).toBeUndefined();
  expect(handingOver('order', [parcel], wish)?.id).toBe('parcel');
});

describe('an address', () => {
  const full = { ...emptyAddress('DE'), name: ' Ada ', line1: 'Weg 1', postcode: '1', city: 'Ulm' };

  test('is trimmed, and leaves out what is empty', () => {
    expect(completeAddress(full)).toEqual({
      name: 'Ada',
      line1: 'Weg 1',
      postcode: '1',
      city: 'Ulm',
      country: 'DE',
    });
  });

  test('is incomplete while something needed is missing', () => {
    expect(completeAddress({ ...full, city: '  ' })).toBeUndefined();
    expect(completeAddress(emptyAddress('DE'))).toBeUndefined();
  });
});

describe('a refused order', () => {
  const shown = {
    total: { currency: 'EUR', minor: '100' },
    ready: '2026-12-03T10:00:00.000Z',
  };

  test('shows the new date beside the old one and keeps the price', () => {
    const moved = movedOf({ type: 'promise/moved', ready: '2026-12-06T10:00:00.000Z' }, shown);
    expect(moved?.kind).toBe('date');
    expect(moved?.after).toEqual({ total: shown.total, ready: '2026-12-06T10:00:00.000Z' });
    expect(moved?.before).toEqual(shown);
  });

  test('shows the new price', () => {
    const total = { currency: 'EUR', minor: '120' };
    expect(movedOf({ type: 'price/moved', total }, shown)?.after.total).toEqual(total);
  });

  test('is something else for any other problem', () => {
    expect(movedOf({ type: 'design/stale' }, shown)).toBeUndefined();
  });
});
