/**
 * Rewrites what is derived from the code: the OpenAPI document, the list of problems and the hashes
 * of the migrations. Run it after changing one of them (`npm run reference`); tests find drift.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '@keepsake/contract';
import { openApiDocument } from '../apps/server/src/platform/http/openapi.ts';

const root = join(import.meta.dirname, '..');

function problemsPage(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, advice }]) => `| \`${code}\` | ${status} | ${title} | ${advice} |`,
  );
  return [
    '# Problems',
    '',
    'Every error of the API is a problem as RFC 9457 describes it (`application/problem+json`). Its',
    '`type` is one of these codes; `instance` is the id of the request, to be found in the log.',
    '',
    '| code | status | title | what to do |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function migrationHashes(): string {
  const folder = join(root, 'apps/server/migrations');
  const names = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
  const lines = names.sort().map((name) => {
    const hash = createHash('sha256').update(readFileSync(join(folder, name), 'utf8'));
    return `${hash.digest('hex')}  ${name}`;
  });
  return `${lines.join('\n')}\n`;
}

const write = (path: string, text: string): void => {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
};

write('docs/reference/problems.md', problemsPage());
write('docs/reference/openapi.json', `${JSON.stringify(await openApiDocument(), null, 2)}\n`);
write('apps/server/migrations/HASHES', migrationHashes());
