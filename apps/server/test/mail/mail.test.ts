import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  dispatchMails,
  eraseMails,
  type Letter,
  queueMail,
  readMailbox,
  smtpSender,
} from '../../src/modules/mail/index.ts';
import { createSubject } from '../../src/modules/memory/index.ts';
import { addTestCompany, openTestServer, type TestServer } from '../support/test-server.ts';

const MINUTE_MS = 60_000;
let server: TestServer;

async function open(environment: Record<string, string> = {}): Promise<void> {
  server = await openTestServer({ environment });
  await addTestCompany(server, 'acme', { mailSender: 'Acme & Sons' });
}
afterEach(() => server.close());

const queue = (subject: string | null, to = 'to@example.com') =>
  server.deps.database.transaction((tx) =>
    queueMail(tx, server.deps, {
      ...{ company: 'acme', subject, to, kind: 'test', subjectLine: 'Grüße', text: 'Hallo\n' },
      attachments: [
        {
          filename: 'a.bin',
          contentType: 'application/octet-stream',
          bytes: Uint8Array.of(0, 255),
        },
      ],
    }),
  );
const newSubject = () =>
  server.deps.database.transaction((tx) => createSubject(tx, server.deps, 'acme'));

describe('the development mailbox', () => {
  beforeEach(() => open());

  test('shows the newest first, and those to one address', async () => {
    await queue(null, 'one@example.com');
    server.clock.advance(1_000);
    await queue(await newSubject(), 'Two@example.com');
    const all = await readMailbox(server.deps, undefined);
    expect(all.map((each) => each.to)).toEqual(['Two@example.com', 'one@example.com']);
    const some = await readMailbox(server.deps, 'two@example.com');
    expect(some).toMatchObject([{ from: 'Acme & Sons <keepsake@localhost>', subject: 'Grüße' }]);
  });

  test('holds nothing of a transaction that was rolled back', async () => {
    const work = server.deps.database.transaction(async (tx) => {
      const mail = { company: 'acme', subject: null, to: 'a@example.com', kind: 'test' };
      await queueMail(tx, server.deps, { ...mail, subjectLine: 'x', text: 'x' });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await readMailbox(server.deps, undefined)).toEqual([]);
  });

  test('loses what concerns somebody who is erased', async () => {
    const subject = await newSubject();
    await queue(subject);
    await queue(null);
    const rows = await server.deps.database.transaction((tx) => eraseMails(tx, 'acme', subject));
    expect(rows).toBe(1);
    expect(await readMailbox(server.deps, undefined)).toHaveLength(1);
  });

  test('shows nothing whose key was destroyed', async () => {
    const subject = await newSubject();
    await queue(subject);
    await server.deps.keys.eraseSubjectKey(server.deps.database.kysely, 'acme', subject);
    expect(await readMailbox(server.deps, undefined)).toEqual([]);
  });
});

describe('with a mail server', () => {
  beforeEach(() => open({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'K <k@shop.example>' }));

  const statesOf = async () =>
    await server.deps.database.kysely
      .selectFrom('mails')
      .select(['state', 'attempts', 'next_at'])
      .execute();

  test('a mail is sent once, as it was written, and then forgotten', async () => {
    await queue(await newSubject());
    const sent: Letter[] = [];
    const send = async (letter: Letter) => {
      sent.push(letter);
    };
    expect(await dispatchMails(server.deps, send)).toBe(1);
    expect(await dispatchMails(server.deps, send)).toBe(0);
    expect(sent).toEqual([
      {
        from: { name: 'Acme & Sons', address: 'k@shop.example' },
        to: 'to@example.com',
        subjectLine: 'Grüße',
        text: 'Hallo\n',
        attachments: [
          {
            filename: 'a.bin',
            contentType: 'application/octet-stream',
            bytes: Uint8Array.of(0, 255),
          },
        ],
      },
    ]);
    expect(await statesOf()).toEqual([]);
  });

  test('one that fails waits longer each time, and is given up after twelve attempts', async () => {
    await queue(null);
    const fail = async () => {
      throw new Error('no');
    };
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt++) {
      await dispatchMails(server.deps, fail);
      const [row] = await statesOf();
      expect(row?.attempts).toBe(attempt);
      const waitMs = (row?.next_at.getTime() ?? 0) - server.clock.now();
      waits.push(waitMs / MINUTE_MS);
      server.clock.advance(waitMs - 1);
      expect(await dispatchMails(server.deps, fail)).toBe(0);
      server.clock.advance(1);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(Math.max(...waits)).toBe(360);
    expect(await statesOf()).toMatchObject([{ state: 'failed' }]);
  });

  test('one that is being sent is not taken by another process', async () => {
    await queue(null);
    let inside = -1;
    await dispatchMails(server.deps, async () => {
      inside = await dispatchMails(server.deps, async () => undefined);
    });
    expect(inside).toBe(0);
  });

  test('one to somebody who was erased meanwhile is dropped', async () => {
    const subject = await newSubject();
    await queue(subject);
    await server.deps.keys.eraseSubjectKey(server.deps.database.kysely, 'acme', subject);
    const never = async () => {
      throw new Error('must not be sent');
    };
    expect(await dispatchMails(server.deps, never)).toBe(0);
    expect(await statesOf()).toEqual([]);
  });

  test('it goes over SMTP with its text and its attachment', async () => {
    await queue(null);
    const { url, received, close } = await listen();
    expect(await dispatchMails(server.deps, smtpSender(url))).toBe(1);
    await close();
    expect(received()).toContain('MAIL FROM:<k@shop.example>');
    expect(received()).toContain('RCPT TO:<to@example.com>');
    expect(received()).toContain('Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=');
    expect(received()).toContain('Auto-Submitted: auto-generated');
    expect(received()).toContain('filename=a.bin');
  });
});

/** The least that a mail server says, and all that it hears. */
async function listen() {
  let heard = '';
  const listening: Server = createServer((socket) => {
    let isData = false;
    const answerTo = (command: string): string | undefined => {
      if (isData && command !== '.') return undefined;
      isData = /^DATA/i.test(command);
      if (isData) return '354 go on';
      return /^QUIT/i.test(command) ? '221 bye' : '250 ok';
    };
    let rest = '';
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      heard += chunk.toString('utf8');
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const answer of lines.map(answerTo)) if (answer) socket.write(`${answer}\r\n`);
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: () => heard,
    close: () => new Promise<void>((resolve) => listening.close(() => resolve())),
  };
}
