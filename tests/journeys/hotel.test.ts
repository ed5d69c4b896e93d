import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Stage } from './support/journey.ts';
import { expectAccessible, lookAt, pictureWhole } from './support/look.ts';
import { openMailedLink, signInByLink, signInStaff } from './support/people.ts';
import { openStudio } from './support/studio.ts';

const HOTELS = '/c/lantern-hotels';
const GUEST = { name: 'Jo Park', email: 'jo@guest.example' } as const;

/** Nobody in a queue waits longer than this for a note. */
const NOTE_MS = 5_000;
/** A quick typist's pause between two letters. */
const TYPING_MS = 40;

journey('a guest is recognised in the other house, and is forgotten on request', async (stage) => {
  await noteAtMonterey(stage);
  const guest = await stage.arrive();
  await guest.goto(`${HOTELS}/sign-in`);
  await signInByLink(guest, GUEST.email);
  const first = await book(guest, { arrive: 3, depart: 5 });
  const keeper = await openHousekeeping(stage);
  await expectBed(keeper, first, { pillow: true });
  await expectNoQuestion(stage);
  await forgetPillow(guest);
  const second = await book(guest, { arrive: 10, depart: 12 });
  await keeper.reload();
  await expectBed(keeper, second, { pillow: false });
  await takeAlong(guest);
  await eraseEverything(guest, [first, second]);
  await expectForgotten(stage);
});

/** The desk greets somebody new and notes, from the keyboard, what they said and agreed to. */
async function noteAtMonterey(stage: Stage): Promise<void> {
  const page = await stage.arrive({ width: 1180, height: 820 });
  const path = `${HOTELS}/desk`;
  await signInStaff(page, stage, { email: 'desk.monterey@lantern.example', path });
  await page.getByLabel('Place of work').selectOption('monterey');
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByText('Nobody found').waitFor();
  await lookAt(page, 'desk-nobody');
  await page.getByRole('button', { name: 'Greet somebody new' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Greet somebody new' });
  await expectAccessible(page, 'greeting somebody');
  await dialog.getByLabel('Name', { exact: true }).fill(GUEST.name);
  await expect.poll(() => dialog.getByLabel('E-mail address').inputValue()).toBe(GUEST.email);
  await dialog.getByRole('button', { name: 'Open the card' }).click();
  await page.getByRole('heading', { name: GUEST.name }).waitFor();

  const note = page.getByRole('combobox', { name: 'Note something' });
  await note.waitFor();
  const begun = Date.now();
  await page.keyboard.press('n');
  for (const [words, meant] of [
    ['firm pillow', /^Pillow: Firm/],
    ['feather allergy', /^Feather allergy/],
  ] as const) {
    await page.keyboard.type(words, { delay: TYPING_MS });
    await page.getByRole('option', { name: meant }).waitFor();
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Enter');
  // Saving goes to the consents that are missing: first one, then the other.
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await pictureWhole(page, 'desk-note');
  await page.keyboard.press('Enter');
  await page.getByText('Noted.').waitFor();
  expect(Date.now() - begun).toBeLessThan(NOTE_MS);
  await page.getByText('Pillow: Firm').first().waitFor();
  await page.getByText('Feather allergy').first().waitFor();
  await recordContact(page);
  await lookAt(page, 'desk-card');
  await noteInWords(page);
}

/** What the guest came with is recorded, undone, and recorded again. */
async function recordContact(page: Page): Promise<void> {
  const record = async (reason: string): Promise<void> => {
    await page.getByRole('button', { name: 'Record a contact' }).click();
    const dialog = page.getByRole('dialog', { name: 'Record a contact' });
    await dialog.getByRole('radio', { name: 'Telephone' }).check();
    await dialog.getByRole('checkbox', { name: /^Our own fault/ }).check();
    await dialog.getByLabel('What was it about?').fill(reason);
    await expectAccessible(page, 'recording a contact');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(reason).waitFor();
  };
  await record('The wrong guest');
  await page.getByRole('button', { name: /^Undo: Telephone/ }).click();
  await page.getByText('The wrong guest').waitFor({ state: 'detached' });
  await record('The key did not open');
}

/** A whole sentence is read as it is typed; what it may say is taken or denied from the keyboard. */
async function noteInWords(page: Page): Promise<void> {
  const sentence = 'Wants the local newspaper and a high floor, quiet';
  await page.keyboard.press('n');
  await page.keyboard.type('his wife is allergic to nuts', { delay: TYPING_MS });
  await page.getByText('This seems to be about somebody else').waitFor();
  await page.getByRole('combobox', { name: 'Note something' }).fill('');
  await page.keyboard.type(sentence, { delay: TYPING_MS });
  const list = page.getByRole('list', { name: 'What the note may say' });
  await list.getByRole('button', { name: /^Newspaper: Local/ }).waitFor();
  await lookAt(page, 'desk-proposals');
  await list.getByRole('button', { name: 'Not “Floor: High”' }).focus();
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: /^Floor: High/ }).waitFor({ state: 'detached' });
  await list.getByRole('button', { name: /^Newspaper: Local/ }).focus();
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'detached' });
  await page.getByLabel('How do you know “Newspaper: Local”?').selectOption('observed');
  await pictureWhole(page, 'desk-proposal-taken');
  await page.getByRole('combobox', { name: 'Note something' }).press('Enter');
  await page.getByText('Noted.').waitFor();
  await page.getByText('Newspaper: Local').first().waitFor();
  await page.getByText(sentence, { exact: true }).waitFor();
  expect(await page.getByText('Floor: High').count()).toBe(0);
}

