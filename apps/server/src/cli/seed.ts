import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { askOperator } from './ask-operator.ts';

/** `keepsake seed`: the demo companies, where they are not there yet. */
export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('add the demo companies; those that exist are left alone')
    .action(async () => {
      const reply = await askOperator({ path: '/api/operator/seed', body: {} });
      const { companies } = reply as { readonly companies: readonly string[] };
      if (companies.length === 0) {
        console.log('The demo companies are all there already.');
        return;
      }
      console.log(`Added ${companies.join(', ')}.`);
      console.log(`How to sign in is in ${join(readConfig().home, 'demo-sign-in.txt')}`);
    });
}
