import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Stage } from './support/journey.ts';
import { lookAt, pictureWhole } from './support/look.ts';
import { signInStaff } from './support/people.ts';

const DESK = '/c/lantern-hotels/desk';
/** The same woman, as two houses have written her. */
const MONTEREY = { name: 'Philippa Ravensworth', email: 'philippa@guest.example' } as const;
const KEY_WEST = { name: 'Phillipa Ravensworth', email: '' } as const;
const PAIR = /^Phil+ip+a Ravensworth and Phil+ip+a Ravensworth$/;

journey('one guest of two houses is joined, and parted again without loss', async (stage) => {
  const monterey = await openDesk(stage, 'monterey');
  await greet(monterey, MONTEREY, ['firm pillow', 'Pillow: Firm']);
  const keyWest = await openDesk(stage, 'key-west');
  await greet(keyWest, KEY_WEST, ['high floor', 'Floor: High']);
  await decideByKey(keyWest);
  await expectBoth(keyWest);
  await noteWhileOne(keyWest);
  await undoMerge(keyWest);
  await expectOwn(monterey);
  await sayWhose(keyWest);
  await changeOnesMind(keyWest);
  await readInGerman(stage);
});

async function openDesk(stage: Stage, house: 'monterey' | 'key-west'): Promise<Page> {
  const page = await stage.arrive();
  const email = `desk.${house.replace('-', '')}@lantern.example`;
  await signInStaff(page, stage, { email, path: DESK });
  await page.getByLabel('Place of work').selectOption(house);
  return page;
}

