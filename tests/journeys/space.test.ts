import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from './support/journey.ts';
import { expectAccessible, lookAt, pictureWhole } from './support/look.ts';
import { signInStaff } from './support/people.ts';

const PATH = '/c/polaris-cycles/space';
const MODELS = { email: 'models@polaris.example', path: PATH };

/** Waits until the diagrams answer: the number of designs is then there. */
async function compiled(page: Page): Promise<void> {
  await page.locator('dt').filter({ hasText: 'Nodes' }).waitFor();
}

/** A value of an attribute, as a button. */
function rowOf(page: Page, attribute: string, value: RegExp) {
  return page.getByRole('region', { name: attribute, exact: true }).getByRole('button', {
    name: value,
  });
}

/** Everything that is left, as the side says it: `4.3 × 10¹⁸`. */
async function shownLeft(page: Page): Promise<string> {
  return (await page.getByRole('complementary').locator('strong').first().innerText()).trim();
}

journey('a product manager clicks through the space of a family', async (stage) => {
  const page = await stage.arrive();
  await signInStaff(page, stage, MODELS);
  await page.getByRole('link', { name: 'Solution space' }).waitFor();
  await compiled(page);
  await page.getByRole('listbox', { name: 'What designs cost' }).waitFor();
  await lookAt(page, 'space');

  const all = await shownLeft(page);
  expect(all).toMatch(/^\d\.\d × 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/);
  await rowOf(page, 'Frame material', /^Carbon/).click();
  await page.getByText(/values became impossible/).waitFor();
  await expect.poll(() => shownLeft(page)).not.toBe(all);
  const carbon = await shownLeft(page);
  await expect
    .poll(() => rowOf(page, 'Frame material', /^Carbon/).getAttribute('aria-pressed'))
    .toBe('true');
  await lookAt(page, 'space-chosen');

  // What is impossible says why, and how to have it all the same.
  await rowOf(page, 'What you carry', /^A bag for the day/).click();
  const why = page.getByRole('dialog');
  await why.getByText('A carbon frame cannot hold a rear carrier').waitFor();
  await why.getByText('Frame material: Carbon').waitFor();
  await expectAccessible(page, 'why a value is impossible');
  await pictureWhole(page, 'space-why');
  await why.getByRole('button', { name: /^Change Frame material to/ }).click();
  await why.waitFor({ state: 'hidden' });
  const bag = rowOf(page, 'What you carry', /^A bag for the day/);
  await expect.poll(() => bag.getAttribute('aria-pressed')).toBe('true');

  // One undo takes the whole repair back, the next one everything.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => shownLeft(page)).toBe(carbon);
  await page.keyboard.press('Control+z');
  await expect.poll(() => shownLeft(page)).toBe(all);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => shownLeft(page)).toBe(carbon);
  await page.getByRole('button', { name: /^Frame material: Carbon/ }).click();
  await expect.poll(() => shownLeft(page)).toBe(all);
});

journey('a product manager sees how a space is made, and whether it is sound', async (stage) => {
  const page = await stage.arrive();
  await signInStaff(page, stage, MODELS);
  await compiled(page);
  await page.getByRole('link', { name: 'How it is made' }).click();
  const chart = page.getByRole('listbox', { name: 'How the space is made' });
  await chart.waitFor();
  await page.getByText('The widest place:').waitFor();
  await lookAt(page, 'space-made');
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect.poll(() => chart.getByRole('option', { selected: true }).count()).toBe(1);
  await expectAccessible(page, 'a bar of the diagram');

  await page.getByRole('link', { name: 'Soundness and rules' }).click();
  await page.getByText('No contradiction, no value that nobody can have').waitFor();
  await page.getByText('A carbon frame cannot hold a rear carrier').waitFor();
  await lookAt(page, 'space-sound');

  await page.getByLabel('Product family').selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Lösungsraum' }).waitFor();
  await page.getByRole('link', { name: 'Ausprobieren' }).click();
  await lookAt(page, 'space-de');
});

journey('a space whose file cannot be had is compiled in the browser', async (stage) => {
  const page = await stage.arrive();
  await page.route('**/space?format=*', (route) => route.abort());
  await signInStaff(page, stage, MODELS);
  // Search answers first: there is something to choose before anything is counted.
  await rowOf(page, 'Frame material', /^Carbon/).waitFor();
  await compiled(page);
  await page.getByText('Compiled in').waitFor();
  await page.getByText('different designs').waitFor();

  // A long grid of numbers is bars; the keyboard alone chooses one of them, and takes it back.
  const all = await shownLeft(page);
  const bars = page.getByRole('listbox', { name: 'Your height' });
  await bars.focus();
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 35; steps++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const chip = page.getByRole('button', { name: /^Your height: 170 cm/ });
  await chip.waitFor();
  await expect.poll(() => shownLeft(page)).not.toBe(all);
  await expectAccessible(page, 'a number chosen by its bar');
  await pictureWhole(page, 'space-numbers');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect.poll(() => shownLeft(page)).toBe(all);
});

journey('the space of a family is no page for makers', async (stage) => {
  const page = await stage.arrive();
  await signInStaff(page, stage, { email: 'workshop@polaris.example', path: PATH });
  await page.getByText('Your role does not open this').waitFor();
  await expect.poll(() => page.getByText(/Tomasz Krol/).innerText()).toContain('Product manager');
});
