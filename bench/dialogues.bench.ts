/** How often a service asks again for what it was told, with memory asked first. */
import { dialogueFiles } from '@keepsake/memory/testing';
import { countDialogues } from './dialogues/counts.ts';
import { bench } from './support/bench.ts';

await bench('dialogues', async (options) => {
  const files = dialogueFiles();
  if (files === undefined) return { tables: [], skipped: 'no benchmark data' };
  return { tables: [countDialogues(files, options)] };
});
