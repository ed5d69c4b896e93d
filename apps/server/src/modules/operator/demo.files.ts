import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { type Ontology, parseOntology } from '@keepsake/memory';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkoutFolder } from '../../platform/paths.ts';
import { DemoCompany } from './demo.document.ts';

/** Where the demo data is in a checkout. */
export const examplesFolder: string = join(checkoutFolder, 'examples');

/** Thrown when a file of the examples cannot be used; the message names it and says why. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly code = 'demo/invalid';
}

/** A product family of the examples: its text as it is published, and its pictures. */
export interface DemoFamily {
  readonly id: string;
  readonly model: Family;
  readonly yaml: string;
  readonly layers: Readonly<Record<string, string>>;
}

/** Everything that is seeded, read and checked. */
export interface DemoData {
  readonly ontology: Ontology;
  readonly companies: readonly {
    readonly document: DemoCompany;
    readonly families: readonly DemoFamily[];
  }[];
}

/** Reads and checks the examples' folder. Throws `DemoError`. */
export function readDemo(folder: string): DemoData {
  const names = readdirSync(join(folder, 'companies')).filter((name) => name.endsWith('.yaml'));
  const families = new Map<string, DemoFamily>();
  const companies = names.sort().map((name) => {
    const document = readCompany(join(folder, 'companies', name));
    return {
      document,
      families: document.families.map(({ family, folder: place }) => {
        const known = families.get(place) ?? readFamily(join(folder, 'families', place), family);
        families.set(place, known);
        return known;
      }),
    };
  });
  return { ontology: readOntology(join(folder, 'ontology.yaml')), companies };
}

/** The data of a YAML file. Throws `DemoError`. */
export function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DemoError(`${file} cannot be read.`, { cause: error });
  }
}

function readCompany(file: string): DemoCompany {
  const parsed = DemoCompany.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  throw new DemoError(`${file} does not fit:\n${z.prettifyError(parsed.error)}`);
}

function readOntology(file: string): Ontology {
  const parsed = parseOntology(readYaml(file));
  if (parsed.kind === 'ok') return parsed.value;
  const lines = parsed.error.map((issue) => `${issue.path} ${issue.code} ${issue.detail}`);
  throw new DemoError(`${file} does not fit:\n${lines.join('\n')}`);
}

function readFamily(folder: string, id: string): DemoFamily {
  const file = join(folder, 'family.yaml');
  const yaml = readFileSync(file, 'utf8');
  const parsed = parseFamily(yaml);
  if (parsed.kind === 'refused') {
    const lines = parsed.error.map((each) => `${file}:${each.line}:${each.column} ${each.message}`);
    throw new DemoError(lines.join('\n'));
  }
  return { id, model: parsed.value, yaml, layers: readLayers(join(folder, 'pictures')) };
}

function readLayers(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.svg'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
