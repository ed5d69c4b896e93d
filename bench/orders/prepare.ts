import { compileSpace, prepareSpace } from '@keepsake/configurator';
import { seededRandom } from '@keepsake/kernel';
import { familyText, readFamily } from '../support/families.ts';
import { choicesOf, walk } from '../support/walk.ts';
import type { Client } from './clients.ts';

/** Who is ordered from, what, and how it comes: collected, so that no address is needed. */
const SHOPS = [
  { company: 'harbour-roasters', family: 'coffee', delivery: 'quay' },
  { company: 'polaris-cycles', family: 'bicycle', delivery: 'workshop' },
];

const DESIGNS_EACH = 4;
const CHOICES_EACH = 6;

/** Signs customers in by their mails, half of them at each shop, and saves their designs. */
export async function prepareClients(url: string, count: number): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (const [at, shop] of SHOPS.entries()) {
    const space = compileSpace(readFamily(familyText(shop.family)));
    prepareSpace(space);
    const dice = seededRandom(17 + at);
    for (let i = at; i < count; i += SHOPS.length) {
      const cookie = await signIn(url, shop.company, `client-${i}@bench.example`);
      const designs: Client['designs'][number][] = [];
      for (let k = 0; k < DESIGNS_EACH; k++) {
        const decisions = choicesOf(walk(space, dice, CHOICES_EACH));
        const path = `/api/c/${shop.company}/families/${shop.family}/designs`;
        const { body } = await call(url + path, { body: { decisions }, cookie });
        const { id, version } = body;
        designs.push({ id: String(id), version: Number(version), decisions });
      }
      clients.push({ ...shop, cookie, designs });
    }
  }
  return clients;
}

/** Follows the link in the mail; answers the cookie. */
async function signIn(url: string, company: string, email: string): Promise<string> {
  await call(`${url}/api/c/${company}/sign-in`, { body: { email } });
  const { body } = await call(`${url}/api/mailbox?to=${encodeURIComponent(email)}`);
  const token = /[?&]token=([\w-]+)/.exec(JSON.stringify(body))?.[1];
  const redeemed = await call(`${url}/api/c/${company}/sign-in/redeem`, { body: { token } });
  return redeemed.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function call(
  url: string,
  how: { readonly body?: object; readonly cookie?: string } = {},
): Promise<{ readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(url, {
    ...(how.body === undefined ? {} : { method: 'POST', body: JSON.stringify(how.body) }),
    headers: { 'content-type': 'application/json', cookie: how.cookie ?? '' },
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return { headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}
