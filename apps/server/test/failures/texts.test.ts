import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRows, type FailuresWorld, openFailuresWorld, problemOf } from './failures-world.ts';

let world: FailuresWorld;
beforeAll(async () => {
  world = await openFailuresWorld();
});
afterAll(() => world.server.close());

interface Card {
  readonly order: string;
  readonly operation: string;
  readonly instruction: { readonly en: string; readonly de: string } | null;
  readonly texts: readonly { readonly attribute: string; readonly text: string }[];
  readonly picture: string;
}

async function cardsOf(order: { readonly id: string }): Promise<readonly Card[]> {
  const { owner: cookie } = world;
  const board = await world.expect(200, 'sites/main/board', { cookie });
  return board.cards.filter((card: Card) => card.order === order.id);
}

const REFUSED: Readonly<Record<string, readonly [text: string, reason: string]>> = {
  'a bell': ['a\u0007b', 'character'],
  'a NUL': ['a\u0000b', 'character'],
  'a line end': ['a\nb', 'character'],
  'an override of direction': ['\u202eevil', 'character'],
  'an isolate of direction': ['\u2066evil\u2069', 'character'],
  'a mark of direction': ['a\u200fb', 'character'],
  'a space of no width': ['a\u200bb', 'character'],
  'a joiner between letters': ['a\u200db', 'character'],
  'a byte order mark within': ['a\ufeffb', 'character'],
  'half a character': ['a\ud800b', 'character'],
  'private use': ['\ue000', 'character'],
  'a pile of marks': [`e${'\u0301'.repeat(40)}`, 'character'],
  'one letter too many': ['x'.repeat(25), 'too-long'],
  'one family too many': ['👨‍👩‍👧‍👦'.repeat(25), 'too-long'],
};

describe('an engraving that cannot be read as written is refused, and nothing is kept', () => {
  test.each(Object.entries(REFUSED))('%s', async (_, [text, reason]) => {
    const before = await countRows(world.server, 'designs');
    const body = { decisions: [], texts: { engraving: text } };
    for (const verb of ['designs', 'quote']) {
      const answer = await world.ask(`families/frame/${verb}`, { body });
      expect(problemOf(answer)).toBe('design/text-refused');
      expect(answer.body).toMatchObject({ attribute: 'engraving', reason });
    }
    expect(await countRows(world.server, 'designs')).toEqual(before);
  });

  test('one of many thousand letters does not get so far', async () => {
    const body = { decisions: [], texts: { engraving: 'x'.repeat(100_000) } };
    const answer = await world.ask('families/frame/designs', { body });
    expect([problemOf(answer), answer.body.issues[0].path]).toEqual([
      'request/invalid',
      'texts.engraving',
    ]);
  });

  test('one for something that is no text names it', async () => {
    for (const attribute of ['colour', 'nothing', 'constructor']) {
      const body = { decisions: [], texts: { [attribute]: 'x' } };
      const answer = await world.ask('families/frame/designs', { body });
      expect(problemOf(answer)).toMatch(/^design\/(text-refused|unknown-attribute)$/);
      expect(answer.body.attribute).toBe(attribute);
    }
  });
});

const TAKEN = [
  '北斗 — 7',
  '👨‍👩‍👧‍👦 🏳️‍🌈 👋🏽',
  'שלום עולם',
  'مرحبا بالعالم',
  'می‌خواهم',
  'Ångström & Söhne',
  "'); drop table orders;--",
  '</text><script>x</script>'.slice(0, 24),
  '"><img src=x onerror=1>',
  '{greeting}{colour}',
  '{{engraving}} #{colour}',
  "$& $1 $` $'",
  '%s %d \\u0000 \\n',
  '<!--#exec cmd="ls" -->',
  '=HYPERLINK("http://x")',
];

describe('an engraving stays what it is, from the order to the bench', () => {
  test.each(TAKEN)('%s', async (text) => {
    const texts = { engraving: text, greeting: 'for nobody else' };
    const { owner, customer } = world;
    const order = await world.order({ texts });
    expect(order.texts).toEqual(texts);
    const read = await world.expect(200, `orders/${order.id}`, { cookie: customer });
    expect(read.texts).toEqual(texts);

    const cards = await cardsOf(order);
    const engrave = cards.find((card) => card.operation === 'engrave');
    expect(engrave?.instruction).toEqual({
      en: `Engrave “${text}” on Red`,
      de: `„${text}“ auf Red`,
    });
    expect(engrave?.texts).toContainEqual(expect.objectContaining({ text }));

    // One element of text in one document, whatever is written in it.
    const picture = cards.find((card) => card.picture !== '')?.picture ?? '';
    expect(picture.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0])).toEqual([
      '<svg',
      '<text',
      '</text',
      '</svg',
    ]);

    const path = `/api/c/framers/orders/${order.id}/invoice.pdf`;
    const invoice = await world.ask(path, { cookie: owner });
    expect(invoice.status).toBe(200);
    expect(String(invoice.body).startsWith('%PDF')).toBe(true);
    await world.expect(200, `orders/${order.id}/cancel`, { cookie: customer, body: {} });
  });
});

describe('a name stays what it is, in lists and in mails', () => {
  const NAMES = ['{link} {number}', '<b>O’Neil</b> & "Söhne"', "Robert'); drop table orders;--"];
  test.each(NAMES)('%s', async (name) => {
    const { owner: cookie } = world;
    const email = `guest${NAMES.indexOf(name)}@example.com`;
    const guest = await world.expect(201, 'guests', { cookie, body: { name, email } });
    expect(guest.name).toBe(name);
    const more = { guest: guest.id };
    const prepared = await world.prepare();
    const order = await world.expect(201, 'orders', { cookie, body: { ...prepared, ...more } });
    const mailbox = await world.expect(200, `/api/mailbox?to=${email}`);
    expect(mailbox.items[0].subject).toBe(`Your order ${order.number}`);
    expect(mailbox.items[0].text.startsWith(`${name},\n\n`)).toBe(true);
    const address = { name, line1: name, postcode: '1', city: name, country: 'DE' };
    const posted = await world.prepare({ more: { delivery: 'post', country: 'DE' } });
    const { country: _, ...body } = { country: '', ...posted };
    const sent = await world.expect(201, 'orders', { cookie, body: { ...body, ...more, address } });
    expect(sent.address).toEqual(address);
    const invoice = await world.ask(`orders/${sent.id}/invoice.pdf`, { cookie });
    expect(invoice.status).toBe(200);
  });

  test('an address cannot smuggle a line into the head of a mail', async () => {
    for (const email of [
      'a@example.com\r\nBcc: b@example.com',
      'a@example.com\n',
      'a@b.c,d@e.fr',
    ]) {
      const answer = await world.ask('sign-in', { body: { email } });
      expect([problemOf(answer), answer.body.issues[0].path]).toEqual(['request/invalid', 'email']);
    }
    expect(JSON.stringify(await world.expect(200, '/api/mailbox'))).not.toContain('Bcc');
  });
});
