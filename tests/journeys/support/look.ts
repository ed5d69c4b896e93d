/** Looks at a page: pictures in each size by day and by night, and what axe has against it. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ARTEFACTS } from './server.ts';

const WIDTHS = [390, 820, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

/**
 * Pictures a face in three widths, by day and by night. It has no axe violation in either, and is
 * nowhere wider than the screen, and no picture is missing. The window is afterwards as it was.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const before = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await settle(page);
      expect(await brokenPictures(page), `${name} at ${width} px has broken pictures`).toEqual([]);
      const path = join(ARTEFACTS, `${name}-${width}-${scheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      expect(await overflow(page), `${name} at ${width} px is wider than the screen`).toEqual([]);
    }
    await expectAccessible(page, `${name}, ${scheme}`);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Pictures the whole length of a face once, for those who look at the artefacts. */
export async function pictureWhole(page: Page, name: string): Promise<void> {
  await settle(page);
  await page.screenshot({ path: join(ARTEFACTS, `${name}-whole.png`), fullPage: true });
}

/** The page has no violation that axe can find, in the size and colours it is shown in. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
  expect(found, `axe on ${name}`).toEqual([]);
}

/** Waits for pictures and type, so that two runs look the same. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

/** What the pictures that cannot be shown would have been. */
function brokenPictures(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.alt),
  );
}

/** The elements that stick out at the right, where the page can be scrolled sideways. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 160));
  });
}
