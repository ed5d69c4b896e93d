import type { Source } from '../architecture/sources.ts';

/** A fenced block of a document: where it stands, what follows the fence, and its text. */
export interface Block {
  readonly path: string;
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

/** The fenced blocks of a document, in order. */
export function blocksOf({ path, text }: Source): readonly Block[] {
  return [...text.matchAll(/^```(\S[^\n]*)?\n([\s\S]*?)^```$/gm)].map((match) => ({
    path,
    line: text.slice(0, match.index).split('\n').length,
    info: match[1] ?? '',
    text: match[2] ?? '',
  }));
}

/** What a snippet says that it prints: the rest of each line behind `// =>`. */
export function promisedOutput(code: string): readonly string[] {
  return [...code.matchAll(/\/\/ => (.*)$/gm)].map((match) => match[1] ?? '');
}

/** The lines of `wanted` that are not found in `printed` in their order. */
export function missingLines(
  wanted: readonly string[],
  printed: readonly string[],
): readonly string[] {
  let from = 0;
  return wanted.filter((line) => {
    const at = printed.indexOf(line, from);
    if (at < 0) return true;
    from = at + 1;
    return false;
  });
}

/** Codes in the text, such as `order/released`, whose noun is one of `nouns`. */
export function codesIn(text: string, nouns: ReadonlySet<string>): readonly string[] {
  const found = [...text.matchAll(/`([a-z]+)\/([a-z]+(?:-[a-z]+)*)`/g)];
  return found.flatMap(([, noun = '', rest = '']) => (nouns.has(noun) ? [`${noun}/${rest}`] : []));
}

/** Commands that a document tells to run, `npx keepsake seed` or `` `keepsake seed` ``. */
export function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:npx |`)keepsake ([a-z]+)/g)].map((match) => match[1] ?? '');
}

/** The commands that a help page lists. */
export function commandsOfHelp(help: string): readonly string[] {
  const list = /^Commands:\n([\s\S]*?)\n\n/m.exec(`${help}\n\n`)?.[1] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== 'help');
}

/** The part of a document under a heading that begins with `start`, up to the next of its level. */
export function sectionOf(text: string, start: string): string {
  const [, after = ''] = text.split(`\n${start}`);
  const level = /^#+/.exec(start)?.[0] ?? '#';
  return after.split(`\n${level} `)[0] ?? '';
}

/** A command that a block shows behind a prompt, and all that it prints. */
export function promptOf(text: string): { readonly command: string; readonly output: string } {
  const [, command = '', output = ''] = /^\$ ([^\n]*)\n([\s\S]*)$/.exec(text) ?? [];
  return { command, output };
}
