/** Makes the database template while something else is going on, so that the first start is quick. */
import { readConfig } from './platform/config.ts';
import { readMigrations } from './platform/database/migrations.ts';
import { ensureTemplate } from './platform/database/template.ts';

const { cacheFolder } = readConfig();
await ensureTemplate({ cacheFolder, migrations: readMigrations() });
