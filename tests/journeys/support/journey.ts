/** A journey: a person or several, each in a browser window of their own, against one server. */
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { BROWSER_FLAGS } from './browser.ts';
import { ARTEFACTS } from './server.ts';

const ground = inject('ground');

/** How somebody's window is. */
export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: 'en-GB' | 'de-DE';
  readonly touch?: boolean;
}

/** What a story can do. */
export interface Stage {
  /** The address of the server, without a slash at its end. */
  readonly url: string;
  /** The password of all demo staff. */
  readonly password: string;
  /** What an operator proves to be one with. */
  readonly operatorToken: string;
  /** Opens a window that shares nothing with the others: another person, or another device. */
  arrive(options?: WindowOptions): Promise<Page>;
}

let browser: Browser | undefined;

beforeAll(async () => {
  if (ground.browser.kind === 'missing') return;
  browser = await chromium.launch({
    executablePath: ground.browser.executable,
    args: [...BROWSER_FLAGS],
    env: { ...process.env, ...ground.browser.environment },
  });
});

afterAll(async () => {
  await browser?.close();
});

/** How long a page may take for one thing before a journey gives up on it. */
const PATIENCE_MS = 20_000;

/**
 * Declares a journey. It fails where the story does, and where any page throws or the server
 * answers 500; then pictures of all windows are among the artefacts.
 */
export function journey(name: string, story: (stage: Stage) => Promise<void>): void {
  if (ground.browser.kind === 'missing') {
    test.skip(`${name} (${ground.browser.why})`, () => undefined);
    return;
  }
  test(name, async () => {
    if (browser === undefined) throw new Error('the browser did not start');
    const windows: BrowserContext[] = [];
    const faults: string[] = [];
    try {
      await story({
        url: ground.url,
        password: ground.password,
        operatorToken: ground.operatorToken,
        arrive: (options = {}) => openWindow({ windows, faults, options }),
      });
      if (faults.length > 0) throw new Error(`pages went wrong:\n${faults.join('\n')}`);
    } catch (error) {
      await photograph(windows, name);
      for (const fault of faults) console.error(fault);
      throw error;
    } finally {
      for (const window of windows) await window.close();
    }
  });
}

interface Opening {
  readonly windows: BrowserContext[];
  readonly faults: string[];
  readonly options: WindowOptions;
}

async function openWindow({ windows, faults, options }: Opening): Promise<Page> {
  if (browser === undefined) throw new Error('the browser did not start');
  const window = await browser.newContext({
    baseURL: ground.url,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    locale: options.locale ?? 'en-GB',
    hasTouch: options.touch ?? false,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    acceptDownloads: true,
  });
  windows.push(window);
  window.setDefaultTimeout(PATIENCE_MS);
  window.on('page', (page) => watch(page, faults));
  return window.newPage();
}

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()} threw ${error.stack ?? error}`));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} answered ${response.status()}`);
  });
  page.on('console', (message) => {
    // A refusal that a page shows in its own words is also printed by the browser.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) {
      faults.push(`${page.url()} printed ${message.text()}`);
    }
  });
}

async function photograph(windows: readonly BrowserContext[], name: string): Promise<void> {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
  const pages = windows.flatMap((window) => window.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(ARTEFACTS, 'failures', `${slug}-${index + 1}.png`);
    await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
  }
}
