import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { askOperator } from './ask-operator.ts';

/** `keepsake seed`: the demo companies, where they are not there yet. */
export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('add the demo companies; those that exist are left alone')
    .option('--history', 'with made-up customers of earlier years; takes a minute')
    .action(async (flags: { readonly history?: true }) => {
      const body = flags.history === true ? { history: true } : {};
      const reply = await askOperator({ path: '/api/operator/seed', body });
      // As the contract says.
      const { companies, histories } = reply as Readonly<Record<string, readonly string[]>>;
      tell(companies ?? []);
      if (flags.history !== true) return;
      if (histories === undefined || histories.length === 0) {
        console.log('Their history is all there already.');
      } else console.log(`Made up the history of ${histories.join(', ')}.`);
    });
}

function tell(companies: readonly string[]): void {
  if (companies.length === 0) {
    console.log('The demo companies are all there already.');
    return;
  }
  console.log(`Added ${companies.join(', ')}.`);
  console.log(`How to sign in is in ${join(readConfig().home, 'demo-sign-in.txt')}`);
}