interface Nights {
  /** Days from today. */
  readonly arrive: number;
  readonly depart: number;
}

function dayFromNow(days: number): string {
  // The houses are west of here at most half a day: noon is on the same date in both.
  const at = new Date(Date.now() + days * 86_400_000);
  return at.toISOString().slice(0, 10);
}

/** Books Key West in the Studio; answers the number of the order. */
async function book(page: Page, nights: Nights): Promise<string> {
  const [arrive, depart] = [dayFromNow(nights.arrive), dayFromNow(nights.depart)];
  await openStudio(page, `${HOTELS}/studio/hotel_room?site=key-west`);
  await page.getByLabel('Arrival').fill(arrive);
  await page.getByLabel('Departure').fill(depart);
  await page.getByText(/for the whole stay$/).waitFor();
  if (nights.arrive === 3) await lookAt(page, 'studio-hotel');
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  const number = await page
    .getByText(/^Order \S+$/)
    .first()
    .innerText();
  return number.replace('Order ', '');
}

async function openHousekeeping(stage: Stage): Promise<Page> {
  const page = await stage.arrive({ width: 820, height: 1180, touch: true });
  const path = `${HOTELS}/workshop`;
  await signInStaff(page, stage, { email: 'housekeeping.keywest@lantern.example', path });
  await page.getByLabel('Place of work').selectOption('key-west');
  return page;
}

/** Whoever makes the bed reads what is remembered, and from where. */
async function expectBed(
  page: Page,
  order: string,
  expected: { readonly pillow: boolean },
): Promise<void> {
  const queue = page.getByRole('list', { name: 'The queue' });
  const tickets = queue.getByRole('button').filter({ hasText: order });
  await tickets.filter({ hasText: 'Make the bed' }).click();
  const card = page.getByRole('article', { name: 'Make the bed' });
  await card.getByText('No feathers in pillow or duvet').first().waitFor();
  await expect
    .poll(() => card.getByText('Firm pillow', { exact: true }).count())
    .toBe(expected.pillow ? 1 : 0);
  expect(await card.getByText(/feather pillow|Feather duvet/i).count()).toBe(0);
  if (!expected.pillow) return;
  await lookAt(page, 'housekeeping');
  await card.getByRole('button', { name: /^Firm pillow/ }).click();
  const evidence = page.getByRole('dialog', { name: 'Where this is known from' });
  await expect.poll(() => evidence.innerText()).toContain('Lantern Monterey');
  await expectAccessible(page, 'evidence');
  await page.keyboard.press('Escape');
}

