import type { Source } from './sources.ts';

/** A rule over the text of one file: the pattern that is banned, where, and what to do instead. */
interface Ban {
  readonly where: RegExp;
  readonly except?: RegExp;
  readonly what: RegExp;
  readonly instead: string;
}

const ENGINE = /^packages\/(kernel|configurator|memory|production)\/src\/(?!.*\.test\.ts$)/;

const BANS: readonly Ban[] = [
  {
    where: ENGINE,
    what: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bcrypto\./,
    instead: 'take an instant or a Random as an argument',
  },
  {
    where: /^(packages|apps)\/.*\.(ts|tsx|mjs)$/,
    except: /(platform\/config\.ts|\.test\.ts|\/test\/|\/bin\/|vite\.config\.ts)/,
    what: /\bprocess\.env\b/,
    instead: 'read configuration in platform/config.ts alone',
  },
  {
    where: /^apps\/server\/src\/(modules|cli)\/.*\.ts$/,
    except: /\.store\.ts$/,
    what: /\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/,
    instead: 'put SQL into a *.store.ts file',
  },
  {
    where: /^(packages|apps|tests|tools)\/.*\.(ts|tsx|mjs)$/,
    except: /^tests\/architecture/,
    what: /\b(TODO|FIXME|XXX|HACK)\b/,
    instead: 'do it now, or leave it out',
  },
  {
    where: /^(packages|apps|tests|tools)\/.*\.(ts|tsx)$/,
    except: /^tests\/architecture/,
    what: /@ts-(ignore|nocheck)|\bas any\b(?! [a-z])/,
    instead: 'narrow with a type guard or parse',
  },
  {
    where: /^apps\/web\/src\/.*\.tsx$/,
    what: /dangerouslySetInnerHTML/,
    instead: 'render data as text or as an image',
  },
];

/** Every banned text in the files, as sentences with path and line. */
export function bannedTexts(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    BANS.filter((ban) => ban.where.test(path) && !(ban.except?.test(path) ?? false)).flatMap(
      (ban) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            ban.what.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line)
              ? [`${path}:${index + 1} ${line.trim()} — ${ban.instead}`]
              : [],
          ),
    ),
  );
}

/** Files over their limit of lines: 400, tests 600. Data and generated files do not count. */
export function longFiles(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    if (!/\.(ts|tsx|mjs)$/.test(path) || /\.data\.ts$/.test(path)) return [];
    const limit = /(\.test\.ts|\/test\/|^tests\/)/.test(path) ? 600 : 400;
    const lines = text.split('\n').length;
    return lines > limit ? [`${path} has ${lines} lines, over ${limit}`] : [];
  });
}

const ATTIC = /(^|\/)(utils?|helpers?|common|misc|types|manager)\.(ts|tsx|mjs)$/;

/** Files whose name says nothing. */
export function atticFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => ATTIC.test(path));
}

/** Suppressions without a reason, and how many there are in all. */
export function suppressions(sources: readonly Source[]): {
  readonly count: number;
  readonly unexplained: readonly string[];
} {
  const lines = sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        line.includes('biome-ignore') ? [{ at: `${path}:${index + 1}`, line }] : [],
      ),
  );
  const unexplained = lines.filter(({ line }) => !/biome-ignore[^:]*: \S.{8,}/.test(line));
  return { count: lines.length, unexplained: unexplained.map(({ at }) => at) };
}
