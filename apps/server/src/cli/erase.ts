import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { askOperator } from './ask-operator.ts';

/** `keepsake erase COMPANY EMAIL`: rows deleted, key destroyed. */
export function addErase(program: Command): void {
  program
    .command('erase')
    .description('erase one person: rows deleted, key destroyed; this cannot be undone')
    .argument('<company>', 'the id of the company, as in its addresses')
    .argument('<email>', 'the e-mail address of the person')
    .option('-y, --yes', 'do not ask whether that is meant')
    .action(async (company: string, email: string, flags: { readonly yes?: true }) => {
      if (flags.yes !== true && !(await isMeant(email))) {
        console.log('Nothing was erased.');
        return;
      }
      const body = { company, email };
      const reply = await askOperator({ path: '/api/operator/erase', body });
      const { rows } = reply as { readonly rows: number };
      console.log(`Erased: ${rows} rows deleted, the key destroyed.`);
    });
}

async function isMeant(email: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Erase ${email} for ever? Type the address again: `);
    return answer.trim().toLowerCase() === email.trim().toLowerCase();
  } finally {
    terminal.close();
  }
}
