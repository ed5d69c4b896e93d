import type { ValueFlags } from '../flags.ts';
/** Not yet. */
export async function writeReport(
  _file: string,
  _flags: ValueFlags,
  _today: number,
): Promise<void> {}
