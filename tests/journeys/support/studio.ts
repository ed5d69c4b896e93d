/** What people do in the Studio, and what it shows them. */
import type { Page } from 'playwright-core';

/** A choice as the API takes it. */
export interface Decision {
  readonly attribute: string;
  readonly value: string | number | boolean;
}

/** Opens the Studio and waits until the browser can answer. */
export async function openStudio(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}

/** Waits until the thread of the design has answered everything that was done to it. */
export async function answered(page: Page): Promise<void> {
  const isIdle = () => document.querySelector('div[aria-busy="true"]') === null;
  await page.waitForFunction(isIdle);
}

/** Taps a value; whether it is then chosen is the Studio's matter. */
export async function tap(page: Page, attribute: string, value: string): Promise<void> {
  await optionOf(page, attribute, value).click();
  await answered(page);
}

/** A value's chip or swatch. */
export function optionOf(page: Page, attribute: string, value: string) {
  const radio = page.locator(`input[value="${value}"]`);
  return page.locator(`#attribute-${attribute} label`).filter({ has: radio });
}

/** The radio under a chip. */
export function radioOf(page: Page, attribute: string, value: string) {
  return page.locator(`#attribute-${attribute} input[value="${value}"]`);
}

/** Drags a slider to a number and lets go. */
export async function tell(page: Page, name: string, value: number): Promise<void> {
  const slider = page.getByRole('slider', { name });
  await slider.fill(String(value));
  await slider.press('Tab');
  await answered(page);
}

/** Writes a text such as an engraving. */
export async function write(page: Page, group: string, text: string): Promise<void> {
  const field = page.getByRole('group', { name: group }).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
  await answered(page);
}

/** The price in the foot bar, such as `€2,077.00`. */
export async function shownPrice(page: Page): Promise<string> {
  await answered(page);
  return (await page.locator('div[translate="no"] > p > strong').innerText()).trim();
}

/** Waits until the page's design is saved with a choice, and answers it as the server keeps it. */
export async function savedDesign(page: Page, last: Decision): Promise<SavedDesign> {
  await page.waitForURL((url) => url.searchParams.has('design'));
  const id = new URL(page.url()).searchParams.get('design') ?? '';
  const path = `/api/c/${companyOf(page)}/designs/${id}`;
  for (let tries = 0; tries < SAVE_TRIES; tries += 1) {
    const saved = await ask<Saved>(page, path);
    const found = saved.decisions.find(({ attribute }) => attribute === last.attribute);
    if (found?.value === last.value) return { id, ...saved };
    await page.waitForTimeout(250);
  }
  throw new Error(`the design was not saved with ${last.attribute} = ${last.value}`);
}

/** It saves 0.7 s after the last change. */
const SAVE_TRIES = 40;

interface Saved {
  readonly decisions: readonly Decision[];
  readonly texts: Readonly<Record<string, string>>;
}

/** A design on the server. */
export interface SavedDesign extends Saved {
  readonly id: string;
}

/** An amount as the API says it. */
export interface Amount {
  readonly currency: string;
  readonly minor: string;
}

/** The company of a page's address. */
export function companyOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/**
 * Asks the API as the person of the page; with a body it is a POST. Throws where it is refused. The
 * caller says what the answer is, which the contract's own tests hold it to.
 */
export async function ask<T>(page: Page, path: string, body?: unknown): Promise<T> {
  const { status, text } = await page.evaluate(
    async ({ to, json }) => {
      const headers = { 'content-type': 'application/json' };
      const post: RequestInit = { method: 'POST', headers, body: json };
      const response = await fetch(to, json === '' ? {} : post);
      return { status: response.status, text: await response.text() };
    },
    { to: path, json: body === undefined ? '' : JSON.stringify(body) },
  );
  if (status >= 400) throw new Error(`${path} answered ${status}: ${text}`);
  return JSON.parse(text);
}

/** An amount in euro as the pages write it in English. */
export function euro(minor: string | number): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
  return format.format(Number(minor) / 100);
}
