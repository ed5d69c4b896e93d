import { expect } from 'vitest';
import { journey } from './support/journey.ts';
import { lookAt, pictureWhole } from './support/look.ts';

journey('a visitor sees what Keepsake is, and finds a company', async ({ arrive }) => {
  const page = await arrive();
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await lookAt(page, 'start');
  await pictureWhole(page, 'start');
  await page
    .getByRole('link', { name: /Polaris Cycles/ })
    .first()
    .click();
  await page.waitForURL('**/c/polaris-cycles');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await lookAt(page, 'company-front');
  expect(await page.title()).toContain('Polaris');
});
