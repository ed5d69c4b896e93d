import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { ROOT } from './machine.ts';

/** The text of a family of the examples. */
export function familyText(folder: string): string {
  return readFileSync(join(ROOT, 'examples', 'families', folder, 'family.yaml'), 'utf8');
}

/** Reads a family that has no faults. */
export function readFamily(text: string): Family {
  const parsed = parseFamily(text);
  if (parsed.kind === 'ok') return parsed.value;
  throw new Error(parsed.error.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
}
