import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Stage } from './support/journey.ts';
import { expectAccessible, lookAt, pictureWhole } from './support/look.ts';
import { signInByLink, signInStaff } from './support/people.ts';
import {
  type Amount,
  ask,
  euro,
  openStudio,
  optionOf,
  savedDesign,
  shownPrice,
  tap,
  tell,
  write,
} from './support/studio.ts';

const STUDIO = '/c/polaris-cycles/studio/bicycle';
const API = '/api/c/polaris-cycles';
const RIDER = 'robin@rider.example';
const ENGRAVING = '北斗 — 7';
const PLATE = 'plate-brass';

journey('a rider designs a bicycle, orders it, has it made, and gives one', async (stage) => {
  const page = await stage.arrive();
  await openStudio(page, STUDIO);
  await designGravelBicycle(page);
  await expectEnginesToAgree(page);
  await lookAt(page, 'studio-bicycle');
  const order = await placeOrder(page);
  const path = new URL(page.url()).pathname;
  await page.getByText('Accepted', { exact: true }).waitFor();
  await lookAt(page, 'order-accepted');
  await makeIt(stage, order);
  await page.reload();
  await page.getByText('Made', { exact: true }).waitFor();
  await expect.poll(() => page.getByText(ENGRAVING).count()).toBeGreaterThan(0);
  await pictureWhole(page, 'order-made');
  await giveOne(page);
  await takeItBack(stage, path);
});

/** Twelve choices, of which one goes with the others only after a repair. */
async function designGravelBicycle(page: Page): Promise<void> {
  await tap(page, 'frame_type', 'gravel');
  await tell(page, 'Your inseam', 82);
  const size = page.getByRole('group', { name: /^Frame size/ });
  await expect.poll(() => size.innerText()).toContain('follows from your choices');
  await expect
    .poll(() => size.getByRole('radio', { name: 'M', exact: true }).isChecked())
    .toBe(true);
  await tap(page, 'material', 'steel');
  await tap(page, 'colour', 'bottle_green');
  await tap(page, 'wheel_size', '700c');
  await tap(page, 'tyre_width', '40');
  await tap(page, 'groupset', 'sport');
  await tap(page, 'brakes', 'rim');
  await tap(page, 'handlebar', 'flared_drop');

  const carbon = page.getByRole('group', { name: /^Rims/ }).getByRole('radio', { name: /^Carbon/ });
  await expect.poll(() => carbon.getAttribute('data-possible')).toBe('false');
  await tap(page, 'rim', 'carbon');
  const why = page.getByRole('dialog', { name: /Why not/ });
  await why.getByText('Carbon rims need disc brakes').waitFor();
  await expectAccessible(page, 'why a value is struck');
  await why
    .getByRole('button', { name: /Brakes to Disc brakes/ })
    .first()
    .click();
  await why.waitFor({ state: 'hidden' });
  await expect.poll(() => carbon.isChecked()).toBe(true);

  await tap(page, 'saddle', 'leather');
  await expect
    .poll(() => optionOf(page, 'saddle', 'leather').getByRole('radio').isChecked())
    .toBe(true);
}

interface Evaluation {
  readonly price: { readonly min: Amount; readonly max: Amount; readonly suggested: Amount };
}

/** The price in the browser is the server's price, with and without the engraving. */
async function expectEnginesToAgree(page: Page): Promise<void> {
  const { decisions } = await savedDesign(page, { attribute: 'saddle', value: 'leather' });
  expect(decisions.length).toBeGreaterThanOrEqual(11);
  const { price } = await ask<Evaluation>(page, `${API}/families/bicycle/evaluate`, {
    decisions,
  });
  expect(await shownPrice(page)).toBe(euro(price.suggested.minor));
  const whole = (amount: Amount) => euro(amount.minor).replace(/\.00$/, '');
  const range = `${whole(price.min)} – ${whole(price.max)}`;
  await expect.poll(() => page.getByText('by what is still open').innerText()).toContain(range);

  await write(page, 'Engraving', ENGRAVING);
  const quote = await ask<{ readonly total: Amount }>(page, `${API}/families/bicycle/quote`, {
    decisions,
    texts: { engraving: ENGRAVING },
  });
  expect(BigInt(quote.total.minor) - BigInt(price.suggested.minor)).toBe(3500n);
  expect(await shownPrice(page)).toBe(euro(quote.total.minor));
  await page
    .locator('button[aria-busy="false"]')
    .filter({ hasText: /^Yours / })
    .waitFor();
}

