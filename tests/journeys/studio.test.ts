import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from './support/journey.ts';
import { expectAccessible, lookAt } from './support/look.ts';
import {
  answered,
  ask,
  openStudio,
  optionOf,
  radioOf,
  savedDesign,
  shownPrice,
  tap,
} from './support/studio.ts';

const STUDIO = '/c/polaris-cycles/studio/bicycle';

journey('a design is made from the keyboard alone', async (stage) => {
  const page = await stage.arrive();
  await openStudio(page, STUDIO);
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to the contents' }).press('Enter');
  await tabTo(page, 'frame_type');
  await page.keyboard.press('Space');
  await answered(page);
  await expect.poll(() => radioOf(page, 'frame_type', 'gravel').isChecked()).toBe(true);
  await page.keyboard.press('ArrowRight');
  await answered(page);
  await expect.poll(() => radioOf(page, 'frame_type', 'road').isChecked()).toBe(true);
  await page.keyboard.press('ArrowLeft');
  const plain = await shownPrice(page);

  // What cannot be had is passed over by the arrows, and explained on Space.
  await tabTo(page, 'brakes');
  await page.keyboard.press('Space');
  await answered(page);
  await expect.poll(() => radioOf(page, 'brakes', 'rim').isChecked()).toBe(true);
  await tabTo(page, 'rim', 'Shift+Tab');
  while ((await focusedValue(page)) !== 'alu') await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await answered(page);
  await expect.poll(() => radioOf(page, 'rim', 'alu_wide').isChecked()).toBe(true);
  expect(await focusedValue(page)).toBe('carbon');
  await page.keyboard.press('Space');
  const why = page.getByRole('dialog', { name: /Why not/ });
  await why.getByText('Carbon rims need disc brakes').waitFor();
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });
  expect(await focusedValue(page)).toBe('carbon');
  await page.keyboard.press('Space');
  await why.waitFor();
  await tabUntil(page, () => focusedText(page), /^Change Brakes/);
  await page.keyboard.press('Enter');
  await why.waitFor({ state: 'hidden' });
  await expect.poll(() => radioOf(page, 'rim', 'carbon').isChecked()).toBe(true);
  expect(await shownPrice(page)).not.toBe(plain);
  await page.keyboard.press('Control+z');
  await answered(page);
  await expect.poll(() => radioOf(page, 'rim', 'alu_wide').isChecked()).toBe(true);
  await page.keyboard.press('Control+Shift+z');
  await answered(page);
  await expect.poll(() => radioOf(page, 'rim', 'carbon').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Order', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
});

async function tabTo(page: Page, attribute: string, key: TabKey = 'Tab'): Promise<void> {
  const inside = () =>
    page.evaluate(() => document.activeElement?.closest('fieldset')?.id ?? 'none');
  await tabUntil(page, inside, new RegExp(`^attribute-${attribute}$`), key);
}

type TabKey = 'Tab' | 'Shift+Tab';

/** The whole column has fewer stops between two attributes. */
const TABS_MAX = 60;

