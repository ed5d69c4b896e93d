/**
 * `npm run bench`: measures this machine and records what it found in `bench/results`. Every bench
 * is a program of its own, so that none warms another's caches; one that fails does not stop the rest.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asServer, checkNode, fromSource, installIfNeeded, root, run } from './install.mjs';

const folder = join(root, 'bench');
const SUFFIX = '.bench.ts';
/** These hold a server, which they run as `npm start` does. */
const SERVING = new Set(['base', 'memory', 'orders']);
/** From quick to slow, and what disturbs the machine last. */
const ORDER = [
  'choice',
  'space',
  'dialogues',
  'identity',
  'value',
  'base',
  'start',
  'orders',
  'memory',
  'install',
];

const HELP = `npm run bench                       run every bench: ${ORDER.join(', ')}
npm run bench -- choice orders      run these
npm run bench -- --quick            smaller sizes, rougher figures
npm run bench -- --note "TEXT"      record a remark, such as what else the machine was doing
npm run bench -- --help             this

Results go to bench/results/DATE-MACHINE.json, .md and .svg. Running a bench again on the same day
replaces what it recorded that day. See bench/README.md.`;

const given = process.argv.slice(2);
if (given.includes('--help') || given.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}

const known = readdirSync(folder)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length))
  .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
const { names, flags } = sortOut(given);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}.\n\n${HELP}`);
  process.exit(2);
}

checkNode();
await installIfNeeded();
const failed = [];
for (const name of names.length > 0 ? names : known) {
  const program = join(folder, `${name}${SUFFIX}`);
  const how = SERVING.has(name) ? asServer : [];
  const code = await run(process.execPath, [...how, ...fromSource, program, ...flags]);
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`\nThese benches failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Names of benches, and the flags that every bench is given. */
function sortOut(words) {
  const names = [];
  const flags = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word.startsWith('-')) names.push(word);
    else if (word === '--note') flags.push(word, words[++i] ?? '');
    else flags.push(word);
  }
  return { names, flags };
}
