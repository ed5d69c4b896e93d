import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Stage } from './support/journey.ts';
import { expectAccessible, lookAt, pictureWhole } from './support/look.ts';
import { signInStaff } from './support/people.ts';

const HOTELS = '/c/lantern-hotels';
const GUEST = { name: 'Iris Vale', email: 'iris@guest.example' } as const;

journey('a privacy officer says what the desk knew, hands it over and erases it', async (stage) => {
  await noteAtDesk(stage);
  const page = await stage.arrive();
  const path = `${HOTELS}/privacy`;
  await signInStaff(page, stage, { email: 'privacy@lantern.example', path });
  await lookAt(page, 'privacy');
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByRole('link', { name: GUEST.name }).waitFor();
  await page.getByLabel('Who is it?').press('Enter');
  await page.getByRole('heading', { level: 1, name: GUEST.name }).waitFor();
  await page.getByText('Pillow: Firm').first().waitFor();
  await askThePast(page);
  await page
    .getByRole('button', { name: /^Who read this: Pillow/ })
    .first()
    .click();
  await page.getByText('Priya Raman').first().waitFor();
  await page.keyboard.press('Escape');
  await lookAt(page, 'privacy-account');
  await pictureWhole(page, 'privacy-account');
  await takeReceipt(page);
  await erasePurpose(page);
  await eraseAll(page);
});

async function noteAtDesk(stage: Stage): Promise<void> {
  const page = await stage.arrive();
  await signInStaff(page, stage, {
    email: 'desk.monterey@lantern.example',
    path: `${HOTELS}/desk`,
  });
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByRole('button', { name: 'Greet somebody new' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Greet somebody new' });
  await dialog.getByLabel('Name', { exact: true }).fill(GUEST.name);
  await dialog.getByRole('button', { name: 'Open the card' }).click();
  await page.getByRole('heading', { name: GUEST.name }).waitFor();
  await page.getByRole('combobox', { name: 'Note something' }).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('firm pillow', { delay: 30 });
  await page.getByRole('option', { name: /^Pillow: Firm/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.getByText('Noted.').waitFor();
  await page.goto(`${HOTELS}/privacy`);
  await page.getByText('Your role does not open this').waitFor();
}

/** Both axes: nothing was known a year ago, and what is true now is known now. */
async function askThePast(page: Page): Promise<void> {
  await page.getByLabel('As known at').fill('2020-03-03T12:00');
  await page.getByLabel('Where').selectOption('key-west');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('heading', { name: '0 things were known' }).waitFor();
  await page.getByLabel('As known at').fill('');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('heading', { name: 'One thing was known' }).waitFor();
  await expectAccessible(page, 'what was known');
}

async function takeReceipt(page: Page): Promise<void> {
  const receipt = await download(page, /^Save the receipt: /);
  expect(receipt).toMatchObject({ '@type': 'dpv:ConsentReceipt' });
  const all = await download(page, 'Export everything');
  expect(JSON.stringify(all)).toContain('pillow.firmness');
}

async function download(page: Page, button: string | RegExp): Promise<Record<string, unknown>> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).first().click(),
  ]);
  return JSON.parse(readFileSync(await file.path(), 'utf8'));
}

