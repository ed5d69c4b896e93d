/** A second process for tests: writes rows into the store of a home, and says so after each one. */

import { join } from 'node:path';
import { openDatabase } from '../../src/platform/database/database.ts';
import { checkoutFolder } from '../../src/platform/paths.ts';

const [home = ''] = process.argv.slice(2);
const cacheFolder = join(checkoutFolder, '.cache');
const database = await openDatabase({ source: { kind: 'embedded', home, cacheFolder } });
const wrapped = new Uint8Array(61);
const before = await database.kysely.selectFrom('subject_keys').select('subject').execute();
for (let count = 1; ; count++) {
  await database.kysely
    .insertInto('subject_keys')
    .values({
      company: 'acme',
      subject: String(before.length + count),
      wrapped,
      created_at: new Date(0),
    })
    .execute();
  process.stdout.write(`${count}\n`);
}
