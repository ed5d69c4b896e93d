import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@keepsake/kernel';
import { createTransport } from 'nodemailer';
import type { Deps } from '../../platform/deps.ts';
import { openMail } from './mail.service.ts';
import { deleteMail, type MailRow, postponeMail, takeDueMails } from './mail.store.ts';
import type { Letter } from './mail.ts';

/** Hands one letter to a mail server; throws when that fails. */
export type SendLetter = (letter: Letter, id: string) => Promise<void>;

type DispatchDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'log'>;

const BATCH = 20;
/** Longer than a mail server may take, so that no two processes send the same mail. */
const LEASE_MS = 10 * MINUTE_MS;
const ATTEMPTS_MAX = 12;
const LOOK_EVERY_MS = 2 * SECOND_MS;

/** How long to wait after the given number of attempts that failed: 1, 2, 4 … minutes, at most 6 h. */
export function backoffMs(attempts: number): number {
  return Math.min(MINUTE_MS * 2 ** Math.max(0, attempts - 1), 6 * HOUR_MS);
}

/**
 * Sends what is due and answers how many went out. A mail is sent at least once: a crash between
 * the mail server's answer and our record of it sends it again.
 */
export async function dispatchMails(deps: DispatchDeps, send: SendLetter): Promise<number> {
  const now = deps.clock.now();
  const rows = await takeDueMails(deps.database.kysely, {
    now: new Date(now),
    leaseUntil: new Date(now + LEASE_MS),
    limit: BATCH,
  });
  let sent = 0;
  for (const row of rows) sent += (await dispatchOne(deps, send, row)) ? 1 : 0;
  return sent;
}

async function dispatchOne(deps: DispatchDeps, send: SendLetter, row: MailRow): Promise<boolean> {
  const db = deps.database.kysely;
  const letter = await openMail(db, deps, row);
  if (letter === undefined) {
    await deleteMail(db, row);
    return false;
  }
  try {
    await send(letter, row.id);
  } catch (error) {
    const isLast = row.attempts >= ATTEMPTS_MAX;
    const next_at = new Date(deps.clock.now() + backoffMs(row.attempts));
    await postponeMail(db, { ...row, state: isLast ? 'failed' : 'queued', next_at });
    const level = isLast ? 'error' : 'warn';
    deps.log[level](
      { mail: row.id, kind: row.kind, attempts: row.attempts, ...reasonOf(error) },
      'mail not sent',
    );
    return false;
  }
  await deleteMail(db, row);
  return true;
}

/** A mail server's own words may quote the address, so that only its codes are logged. */
function reasonOf(error: unknown): object {
  const { code, responseCode } = error as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
  };
  return { code, responseCode };
}

/** Sends through an SMTP server. The message id stays the same when a mail is sent again. */
export function smtpSender(url: string): SendLetter {
  const transport = createTransport(url);
  return async (letter, id) => {
    const host = letter.from.address.split('@')[1] ?? 'localhost';
    await transport.sendMail({
      messageId: `<${id}@${host}>`,
      from: letter.from,
      to: { name: '', address: letter.to },
      subject: letter.subjectLine,
      text: letter.text,
      attachments: letter.attachments.map(({ filename, contentType, bytes }) => ({
        filename,
        contentType,
        content: Buffer.from(bytes),
      })),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  };
}

/** Looks for due mails every two seconds until it is stopped; `stop` waits for the one in hand. */
export function startMailDispatcher(
  deps: DispatchDeps,
  send: SendLetter,
): { readonly stop: () => Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      while (!isStopped && (await dispatchMails(deps, send)) === BATCH);
    } catch (error) {
      deps.log.error({ error }, 'mails could not be looked through');
    }
    if (!isStopped) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = look();
    }, LOOK_EVERY_MS);
    timer.unref();
  };
  schedule();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