/** Presses Tab until what has the focus is meant; a trap or a gap fails. */
async function tabUntil(
  page: Page,
  look: () => Promise<string>,
  wanted: RegExp,
  key: TabKey = 'Tab',
): Promise<void> {
  for (let count = 0; count < TABS_MAX; count += 1) {
    if (wanted.test(await look())) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${TABS_MAX} Tabs did not lead to ${wanted}; the focus is at ${await look()}`);
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

function focusedValue(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('value') ?? '');
}

journey('a design that is open in two tabs is never overwritten', async (stage) => {
  const first = await stage.arrive();
  await openStudio(first, STUDIO);
  await tap(first, 'colour', 'oxblood');
  const design = await savedDesign(first, { attribute: 'colour', value: 'oxblood' });
  const second = await first.context().newPage();
  const third = await first.context().newPage();
  for (const tab of [second, third]) await openStudio(tab, `${STUDIO}?design=${design.id}`);

  await tap(first, 'saddle', 'sport');
  await savedDesign(first, { attribute: 'saddle', value: 'sport' });

  await tap(second, 'colour', 'cream');
  const choice = second.getByRole('dialog', { name: 'This design was changed elsewhere' });
  await choice.waitFor();
  await expectAccessible(second, 'a design that was changed elsewhere');
  await choice.getByRole('button', { name: 'Load the other' }).click();
  await choice.waitFor({ state: 'hidden' });
  await expect.poll(() => radioOf(second, 'saddle', 'sport').isChecked()).toBe(true);
  await expect.poll(() => radioOf(second, 'colour', 'oxblood').isChecked()).toBe(true);

  await tap(third, 'colour', 'sky');
  const again = third.getByRole('dialog', { name: 'This design was changed elsewhere' });
  await again.getByRole('button', { name: 'Keep mine as a copy' }).last().click();
  await again.waitFor({ state: 'hidden' });
  await third.waitForURL((url) => url.searchParams.get('design') !== design.id);
  const copy = await savedDesign(third, { attribute: 'colour', value: 'sky' });
  expect(copy.id).not.toBe(design.id);
  const kept = await ask<{ readonly decisions: readonly unknown[] }>(
    first,
    `/api/c/polaris-cycles/designs/${design.id}`,
  );
  expect(kept.decisions).toContainEqual({ attribute: 'colour', value: 'oxblood' });
});

journey('a shared design opens for somebody else, who goes on from it', async (stage) => {
  const maker = await stage.arrive();
  await openStudio(maker, STUDIO);
  await tap(maker, 'colour', 'mustard');
  await savedDesign(maker, { attribute: 'colour', value: 'mustard' });
  await maker.getByRole('button', { name: 'Share' }).click();
  await maker.getByText(/Link copied|share=/).waitFor();
  const friend = await stage.arrive({ locale: 'de-DE' });
  const { shareId } = await ask<{ readonly shareId: string }>(
    maker,
    `/api/c/polaris-cycles/designs/${new URL(maker.url()).searchParams.get('design')}`,
  );
  await friend.goto(`${STUDIO}?share=${shareId}`);
  await friend.getByRole('button', { name: 'Bestellen' }).waitFor();
  await expect
    .poll(() => optionOf(friend, 'colour', 'mustard').getByRole('radio').isChecked())
    .toBe(true);
});

journey('a design counts down, is filled in, and keeps what is locked', async (stage) => {
  const page = await stage.arrive();
  await openStudio(page, STUDIO);
  const left = page.getByText(/ designs left$/);
  await left.waitFor();
  const all = await left.innerText();
  expect(all).toMatch(/\d\.\d × 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+ designs left$/);
  await tap(page, 'brakes', 'rim');
  await expect.poll(() => left.innerText()).not.toBe(all);

  // Locked, the brakes are none of the ways to a carbon rim.
  const lock = page.getByRole('button', { name: 'Keep as it is: Brakes' });
  await expect.poll(() => lock.getAttribute('aria-pressed')).toBe('false');
  await lock.focus();
  await page.keyboard.press('Enter');
  await answered(page);
  await expect.poll(() => lock.getAttribute('aria-pressed')).toBe('true');
  await tap(page, 'rim', 'carbon');
  const why = page.getByRole('dialog', { name: /Why not/ });
  await why.getByText('Carbon rims need disc brakes').waitFor();
  expect(await why.getByRole('button', { name: /Change Brakes/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });

  const fill = page.getByRole('button', { name: 'Fill in the rest' });
  await fill.press('Enter');
  await answered(page);
  await expect.poll(() => fill.isDisabled()).toBe(true);
  await expect.poll(() => radioOf(page, 'brakes', 'rim').isChecked()).toBe(true);
  await lookAt(page, 'studio-filled-in');
  await page.getByRole('button', { name: 'Undo' }).click();
  await answered(page);
  await expect.poll(() => fill.isDisabled()).toBe(false);
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('button', { name: 'Rest ergänzen' }).waitFor();
  await page.getByText(/ Entwürfe möglich$/).waitFor();
  await lookAt(page, 'studio-locked-de');
});
