/** The command line, `npx keepsake …`: each command is a file beside this one. */
import { Command } from 'commander';
import { isForPerson } from '../for-person.ts';
import { addBackup } from './backup.ts';
import { addErase } from './erase.ts';
import { addExport } from './export.ts';
import { addImport } from './history/import.ts';
import { addIdentity } from './identity/identity.ts';
import { addMemory } from './memory/memory.ts';
import { addModel } from './model-check.ts';
import { addOpenApi } from './openapi.ts';
import { OperatorError } from './operator-client.ts';
import { addRestore } from './restore.ts';
import { addSeed } from './seed.ts';
import { InputError } from './space/input.ts';
import { addSpace } from './space/space.ts';
import { addStart } from './start.ts';
import { addValue } from './value/value.ts';

const program = new Command('keepsake')
  .description('Remember each customer, let them design, make lots of one.')
  .addHelpText(
    'after',
    `
Settings come from the environment: KEEPSAKE_HOME (default .keepsake), DATABASE_URL, PORT, HOST,
LOG_LEVEL. Where a server is running on the same home, commands ask it; otherwise they open the
store themselves.`,
  )
  .showHelpAfterError('(keepsake --help shows what there is)');

const commands = [
  addStart,
  addSeed,
  addBackup,
  addRestore,
  addExport,
  addErase,
  addImport,
  addModel,
  addSpace,
  addIdentity,
  addMemory,
  addValue,
  addOpenApi,
];
for (const add of commands) add(program);

try {
  await program.parseAsync();
} catch (error) {
  const isPlain =
    isForPerson(error) || error instanceof OperatorError || error instanceof InputError;
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
