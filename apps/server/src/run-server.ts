import { isForPerson } from './for-person.ts';
import type { Seeded } from './modules/operator/index.ts';
import { type Config, readConfig } from './platform/config.ts';
import { type StartedServer, startServer } from './server.ts';

function explain(error: unknown): string {
  if (isForPerson(error)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}: another program listens there. Stop it, or set PORT to another port.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * The server process: settings in, a listening server out, a clean end on a signal. Where it cannot
 * start, it says why and ends with code 1.
 */
export async function runServer(): Promise<void> {
  try {
    await listen(readConfig());
  } catch (error) {
    console.error(`\nKeepsake could not start.\n${explain(error)}\n`);
    process.exit(1);
  }
}

async function listen(config: Config): Promise<void> {
  const server = await startServer(config);
  const background: Background = { end: async () => {} };
  endOnSignal(server, background);
  process.on('uncaughtException', (error) => {
    server.deps.log.fatal({ error }, 'the server stops: an error reached no one');
    process.exit(1);
  });
  const { companies, signIn } = await seedFirst(server);
  if (signIn !== undefined) console.log(`\n${signIn}`);
  console.log(`\nKeepsake is ready at ${server.url}`);
  console.log(`  stored in ${config.database.kind === 'embedded' ? config.home : 'PostgreSQL'}\n`);
  background.end = await addHistory(server, companies);
}

/** What goes on beside the requests. */
interface Background {
  /** Ends it where it is; it goes on after the next start. */
  end: () => Promise<void>;
}

/** Gives a new installation something to show; answers how its demo staff sign in, this once. */
async function seedFirst({ deps }: StartedServer): Promise<Seeded> {
  if (!deps.config.hasDemo) return { companies: [], signIn: undefined };
  const { createPasswords } = await import('./modules/staff/index.ts');
  const { demoSignInFile, seedWhenEmpty } = await import('./modules/operator/index.ts');
  const seeded = await seedWhenEmpty(deps, createPasswords(1));
  const file = demoSignInFile(deps.config.home);
  return { ...seeded, signIn: seeded.signIn && `${seeded.signIn}\nThis is also in ${file}` };
}

/**
 * Lets the demo companies have customers of earlier years, in the background: companies that are new,
 * and those whose history was broken off. Answers how to end it.
 */
async function addHistory(
  { deps }: StartedServer,
  companies: readonly string[],
): Promise<Background['end']> {
  if (!deps.config.hasDemoHistory) return async () => {};
  const { followDemoHistory, resumeDemoHistory, seedDemoHistory } = await import(
    './modules/operator/index.ts'
  );
  let isStopping = false;
  const options = { isStopping: () => isStopping };
  const seeding =
    companies.length > 0
      ? seedDemoHistory(deps, { ...options, companies })
      : resumeDemoHistory(deps, options);
  const done = seeding
    .then(async (seeded) => {
      if (seeded.companies.length > 0 && !seeded.isStopped) {
        console.log("The demo companies' history is there.");
      }
      await followDemoHistory(deps, options);
    })
    .catch((error: unknown) => {
      deps.log.warn({ error }, 'the demo history is not all there; it goes on at the next start');
    });
  return async () => {
    isStopping = true;
    await done;
  };
}

/** The first signal lets requests finish; the second one does not wait for them. */
function endOnSignal(server: StartedServer, background: Background): void {
  let isEnding = false;
  const end = (signal: NodeJS.Signals): void => {
    if (isEnding) process.exit(130);
    isEnding = true;
    server.deps.log.info({ signal }, 'the server stops');
    const ended = background.end().then(() => server.close());
    ended.then(
      () => process.exit(0),
      (error: unknown) => {
        server.deps.log.error({ error }, 'the server did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
