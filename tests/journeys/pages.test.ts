import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from './support/journey.ts';
import { expectAccessible, lookAt, pictureWhole } from './support/look.ts';
import { signInByLink, signInStaff } from './support/people.ts';
import { openStudio, tap } from './support/studio.ts';

journey('a visitor sees what Keepsake is, in their language, and finds a way', async (stage) => {
  const page = await stage.arrive();
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Made for you, and remembered' }).waitFor();
  for (const company of ['Harbour Roasters', 'Lantern Hotels', 'Polaris Cycles']) {
    await page.getByRole('link', { name: company }).first().waitFor();
  }
  await lookAt(page, 'start');
  await pictureWhole(page, 'start');
  await switchToGerman(page);
  await page.getByRole('link', { name: 'Polaris Cycles' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Polaris Cycles' }).waitFor();
  await page.getByText('Fahrrad nach Maß').first().waitFor();
  await lookAt(page, 'company-front-de');
  await page
    .getByRole('link', { name: /Fahrrad nach Maß/ })
    .first()
    .click();
  await page.getByText('Rahmenmaterial').waitFor();
  await page.getByRole('button', { name: 'Bestellen' }).waitFor();
  await lookAt(page, 'studio-de');
});

async function switchToGerman(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Deutsch|^DE$/ }).click();
  await page.getByRole('heading', { level: 1, name: /Für Sie/ }).waitFor();
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
}

journey('an address that leads nowhere says so and shows the way home', async (stage) => {
  const page = await stage.arrive();
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  await lookAt(page, 'not-found');
  await page.goto('/c/nobody-here');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(page, 'no such company');
  await page.goto('/c/polaris-cycles/studio/spaceship');
  await page.getByRole('heading', { name: 'The Studio cannot open this' }).waitFor();
  await expectAccessible(page, 'no such family');
  await page.goto('/no/such/page');
  await page.getByRole('link', { name: 'To the start' }).click();
  await page.getByRole('heading', { name: 'Made for you, and remembered' }).waitFor();
});

journey('a page of another role says who can help', async (stage) => {
  const page = await stage.arrive();
  await page.goto('/c/polaris-cycles/desk');
  await page.getByText('This is for staff').waitFor();
  await lookAt(page, 'staff-only');
  const path = '/c/polaris-cycles/desk';
  await signInStaff(page, stage, { email: 'workshop@polaris.example', path });
  await page.getByText('Your role does not open this').waitFor();
  await expect.poll(() => page.getByText(/Tomasz Krol/).innerText()).toContain('Clerk');
  await lookAt(page, 'forbidden');
});

journey('a wrong password is refused in plain words', async (stage) => {
  const page = await stage.arrive();
  await page.goto('/staff/sign-in');
  await lookAt(page, 'staff-sign-in');
  await page.getByLabel('E-mail address').fill('workshop@polaris.example');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('E-mail address and password do not go together').waitFor();
  await expectAccessible(page, 'a wrong password');
});

journey('a customer orders coffee on a phone and cancels it', async (stage) => {
  const page = await stage.arrive({ width: 390, height: 844, touch: true });
  await page.goto('/c/harbour-roasters/orders');
  await signInFromOrders(page);
  await page.getByText('Nothing ordered yet').waitFor();
  await lookAt(page, 'orders-empty');
  await openStudio(page, '/c/harbour-roasters/studio/coffee');
  await tap(page, 'bag_size', '500');
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  await page.getByText('Accepted', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Cancel the order' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
  await expectAccessible(page, 'asking before cancelling');
  await dialog.getByRole('button', { name: 'Keep the order' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await dialog.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Cancel the order' }).count()).toBe(0);
  await lookAt(page, 'order-cancelled');
  await page.getByRole('link', { name: 'My orders' }).click();
  await page.getByRole('link', { name: /Cancelled/ }).waitFor();
  await lookAt(page, 'orders');
});

async function signInFromOrders(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in as a customer' }).click();
  await signInByLink(page, 'casey@drinker.example');
  await page.waitForURL('**/c/harbour-roasters/orders');
}
