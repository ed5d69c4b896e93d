import { extname } from 'node:path';
import type { Family } from '@keepsake/configurator';

import type { Model } from '@keepsake/configurator/explore';
import { formatOf, readModel, writeUvl } from '@keepsake/configurator/formats';
import { parseFamily } from '@keepsake/configurator/yaml';
import { withPrices } from './family-prices.ts';
import { questionsOfFamily } from './family-questions.ts';
import { InputError, readText } from './input.ts';
import { namesOfModel, optionsOfModel, questionsOfModel } from './model-questions.ts';
import { readPrices } from './prices.ts';
import type { Questions } from './questions.ts';

/**
 * Opens a model of any format, and its prices. Throws `InputError` with file, line and column of
 * every fault.
 */
export function openModel(file: string, pricesFile?: string): Questions {
  const text = readText(file);
  if (isFamily(file, text)) return openFamily(readFamily(file, text), pricesFile);
  const model = readForeign(file, text);
  const names = namesOfModel(model);
  const prices = pricesFile && readPrices(pricesFile, names, optionsOfModel(model));
  const hasFeatures = formatOf(text, file) !== 'table-json';
  return questionsOfModel(model, { prices: prices || undefined, hasFeatures });
}

function readForeign(file: string, text: string): Model {
  const read = readModel(text, { name: file });
  if (read.kind === 'ok') return read.value;
  throw faultsOf(file, read.error);
}

/**
 * A model of a foreign format in the Universal Variability Language. Throws `InputError` where it
 * cannot be read, for families, and where a rule has no words in that language.
 */
export function convertToUvl(file: string): string {
  const text = readText(file);
  if (isFamily(file, text)) {
    throw new InputError(`${file}: a family is more than features, and is not converted`);
  }
  const written = writeUvl(readForeign(file, text));
  if (written.kind === 'ok') return written.value;
  const rules = written.error.map((rule) => `${file}: cannot be said in UVL: ${rule}`);
  throw new InputError(rules.join('\n'));
}

/** A family has prices; those of a file take the place of all of them. */
function openFamily(family: Family, pricesFile: string | undefined): Questions {
  const own = questionsOfFamily(family, 10 ** family.minorDigits);
  if (pricesFile === undefined) return own;
  const prices = readPrices(pricesFile, own.names, own.optionAt);
  return questionsOfFamily(withPrices(family, prices, own), prices.perUnit);
}

function isFamily(file: string, text: string): boolean {
  return ['.yaml', '.yml'].includes(extname(file).toLowerCase()) || /^keepsake:/m.test(text);
}

function readFamily(file: string, text: string): Family {
  const parsed = parseFamily(text);
  if (parsed.kind === 'ok') return parsed.value;
  throw faultsOf(file, parsed.error);
}

interface Issue {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

function faultsOf(file: string, issues: readonly Issue[]): InputError {
  const lines = issues.map(({ line, column, message, hint }) => {
    const advice = hint === undefined ? '' : ` (${hint})`;
    return `${file}:${line}:${column} ${message}${advice}`;
  });
  return new InputError(lines.join('\n'));
}
