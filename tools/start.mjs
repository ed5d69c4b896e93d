/**
 * `npm start`: from a fresh clone to a listening server. Installs, builds and prepares only what is
 * missing or stale, so that a second start goes straight to the server.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, fromSource, installIfNeeded, root, run } from './install.mjs';
import { buildWebIfNeeded } from './web-build.mjs';

checkNode();
await installIfNeeded();
const [web] = await Promise.all([buildWebIfNeeded(), prepareDatabase()]);
if (web === 'failed') {
  console.error('The web app could not be built; the messages above say why.');
  process.exit(1);
}
startServer();

/** The first database takes some seconds to make: time in which the web app is built. */
async function prepareDatabase() {
  const folder = join(process.env['KEEPSAKE_CACHE'] ?? join(root, '.cache'), 'template');
  const isThere = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.tar'));
  if (isThere || process.env['DATABASE_URL']) return;
  console.log('Preparing the database (once) …');
  await run(process.execPath, [...fromSource, 'apps/server/src/prepare-template.ts']);
}

/** Runs the server as a child, which hears every signal that is sent to this process. */
function startServer() {
  const env = { LOG_LEVEL: 'warn', ...process.env };
  const server = spawn(process.execPath, [...fromSource, 'apps/server/src/main.ts'], {
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
  server.once('exit', (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 1);
  });
}
