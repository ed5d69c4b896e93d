/** How people get in: customers by a link that is mailed to them, staff with their password. */
import type { Page } from 'playwright-core';
import type { Stage } from './journey.ts';

/** Opens the newest sign-in link of an address from the development mailbox. */
export async function openMailedLink(page: Page, email: string): Promise<void> {
  await page.goto(`/mailbox?to=${encodeURIComponent(email)}`);
  await page.locator('a[href*="/sign-in/link?token="]').first().click();
  await page.getByRole('button', { name: 'Sign in now' }).click();
}

/** Signs a customer in on the page where a link can be asked for, and waits for the way back. */
export async function signInByLink(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByRole('link', { name: 'Open the development mailbox' }).click();
  await page.locator('a[href*="/sign-in/link?token="]').first().click();
  await page.getByRole('button', { name: 'Sign in now' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in/link'));
}

/** Where a member of staff goes. */
export interface StaffVisit {
  readonly email: string;
  /** A path, such as `/c/polaris-cycles/workshop`. */
  readonly path: string;
}

/** Signs a member of staff in on the way to a page. */
export async function signInStaff(page: Page, stage: Stage, visit: StaffVisit): Promise<void> {
  await page.goto(`/staff/sign-in?returnTo=${encodeURIComponent(visit.path)}`);
  await page.getByLabel('E-mail address').fill(visit.email);
  await page.getByLabel('Password', { exact: true }).fill(stage.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === visit.path);
}
