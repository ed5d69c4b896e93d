import { type Result, refused } from '@keepsake/kernel';
import type { Model } from '../model/model.ts';
import { readDimacs } from './dimacs.ts';
import { readFeatureIde } from './feature-ide/feature-ide.ts';
import type { FormatIssue } from './issue.ts';
import { readTableJson } from './table-json.ts';
import { readUvl } from './uvl/uvl.ts';

/** The formats that are read. */
export type ModelFormat = 'dimacs' | 'uvl' | 'feature-ide' | 'table-json';

/** What is known of a text: the name of its file, or its format for sure. */
export interface ReadOptions {
  readonly name?: string;
  readonly format?: ModelFormat;
}

const EXTENSIONS: Readonly<Record<string, ModelFormat>> = {
  dimacs: 'dimacs',
  cnf: 'dimacs',
  uvl: 'uvl',
  xml: 'feature-ide',
  json: 'table-json',
};

/** Characters at the beginning that tell a format. */
const BEGINNING = 4_096;

/**
 * The format of a text: by the extension of its name, else by how it begins. Undefined where neither
 * tells.
 */
export function formatOf(text: string, name?: string): ModelFormat | undefined {
  const extension = /\.([A-Za-z]{1,10})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  const known = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (known !== undefined) return known;
  const beginning = text.slice(0, BEGINNING).replace(/^\uFEFF?\s*/, '');
  if (beginning.startsWith('<')) return 'feature-ide';
  if (beginning.startsWith('{')) return 'table-json';
  if (/^(?:c(?:[ \t].*)?\r?\n)*(?:c[ \t]|p[ \t]+cnf)/.test(beginning)) return 'dimacs';
  return /^(?:namespace|include|imports|features)\b/m.test(beginning) ? 'uvl' : undefined;
}

function withoutExtension(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[A-Za-z]{1,10}$/, '');
}

/**
 * Reads a model in whatever of the formats it is. A file without a name of its own in it is called
 * like the file. Limits and faults are those of the reader.
 */
export function readModel(
  text: string,
  options: ReadOptions = {},
): Result<Model, readonly FormatIssue[]> {
  const name = options.name === undefined ? 'model' : withoutExtension(options.name);
  switch (options.format ?? formatOf(text, options.name)) {
    case 'dimacs':
      return readDimacs(text, name);
    case 'uvl':
      return readUvl(text, name);
    case 'feature-ide':
      return readFeatureIde(text);
    case 'table-json':
      return readTableJson(text);
    case undefined: {
      const message = 'this is none of the formats that are read';
      const hint = 'UVL, DIMACS, FeatureIDE XML or tables as JSON';
      return refused([{ code: 'format/unknown', line: 1, column: 1, message, hint }]);
    }
  }
}
