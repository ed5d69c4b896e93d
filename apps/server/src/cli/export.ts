import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { askOperator } from './ask-operator.ts';

/** `keepsake export COMPANY EMAIL`: everything remembered of one person, as JSON-LD. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write everything remembered of one person as JSON-LD')
    .argument('<company>', 'the id of the company, as in its addresses')
    .argument('<email>', 'the e-mail address of the person')
    .option('-o, --output <file>', 'write to a file that only you can read, not to the terminal')
    .action(async (company: string, email: string, flags: { readonly output?: string }) => {
      const body = { company, email };
      const document = await askOperator({ path: '/api/operator/export', body });
      const text = `${JSON.stringify(document, null, 2)}\n`;
      if (flags.output === undefined) process.stdout.write(text);
      else await writeFile(flags.output, text, { mode: 0o600 });
    });
}
