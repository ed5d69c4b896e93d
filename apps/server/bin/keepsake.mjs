#!/usr/bin/env node
/** Runs the command line from its TypeScript source: there is nothing to build first. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Keepsake needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exit(1);
}

const child = spawn(
  process.execPath,
  [
    // As `npm start` runs it: with room for what requests leave behind.
    '--max-semi-space-size=64',
    '--import',
    pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
    '-C',
    '@keepsake/source',
    fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal sends its Ctrl-C to the child itself.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
