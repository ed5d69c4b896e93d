import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { findPostgres } from './apps/server/test/support/postgres-servers.mjs';

const conditions = ['@keepsake/source'];
const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

/** One suite, several backends: the embedded engine and each PostgreSQL that this machine has. */
function databaseProject(name: string): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: ['apps/server/test/**/*.test.ts'],
      globalSetup: ['apps/server/test/support/database.global.ts'],
      // One database for each worker instead of each file: opening one takes a second.
      pool: 'forks',
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
}

export default defineConfig({
  ...source,
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tests/*.test.ts'],
          // Generous: two cores run many property tests at once.
          testTimeout: 120_000,
        },
      },
      databaseProject('db-pglite'),
      ...findPostgres().map((each) => databaseProject(`db-postgres-${each.version}`)),
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/*.test.ts'],
          globalSetup: ['tests/journeys/support/journeys.global.ts'],
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A page shows what is asked of it when it shows it: as patient as Playwright is told to be.
          expect: { poll: { timeout: 20_000, interval: 50 } },
        },
      },
    ],
  },
});