/** Greets somebody and notes a wish that they agree to be remembered. */
async function greet(
  page: Page,
  guest: { readonly name: string; readonly email: string },
  [words, fact]: readonly [string, string],
): Promise<void> {
  await page.getByRole('button', { name: 'Greet somebody new' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Greet somebody new' });
  await dialog.getByLabel('Name', { exact: true }).fill(guest.name);
  await dialog.getByLabel('E-mail address').fill(guest.email);
  await dialog.getByRole('button', { name: 'Open the card' }).click();
  await page.getByRole('heading', { name: guest.name, level: 1 }).waitFor();
  expect(await page.getByRole('heading', { name: 'Also known as' }).count()).toBe(0);
  await page.getByRole('combobox', { name: 'Note something' }).fill(words);
  await page.getByRole('option', { name: new RegExp(`^${fact}`) }).waitFor();
  for (const key of ['Enter', 'Enter', 'Space', 'Enter']) await page.keyboard.press(key);
  await page.getByText('Noted.').waitFor();
}

/** Looks at what speaks for it, and says from the keyboard that they are one. */
async function decideByKey(page: Page): Promise<void> {
  await page.goto(DESK);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const pair = page.getByRole('article', { name: PAIR });
  await pair.waitFor();
  const table = pair.getByRole('table', { name: /^What speaks for/ });
  await table.getByRole('row', { name: /^Last name the same \+\d/ }).waitFor();
  await table.getByRole('row', { name: /^All together [+−-]?\d/ }).waitFor();
  expect(await pair.innerText()).not.toContain(MONTEREY.email);
  await lookAt(page, 'duplicates');
  await pair.getByRole('button', { name: 'Same person' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/are now one person\.$/).waitFor();
  await pair.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
  await page
    .getByRole('list', { name: 'Decided last' })
    .getByText(/were joined/)
    .waitFor();
  await lookAt(page, 'duplicates-decided');
}

async function openCard(page: Page, name: string): Promise<void> {
  await page.goto(DESK);
  await page.getByLabel('Who is it?').fill(name);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** What both houses noted is on one card, with who joined them. */
async function expectBoth(page: Page): Promise<void> {
  await openCard(page, KEY_WEST.name);
  await page.getByText('Pillow: Firm').first().waitFor();
  await page.getByText('Floor: High').first().waitFor();
  await page.getByRole('heading', { name: 'Also known as' }).waitFor();
  const others = page.getByRole('list', { name: 'Also known as' });
  await expect.poll(() => others.innerText()).toContain(MONTEREY.name);
  await page.getByText(/Luis Ferrer · /).waitFor();
  await page.locator('summary', { hasText: 'What was compared' }).click();
  await page.getByRole('row', { name: /^Last name the same/ }).waitFor();
  await lookAt(page, 'desk-card-merged');
  await pictureWhole(page, 'desk-card-merged');
}

async function noteWhileOne(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Note something' }).fill('local newspaper');
  await page.getByRole('option', { name: /^Newspaper: Local/ }).waitFor();
  for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
  await page.getByText('Noted.').waitFor();
}

/** Noted while they were one: it was the other's, who has it from now on. */
async function sayWhose(page: Page): Promise<void> {
  await page.goto(DESK);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const list = page.getByRole('list', { name: 'Whose is it?' });
  await list.getByText('Newspaper: Local', { exact: true }).waitFor();
  await lookAt(page, 'duplicates-whose');
  const isOf = `Newspaper: Local is of ${MONTEREY.name}`;
  await list.getByRole('button', { name: isOf }).click();
  await list.waitFor({ state: 'detached' });
  await openCard(page, MONTEREY.name);
  await page.getByText('Newspaper: Local').first().waitFor();
}

async function undoMerge(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await page.getByRole('heading', { name: 'Also known as' }).waitFor({ state: 'detached' });
  await page.getByText('Pillow: Firm').first().waitFor({ state: 'detached' });
  await page.getByText('Floor: High').first().waitFor();
}

async function expectOwn(page: Page): Promise<void> {
  await openCard(page, MONTEREY.name);
  await page.getByText('Pillow: Firm').first().waitFor();
  expect(await page.getByText('Floor: High').count()).toBe(0);
}

/** Told apart, taken back, and left for another day, which is kept. */
async function changeOnesMind(page: Page): Promise<void> {
  await page.goto(DESK);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const pair = page.getByRole('article', { name: PAIR });
  await pair.getByRole('button', { name: 'Different people' }).click();
  await page.getByText(/stay two people\.$/).waitFor();
  await pair.waitFor({ state: 'detached' });
  await page.reload();
  const decided = page.getByRole('list', { name: 'Decided last' });
  await decided.getByRole('button', { name: /^No longer tell apart/ }).click();
  await pair.getByRole('button', { name: 'Later' }).click();
  await pair.waitFor({ state: 'detached' });
  await page.getByText(/are put off until .*, for everybody\.$/).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor();
  await page
    .getByRole('list', { name: 'Put off' })
    .getByText(/Luis Ferrer/)
    .waitFor();
  await lookAt(page, 'duplicates-put-off');
}

async function readInGerman(stage: Stage): Promise<void> {
  const page = await stage.arrive({ width: 390, height: 844, locale: 'de-DE' });
  const privacy = '/c/lantern-hotels/privacy';
  await page.goto(`/staff/sign-in?returnTo=${encodeURIComponent(privacy)}`);
  await page.getByLabel('E-Mail-Adresse').fill('privacy@lantern.example');
  await page.getByLabel('Passwort', { exact: true }).fill(stage.password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByRole('link', { name: 'Mögliche Doppelte' }).click();
  await page.getByRole('heading', { name: 'Mögliche Doppelte' }).waitFor();
  await page.getByRole('button', { name: /^Jetzt anschauen/ }).click();
  await page.getByRole('button', { name: 'Zwei Personen' }).waitFor();
  // Who may open no cards is offered none.
  expect(await page.getByRole('link', { name: 'Gäste', exact: true }).count()).toBe(0);
  const names = page.getByRole('article').getByRole('link');
  await expect.poll(() => names.first().getAttribute('href')).toContain('/lantern-hotels/privacy/');
  await lookAt(page, 'duplicates-de');
}
