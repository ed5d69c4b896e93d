import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, type Source } from './sources.ts';

/** The rule ids that a SPEC defines: lines that begin with `**CFG-1**`, `- CFG-1` or `### CFG-1`. */
export function definedRules(spec: string): readonly string[] {
  const matches = spec.matchAll(/^(?:[-*] |#+ |\| )?(?:\*\*|`)?([A-Z]{3}-\d+)\b/gm);
  return [...new Set([...matches].map((match) => match[1] ?? ''))];
}

/** The rule ids that tests cite in their names. */
export function citedRules(sources: readonly Source[]): readonly string[] {
  const names = sources.flatMap(({ text }) => [...text.matchAll(/['"`]((?:[A-Z]{3}-\d+[ ,]+)+)/g)]);
  const cited = names.flatMap((name) => [...(name[1] ?? '').matchAll(/[A-Z]{3}-\d+/g)]);
  return [...new Set(cited.map((id) => id[0]))];
}

/** Relative links of documents that lead nowhere. */
export function deadLinks(documents: readonly Source[]): readonly string[] {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap((match) => {
      const link = match[1] ?? '';
      if (/^[a-z]+:/.test(link)) return [];
      return existsSync(join(ROOT, dirname(path), link)) ? [] : [`${path} → ${link}`];
    }),
  );
}

/** Documents that do not have exactly one title. */
export function untitledDocuments(documents: readonly Source[]): readonly string[] {
  return documents.flatMap(({ path, text }) => {
    const prose = text.replace(/```[\s\S]*?```/g, '');
    const titles = prose.split('\n').filter((line) => /^# \S/.test(line)).length;
    return titles === 1 ? [] : [`${path} has ${titles} titles`];
  });
}