/** Orders to an address in Germany; answers the number of the order. */
async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
  await expectAccessible(page, 'check-out before signing in');
  await signInByLink(page, RIDER);
  await page.getByRole('radio', { name: /^Germany/ }).check();
  await page.getByLabel('Name', { exact: true }).fill('Robin Sommer');
  await page.getByLabel('Street and number').fill('Lindenweg 4');
  await page.getByLabel('Postcode').fill('90402');
  await page.getByLabel('Town').fill('Nürnberg');
  await page.getByRole('checkbox', { name: /^Remember these choices/ }).check();
  await page.getByText('Delivery', { exact: true }).waitFor();
  await lookAt(page, 'checkout');
  await pictureWhole(page, 'checkout');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  const number = await page
    .getByText(/^Order \S+$/)
    .first()
    .innerText();
  return number.replace('Order ', '');
}

interface Stock {
  readonly items: readonly { readonly item: string; readonly onHand: number }[];
}

async function stockOf(page: Page): Promise<ReadonlyMap<string, number>> {
  const { items } = await ask<Stock>(page, `${API}/sites/erlangen/stock`);
  return new Map(items.map(({ item, onHand }) => [item, onHand]));
}

/** The maker goes through every step; the parts are taken out of stock. */
async function makeIt(stage: Stage, order: string): Promise<void> {
  const page = await stage.arrive({ width: 820, height: 1180, touch: true });
  const path = '/c/polaris-cycles/workshop';
  await signInStaff(page, stage, { email: 'workshop@polaris.example', path });
  const queue = page.getByRole('list', { name: 'The queue' });
  const tickets = queue.getByRole('button').filter({ hasText: order });
  await tickets.first().waitFor();
  const before = await stockOf(page);
  await tickets.filter({ hasText: 'Engrave the brass plate' }).click();
  const card = page.getByRole('article', { name: 'Engrave the brass plate' });
  await card.getByText(`Engrave “${ENGRAVING}”`).waitFor();
  await expect.poll(() => card.getByRole('figure').innerText()).toContain(ENGRAVING);
  await expect.poll(() => card.getByRole('listitem').count()).toBeGreaterThan(0);
  await lookAt(page, 'workshop');

  await expect.poll(() => tickets.count()).toBeGreaterThan(10);
  const steps = await tickets.count();
  for (let left = steps; left > 0; left -= 1) {
    await tickets.filter({ hasText: 'can begin' }).first().click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await expect.poll(() => tickets.count()).toBe(left - 1);
  }
  const after = await stockOf(page);
  expect(after.get(PLATE)).toBe((before.get(PLATE) ?? 0) - 1);
  await page.getByRole('link', { name: 'Stock' }).click();
  await page.getByLabel('Find a part by name, number or bin').fill(PLATE);
  await page.getByText(PLATE).first().waitFor();
  await lookAt(page, 'stock');
}

/** The second one is a gift: taste is filled in, the body of the giver is not. */
async function giveOne(page: Page): Promise<void> {
  await openStudio(page, `${STUDIO}?as=gift`);
  await expect
    .poll(() => page.getByRole('switch', { name: /It is a gift/ }).isChecked())
    .toBe(true);
  await page.getByText(/^We remembered \d+ things$/).waitFor();
  // The note is there before the thread of the design has marked every value.
  const remembered = page.getByText(/^remembered( since .*)?$/);
  await expect.poll(() => remembered.count()).toBeGreaterThan(8);
  await expect
    .poll(() => optionOf(page, 'rim', 'carbon').getByRole('radio').isChecked())
    .toBe(true);
  await expect
    .poll(() => page.getByRole('group', { name: /^Your inseam/ }).innerText())
    .toContain('Not told yet');
  expect(await page.getByRole('group', { name: /^Frame size/ }).innerText()).not.toContain(
    'remembered',
  );
  await pictureWhole(page, 'studio-gift');
}

/** The desk takes the first one back, and says that it was nobody's whim; the rider sees the state. */
async function takeItBack(stage: Stage, path: string): Promise<void> {
  const page = await stage.arrive();
  await signInStaff(page, stage, { email: 'desk@polaris.example', path });
  await page.getByRole('button', { name: 'Take it back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take this order back?' });
  const take = dialog.getByRole('button', { name: 'Take it back' });
  await take.click();
  // Whose doing it was has to be said.
  expect(await dialog.getByRole('radio', { name: /^Our own fault/ }).isChecked()).toBe(false);
  await dialog.getByRole('radio', { name: /^Our own fault/ }).check();
  await dialog.getByLabel('Why').fill('The fork is bent');
  await expectAccessible(page, 'taking an order back');
  await take.click();
  await page.getByText('Returned', { exact: true }).waitFor();
  await page.getByText(/^Taken back by Miriam Aksoy on/).waitFor();
  await page.getByText('The fork is bent').waitFor();
  await lookAt(page, 'order-returned');
}
