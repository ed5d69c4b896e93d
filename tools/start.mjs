/**
 * `npm start`: from a fresh clone to a listening server. Installs, builds and prepares only what is
 * missing or stale, so that a second start goes straight to the server.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asServer, checkNode, fromSource, installIfNeeded, root, run } from './install.mjs';
import { buildServerIfNeeded, serverBundle } from './server-build.mjs';
import { buildWebIfNeeded } from './web-build.mjs';

checkNode();
await installIfNeeded();
const built = await Promise.all([buildWebIfNeeded(), buildServerIfNeeded(), prepareDatabase()]);
if (built.includes(false)) {
  console.error('Not everything could be built; the messages above say why.');
  process.exit(1);
}
startServer();

/** The first database takes some seconds to make: time in which the web app is built. */
async function prepareDatabase() {
  const folder = join(process.env.KEEPSAKE_CACHE ?? join(root, '.cache'), 'template');
  const isThere = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.tar'));
  if (isThere || process.env.DATABASE_URL) return true;
  console.log('Preparing the database (once) …');
  const prepare = [...fromSource, 'apps/server/src/prepare-template.ts'];
  return (await run(process.execPath, prepare)) === 0;
}

/** Runs the server as a child, which hears every signal that is sent to this process. */
function startServer() {
  const env = { LOG_LEVEL: 'warn', ...process.env };
  const server = spawn(process.execPath, [...asServer, '--enable-source-maps', serverBundle], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends its Ctrl-C to the child itself; the second signal would end it in haste.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
    });
  }
  if (process.env.npm_lifecycle_event !== undefined) endWithNpm(() => server.kill('SIGTERM'));
  server.once('exit', (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 1);
  });
}

/** A signal to npm ends npm and its shell, and never comes here: their end is the signal. */
function endWithNpm(end) {
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    end();
  }, 250);
}