/** The desk of the other house knows, so it is not offered to ask. */
async function expectNoQuestion(stage: Stage): Promise<void> {
  const page = await stage.arrive();
  const path = `${HOTELS}/desk`;
  await signInStaff(page, stage, { email: 'desk.keywest@lantern.example', path });
  await page.getByLabel('Place of work').selectOption('key-west');
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByRole('link', { name: new RegExp(GUEST.name) }).click();
  await page.getByRole('heading', { name: 'You may ask now' }).waitFor();
  await page.getByText('Pillow: Firm').first().waitFor();
  expect(await page.getByText('Which pillow do you sleep on best?').count()).toBe(0);
  await page.goto(`${HOTELS}/desk/arrivals`);
  await page.getByText(GUEST.name).first().waitFor();
  await lookAt(page, 'arrivals');
}

async function forgetPillow(page: Page): Promise<void> {
  await page.goto(`${HOTELS}/memory`);
  await page.getByText('Pillow: Firm, the way you like it.').waitFor();
  await lookAt(page, 'my-memory');
  await pictureWhole(page, 'my-memory');
  await page.getByRole('button', { name: 'Forget: Pillow: Firm' }).click();
  await page.getByText('Forgotten', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Forget: Pillow: Firm' }).waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText(/^Feather allergy/).count()).toBeGreaterThan(0);
}

/** The export is a file that holds what the page has shown. */
async function takeAlong(page: Page): Promise<void> {
  await page.goto(`${HOTELS}/memory`);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export everything' }).click();
  const download = await waiting;
  const text = readFileSync(await download.path(), 'utf8');
  const document_: unknown = JSON.parse(text);
  expect(document_).toHaveProperty('@context');
  for (const told of [GUEST.email, GUEST.name, 'allergy.feather']) expect(text).toContain(told);
}

/** Open stays are cancelled first; then everything goes. */
async function eraseEverything(page: Page, orders: readonly string[]): Promise<void> {
  for (const order of orders) {
    await page.goto(`${HOTELS}/orders`);
    await page.getByRole('link', { name: new RegExp(order) }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  }
  await page.goto(`${HOTELS}/memory`);
  await page.getByRole('button', { name: 'Erase everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase everything?' });
  const field = dialog.getByRole('textbox');
  const words = /type: (.+)$/.exec(await dialog.getByText(/^To go ahead, type:/).innerText())?.[1];
  await expectAccessible(page, 'erasing everything');
  await field.fill(words ?? '');
  await dialog.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('heading', { name: 'It is done.' }).waitFor();
  await lookAt(page, 'erased');
}

/** Neither the desk nor the guest, who comes back as somebody new, finds anything. */
async function expectForgotten(stage: Stage): Promise<void> {
  const desk = await stage.arrive();
  const path = `${HOTELS}/desk`;
  await signInStaff(desk, stage, { email: 'desk.monterey@lantern.example', path });
  for (const query of [GUEST.email, GUEST.name]) {
    await desk.getByLabel('Who is it?').fill(query);
    await desk.getByText('Nobody found').waitFor();
  }
  const guest = await stage.arrive();
  await guest.goto(`${HOTELS}/sign-in`);
  await guest.getByLabel('E-mail address').fill(GUEST.email);
  await guest.getByRole('button', { name: 'Send me a link' }).click();
  await guest.getByText('Look at your mailbox').waitFor();
  await openMailedLink(guest, GUEST.email);
  await guest.waitForURL((url) => !url.pathname.endsWith('/link'));
  await guest.goto(`${HOTELS}/memory`);
  await guest.getByText(/remembers nothing of you yet/).waitFor();
  expect(await guest.getByText('Feather allergy').count()).toBe(0);
}
