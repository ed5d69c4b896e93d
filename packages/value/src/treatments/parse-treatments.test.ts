import { expect, test } from 'vitest';
import { TIERS } from '../tiers/tier.ts';
import { parseTreatments } from './parse-treatments.ts';

const concierge = {
  id: 'concierge',
  words: { en: 'A person to call', de: 'Ein Mensch am Telefon' },
  kind: 'service-level',
  tiers: ['keep'],
  priority: 10,
  excludes: ['self-service'],
  from: '2026-01-01',
  until: '2027-01-01T00:00:00Z',
  budget: { each: 20, total: 5000 },
  controlShare: 0.1,
  worth: 15,
};
const selfService = {
  id: 'self-service',
  words: 'Answers in the account',
  kind: 'service-level',
  tiers: ['maintain', 'below-zero'],
  from: '2026-01-01',
  until: '2027-01-01',
  worth: 2,
};
const earlyBird = {
  id: 'early-bird',
  words: 'Less for who orders early',
  kind: 'price-fence',
  grounds: ['lead-time'],
  from: '2026-01-01',
  until: '2027-01-01',
  worth: 1,
};
const leadTime = { id: 'lead-time', words: 'Ordered early', because: 'Terms of sale, § 4' };

function file(treatments: readonly unknown[], grounds: readonly unknown[] = [leadTime]): unknown {
  return { version: '1', grounds, treatments };
}

function faultsOf(data: unknown): readonly string[] {
  const parsed = parseTreatments(data);
  return parsed.kind === 'ok' ? [] : parsed.error.map(({ code, path }) => `${path} ${code}`);
}

test('VAL-110 treatments are data, and exclusions hold both ways', () => {
  const parsed = parseTreatments(file([concierge, selfService, earlyBird]));
  if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.error));
  const [first, second, third] = parsed.value.treatments;
  expect(first).toEqual({
    ...concierge,
    from: Date.UTC(2026, 0, 1),
    until: Date.UTC(2027, 0, 1),
    grounds: [],
  });
  expect(second?.excludes).toEqual(['concierge']);
  expect(second?.controlShare).toBe(0.1);
  expect(third?.tiers).toEqual(TIERS);
});

test('VAL-110 all faults are told at once, each with its place', () => {
  expect(
    faultsOf(
      file([
        { ...concierge, controlShare: 0.01, tiers: ['keep', 'best'], worth: 0, colour: 'red' },
        { ...selfService, id: 'concierge', from: 'soon', until: '1999-01-01', excludes: ['x'] },
        { ...selfService, kind: 'gift', tiers: [], budget: 7, grounds: ['lead-time'] },
      ]),
    ).toSorted(),
  ).toEqual(
    [
      'treatments[0].colour unknown-key',
      'treatments[0].controlShare out-of-range',
      'treatments[0].tiers unknown-name',
      'treatments[0].worth out-of-range',
      'treatments[1].excludes unknown-name',
      'treatments[1].from not-an-instant',
      'treatments[1].id duplicate',
      'treatments[2].budget not-an-object',
      'treatments[2].budget.each missing',
      'treatments[2].budget.total missing',
      'treatments[2].grounds unknown-key',
      'treatments[2].kind not-one-of',
      'treatments[2].tiers missing',
    ].toSorted(),
  );
});

test('VAL-110 what is no plan at all is refused and not thrown at', () => {
  for (const data of [undefined, null, 3, 'plan', [], { treatments: [null, 7] }]) {
    expect(parseTreatments(data).kind).toBe('refused');
  }
});

test('VAL-111 a treatment keeps a control group of a twentieth at least', () => {
  expect(faultsOf(file([{ ...earlyBird, controlShare: 0 }]))).toEqual([
    'treatments[0].controlShare out-of-range',
  ]);
  expect(faultsOf(file([{ ...earlyBird, controlShare: 0.05 }]))).toEqual([]);
});

test('VAL-112 a price differs on declared grounds alone', () => {
  expect(faultsOf(file([{ ...earlyBird, grounds: [] }]))).toEqual([
    'treatments[0].grounds missing',
  ]);
  expect(faultsOf(file([{ ...earlyBird, grounds: ['quantity'] }]))).toEqual([
    'treatments[0].grounds unknown-name',
  ]);
  expect(faultsOf(file([earlyBird], [{ ...leadTime, because: '' }]))).toEqual([
    'grounds[0].because not-a-text',
  ]);
});

test('VAL-112 no ground is a protected trait or what stands in for one, and none is a tier', () => {
  for (const id of ['age', 'age-band', 'home-postcode', 'first.name', 'sex', 'country-of-origin']) {
    const fence = { ...earlyBird, grounds: [id] };
    expect(faultsOf(file([fence], [{ ...leadTime, id }]))).toEqual([
      'grounds[0].id ground-protected',
    ]);
  }
  // Words are whole: a page is not an age.
  expect(
    faultsOf(
      file([{ ...earlyBird, grounds: ['page-count'] }], [{ ...leadTime, id: 'page-count' }]),
    ),
  ).toEqual([]);
  expect(faultsOf(file([{ ...earlyBird, tiers: ['keep'] }]))).toEqual([
    'treatments[0].tiers ground-protected',
  ]);
});
