import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, type Stage } from './support/journey.ts';
import { expectAccessible, lookAt } from './support/look.ts';
import { signInByLink, signInStaff } from './support/people.ts';

const BICYCLES = '/c/polaris-cycles';
const GUEST = { name: 'Nora Field', email: 'nora@guest.example' } as const;

journey('of whom nothing is reckoned, nothing is claimed to anybody', async (stage) => {
  const guest = await greet(stage);
  const path = `${BICYCLES}/value/customers/${guest}`;
  const desk = await stage.arrive();
  await signInStaff(desk, stage, { email: 'desk@polaris.example', path });
  await desk.getByText('Your role does not open this').waitFor();

  const marketing = await stage.arrive();
  await signInStaff(marketing, stage, { email: 'marketing@polaris.example', path });
  await marketing.getByText('Nothing is reckoned of this customer yet').waitFor();
  expect(await marketing.getByRole('link', { name: 'Open the guest card' }).count()).toBe(0);
  await lookAt(marketing, 'customer-value-nothing');
  await marketing.goto(`${BICYCLES}/value/customers/01900000-0000-7000-8000-000000000000`);
  await marketing.getByText('There is no such customer here').waitFor();
  await expectAccessible(marketing, 'no such customer');

  const owner = await stage.arrive();
  await signInStaff(owner, stage, { email: 'owner@polaris.example', path });
  await owner.getByRole('link', { name: 'Open the guest card' }).click();
  await owner.getByRole('heading', { level: 1, name: GUEST.name }).waitFor();
  expect(await owner.getByText('Looked after').count()).toBe(0);

  await ownMemory(await stage.arrive());
});

/** Greets somebody new at the desk; answers who that is to the API. */
async function greet(stage: Stage): Promise<string> {
  const page = await stage.arrive();
  await signInStaff(page, stage, { email: 'desk@polaris.example', path: `${BICYCLES}/desk` });
  await page.getByLabel('Who is it?').fill(GUEST.email);
  await page.getByRole('button', { name: 'Greet somebody new' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Greet somebody new' });
  await dialog.getByLabel('Name', { exact: true }).fill(GUEST.name);
  await dialog.getByRole('button', { name: 'Open the card' }).click();
  await page.getByRole('heading', { name: GUEST.name }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function ownMemory(page: Page): Promise<void> {
  await page.goto(`${BICYCLES}/memory`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/me/value'));
  await signInByLink(page, GUEST.email);
  expect(await (await answered).json()).toEqual({ differentiation: null });
  await page.getByRole('heading', { name: 'What you allow' }).waitFor();
  expect(await page.getByRole('heading', { name: 'How we differentiate' }).count()).toBe(0);
}
