import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A source file of the checkout: its path from the root, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export const ROOT: string = join(import.meta.dirname, '../..');

/** The files that git tracks or would track, by path from the root. */
export function listFiles(): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const out = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return [...new Set(out.split('\n').filter((line) => line !== ''))].sort();
}

/** Reads those of the files whose path matches. Files deleted but not yet committed are left out. */
export function readSources(pattern: RegExp): readonly Source[] {
  return listFiles()
    .filter((path) => pattern.test(path))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(ROOT, path), 'utf8') }];
      } catch {
        return [];
      }
    });
}

/** An import in a file: what it names, and the path from the root where it is one of ours. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly target: string | undefined;
  readonly isTypeOnly: boolean;
  /** `import(…)`: loaded when it is needed, after the files that name it. */
  readonly isDynamic: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"])|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const PACKAGE_FOLDERS: Readonly<Record<string, string>> = {
  '@keepsake/server': 'apps/server',
  '@keepsake/web': 'apps/web',
};

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  const own = /^(@keepsake\/[a-z]+)/.exec(specifier)?.[1];
  if (own === undefined) return undefined;
  return `${PACKAGE_FOLDERS[own] ?? `packages/${own.slice('@keepsake/'.length)}`}/src/index.ts`;
}

/** Every import and re-export of a file, static or dynamic. */
export function importsOf(source: Source): readonly Import[] {
  const code = source.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].flatMap((match) => {
    const specifier = match[3] ?? match[4];
    if (specifier === undefined) return [];
    return [
      {
        from: source.path,
        specifier,
        target: resolve(source.path, specifier),
        isTypeOnly: match[2] !== undefined,
        isDynamic: match[4] !== undefined,
      },
    ];
  });
}
