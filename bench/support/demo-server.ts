import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemo } from '../../apps/server/src/modules/operator/index.ts';
import { createPasswords } from '../../apps/server/src/modules/staff/index.ts';
import { readConfig } from '../../apps/server/src/platform/config.ts';
import { type StartedServer, startServer } from '../../apps/server/src/server.ts';

/**
 * A server of this process on a free loopback port, with the demo companies, a home in the system's
 * temporary folder, and an embedded database unless the address of another is given. `close`
 * removes the home.
 */
export async function startDemoServer(databaseUrl?: string): Promise<StartedServer> {
  const home = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const clean = (): void => rmSync(home, { recursive: true, force: true });
  process.once('exit', clean);
  const config = readConfig({
    KEEPSAKE_HOME: home,
    KEEPSAKE_DEMO: 'no',
    LOG_LEVEL: 'error',
    PORT: '0',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
  const server = await startServer(config);
  await seedDemo(server.deps, createPasswords(1));
  return {
    ...server,
    close: async () => {
      await server.close();
      clean();
      process.off('exit', clean);
    },
  };
}