async function erasePurpose(page: Page): Promise<void> {
  const kept = page.getByRole('listitem').filter({ hasText: /[1-9]\d* entr(y|ies)/ });
  await kept
    .getByRole('button', { name: /^Erase what is kept for it/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'asking before erasing a purpose');
  await dialog.getByRole('button', { name: 'Erase what is kept for it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(/entr(y was|ies were) erased/).waitFor();
  await page.getByText('Nothing is believed now.').waitFor();
}

async function eraseAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Erase everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this person?' });
  const field = dialog.getByLabel(/^To go ahead, type/);
  await field.waitFor();
  await expectAccessible(page, 'asking before erasing a person');
  await field.fill('erase everything');
  await dialog.getByRole('button', { name: 'Erase everything' }).click();
  await page.waitForURL(`**${HOTELS}/privacy`);
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByText('Nobody found').waitFor();
}

journey('a product manager sees how much is asked, and how much of it again', async (stage) => {
  const page = await stage.arrive();
  await signInStaff(page, stage, {
    email: 'blends@harbour.example',
    path: '/c/harbour-roasters/questions',
  });
  await page.getByRole('heading', { level: 1, name: 'Questions' }).waitFor();
  await page.getByLabel('Period').selectOption('7');
  await page.getByRole('heading', { name: 'How facts are known' }).waitFor();
  await lookAt(page, 'questions-none');
  const other = await stage.arrive();
  const path = `${HOTELS}/desk`;
  await signInStaff(other, stage, { email: 'owner@lantern.example', path });
  await wonder(other, stage);
  await other.getByRole('link', { name: 'Questions', exact: true }).click();
  await other.getByRole('heading', { name: 'Over time' }).waitFor();
  const chart = other.getByRole('listbox');
  await chart.focus();
  await other.keyboard.press('End');
  await other
    .getByText(/\d+ needed, \d+ asked, 0 of them again/)
    .last()
    .waitFor();
  await lookAt(other, 'questions');
  await pictureWhole(other, 'questions');
  await other.getByRole('button', { name: /Deutsch|^DE$/ }).click();
  await other.getByRole('heading', { level: 1, name: 'Fragen' }).waitFor();
  await lookAt(other, 'questions-de');
});

/** What a desk does: it notes something, and asks for that and for something else. */
async function wonder(page: Page, stage: Stage): Promise<void> {
  const post = async (path: string, data: object) => {
    const headers = { origin: stage.url };
    const answer = await page.request.post(`/api${HOTELS}${path}`, { data, headers });
    expect(answer.ok(), path).toBe(true);
    return await answer.json();
  };
  const { id: guest } = await post('/guests', { name: 'Una Quill', email: 'una@guest.example' });
  const facts = [{ predicate: 'pillow.firmness', value: 'firm', basis: 'observed' }];
  await post(`/guests/${guest}/notes`, { facts, consents: ['personalisation'] });
  const { predicates } = await (await page.request.get(`/api${HOTELS}/ontology`)).json();
  const needs = predicates.slice(0, 6).map(({ name }: { name: string }) => name);
  await post('/ask', {
    guest,
    needs: [...new Set([...needs, 'pillow.firmness'])],
    touchpoint: 'check-in',
    purpose: 'personalisation',
  });
}

journey('a product manager teaches the desk something new to ask', async (stage) => {
  const page = await stage.arrive();
  const path = '/c/harbour-roasters/vocabulary';
  await signInStaff(page, stage, { email: 'blends@harbour.example', path });
  await page.getByRole('heading', { level: 1, name: 'Vocabulary' }).waitFor();
  await page.getByRole('button', { name: 'Add something to remember' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add something to remember' });
  await dialog.getByLabel('Name', { exact: true }).fill('Mug');
  await dialog.getByLabel('What it is called, in English').fill('Mug');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This does not fit together yet').waitFor();
  await dialog.getByText('At least one value is needed.').waitFor();
  await dialog.getByText(/This name cannot be/).waitFor();
  await lookAt(page, 'vocabulary-faults');
  await dialog.getByLabel('Name', { exact: true }).fill('mug.size');
  await dialog.getByLabel('The question, in English').fill('How large a mug?');
  const row = dialog.getByRole('group', { name: 'Values' });
  await row.getByLabel('Value', { exact: true }).fill('large');
  await row.getByLabel('In English').fill('Large');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It has effect from now on.').waitFor();
  await page.getByText('Version 2').waitFor();
  await page.getByLabel('Find').fill('mug');
  await page.getByText('1 entry', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Change: Mug' }).click();
  const change = page.getByRole('dialog', { name: 'Change: Mug' });
  await change.getByRole('button', { name: 'Add a value' }).click();
  await change.getByLabel('Value', { exact: true }).last().fill('small');
  await change.getByLabel('In English', { exact: true }).last().fill('Small');
  await change.getByLabel('Half-life in days').fill('365');
  await followFromATable(change);
  await lookAt(page, 'vocabulary-table');
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 3').waitFor();
  // The keyboard goes on where it was.
  const changeMug = page.getByRole('button', { name: 'Change: Mug' });
  expect(await changeMug.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByText(/2 values · follows from others/).waitFor();
  await page.getByRole('button', { name: 'Change: Mug' }).click();
  await expect.poll(() => change.getByLabel('Then this is').first().inputValue()).toBe('large');
  await expect.poll(() => change.getByLabel('Half-life in days').inputValue()).toBe('365');
  await change.getByLabel(/^Retired/).check();
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 4').waitFor();
  await page.getByText(/2 values · follows from others · retired/).waitFor();
  await addPurpose(page);
  await lookAt(page, 'vocabulary');
  await pictureWhole(page, 'vocabulary');
  await page.getByRole('button', { name: /Deutsch|^DE$/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Wortschatz' }).waitFor();
  await expectAccessible(page, 'the vocabulary in German');
});

/** Whoever brews espresso drinks from a small mug, as long as it is dark; else from a large one. */
async function followFromATable(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Add a way it follows' }).click();
  await dialog.getByLabel('From', { exact: true }).selectOption('coffee.brewing');
  await dialog.getByLabel('By a table').check();
  await dialog.getByLabel('Then this is').first().selectOption('large');
  await dialog.getByRole('button', { name: 'Add a condition' }).click();
  await dialog.getByLabel('What', { exact: true }).selectOption('coffee.roast');
  await dialog.getByLabel('Value', { exact: true }).last().selectOption('dark');
}

/** A purpose says what customers agree to; it is not kept without. */
async function addPurpose(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a purpose' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a purpose' });
  await dialog.getByLabel('Short name').fill('letters');
  await dialog.getByLabel('What it is called, in English').fill('Writing to you');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Some words are needed, at least in English.').waitFor();
  await lookAt(page, 'vocabulary-purpose');
  await dialog.getByLabel('What it says, in English').fill('We may write to you.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('We may write to you.').waitFor();
  await page.getByText('Version 5').waitFor();
}
