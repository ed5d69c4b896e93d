import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import {
  type Choice,
  checkModel,
  compileSpace,
  type ModelFindings,
  type Space,
} from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import type { Command } from 'commander';

/** What the check of one file found, as lines to print. */
export interface ModelReport {
  readonly lines: readonly string[];
  /** False where the family could not be published as it is. */
  readonly isGood: boolean;
}

/** `keepsake model check FILE …`: what is wrong with a product family, and what only solving shows. */
export function addModel(program: Command): void {
  program
    .command('model')
    .description('work on product families')
    .command('check')
    .description('check family files: form, contradictions, values that no design can have')
    .argument('<file...>', 'for example examples/families/bicycle/family.yaml')
    .action((files: readonly string[]) => {
      for (const file of files) {
        const { lines, isGood } = reportOnFile(file);
        for (const line of lines) console.log(line);
        if (!isGood) process.exitCode = 1;
      }
    });
}

/** A file that cannot be read is told like any other fault, and the next one is looked at. */
function reportOnFile(file: string): ModelReport {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { lines: [`${file}: cannot be read: ${why}`], isGood: false };
  }
  if (!isUtf8(bytes)) return { lines: [`${file}: is not UTF-8 text`], isGood: false };
  return reportOnModel(file, bytes.toString('utf8'));
}

/** Checks the text of a family; `file` is how the lines call it. */
export function reportOnModel(file: string, text: string): ModelReport {
  const parsed = parseFamily(text);
  if (parsed.kind === 'refused') {
    const lines = parsed.error.map(({ line, column, message, hint }) => {
      const advice = hint === undefined ? '' : ` (${hint})`;
      return `${file}:${line}:${column} ${message}${advice}`;
    });
    return { lines, isGood: false };
  }
  const space = compileSpace(parsed.value);
  const findings = checkModel(space);
  const lines = describe(space, findings).map((line) => `${file}: ${line}`);
  const isGood = findings.contradictions.length === 0 && findings.dead.length === 0;
  return { lines: lines.length === 0 ? [`${file}: nothing wrong`] : lines, isGood };
}

function describe({ family }: Space, findings: ModelFindings): readonly string[] {
  const ofRule = (id: string): string => {
    const rule = [...family.rules, ...family.tables].find((each) => each.id === id);
    return rule === undefined ? id : `${id} (${rule.text.en})`;
  };
  const ofChoice = ({ attribute, value }: Choice): string => `${attribute} = ${value}`;
  return [
    ...findings.contradictions.map(
      ({ rules }) =>
        `contradiction: no design obeys these together: ${rules.map(({ id }) => ofRule(id)).join('; ')}`,
    ),
    ...findings.dead.map((choice) => `dead value: no design can have ${ofChoice(choice)}`),
    ...findings.forced.map((choice) => `note: every design has ${ofChoice(choice)}`),
    ...findings.idle.map(({ id }) => `note: this rule excludes nothing: ${ofRule(id)}`),
    ...(findings.isComplete ? [] : ['note: the budget ran out; more may be wrong']),
  ];
}
