import { type Command, InvalidArgumentError, Option } from 'commander';
import { findDecisions, readDecisions } from './decisions.ts';
import { describeExplanation, explain } from './explain.ts';
import { InputError, writeText } from './input.ts';
import { describeInspection, inspect } from './inspect.ts';
import type { Compiled, Questions } from './questions.ts';
import { describeStep, replay } from './replay.ts';

// Readers and engines are read when they are needed: other commands start without them.
const modelFile = async (): Promise<typeof import('./model-file.ts')> =>
  await import('./model-file.ts');

const SECONDS_DEFAULT = 60;
const SECONDS_MAX = 86_400;

const FILES = `FILE is a model as DIMACS CNF, UVL, FeatureIDE XML, JSON of tables, or a Keepsake family (YAML).
Nothing but the file is needed: no server, no store, no network.`;

interface Flags {
  readonly json?: true;
  readonly seconds: number;
  readonly prices?: string;
}

/** `keepsake space …`: what a model of a product allows, counted, replayed and explained. */
export function addSpace(program: Command): void {
  const space = program
    .command('space')
    .description('look into the solution space of a model')
    .addHelpText('after', `\n${FILES}`);
  addInspect(space);
  addReplay(space);
  addExplain(space);
  addConvert(space);
}

function addInspect(space: Command): void {
  withFlags(space.command('inspect').description('how many designs there are, and what is forced'))
    .addHelpText(
      'after',
      example(
        'keepsake space inspect busybox.dimacs',
        'keepsake space inspect family.yaml --json --seconds 5',
      ),
    )
    .action(async (file: string, flags: Flags) => {
      const questions = (await modelFile()).openModel(file);
      const told = inspect(questions, await compile(questions, file, flags));
      if (flags.json) console.log(JSON.stringify(told));
      else print([...describeInspection(file, told), ...notesOf(questions)]);
    });
}

function addReplay(space: Command): void {
  withFlags(space.command('replay').description('take decisions one by one; what each one leaves'))
    .argument('<decisions>', 'JSON: [["variable", "value"], …]')
    .option('--prices <file>', 'JSON: {"variable": {"value": amount}}')
    .addHelpText(
      'after',
      example(
        'keepsake space replay family.yaml decisions.json',
        'keepsake space replay car.json decisions.json --prices prices.json --json',
      ),
    )
    .action(async (file: string, decisionsFile: string, flags: Flags) => {
      const questions = (await modelFile()).openModel(file, flags.prices);
      const decisions = readDecisions(decisionsFile, questions.names);
      await compile(questions, file, flags);
      for (const told of replay(questions, decisions, () => performance.now())) {
        const decision = decisions[told.step];
        if (flags.json) console.log(JSON.stringify(told));
        else if (decision !== undefined) console.log(describeStep(questions, decision, told));
      }
    });
}

interface ExplainFlags extends Flags {
  readonly decided?: string;
  readonly want: string;
}

function addExplain(space: Command): void {
  withFlags(space.command('explain').description('why a value is out, and what to change for it'))
    .option('--decided <decisions>', 'what was decided: variable=value,variable=value')
    .requiredOption('--want <decision>', 'what cannot be had: variable=value')
    .option('--prices <file>', 'JSON: {"variable": {"value": amount}}')
    .addHelpText(
      'after',
      example(
        'keepsake space explain family.yaml --decided brakes=rim --want tyre_width=50',
        'keepsake space explain car.json --decided \'"paint, outside"=red\' --want trim=sport',
      ),
    )
    .action(async (file: string, flags: ExplainFlags) => {
      const questions = (await modelFile()).openModel(file, flags.prices);
      const decided = findDecisions('--decided', flags.decided ?? '', questions.names);
      const [wanted, ...more] = findDecisions('--want', flags.want, questions.names);
      if (wanted === undefined || more.length > 0) throw new InputError('--want takes one value');
      await compile(questions, file, flags);
      const told = explain(questions, decided, wanted);
      if (flags.json) console.log(JSON.stringify(told));
      else print(describeExplanation(file, flags.want, told));
    });
}

interface ConvertFlags {
  readonly to: string;
  readonly output?: string;
}

function addConvert(space: Command): void {
  space
    .command('convert')
    .description('write a model in another format')
    .argument('<file>', 'the model, but for a family')
    .addOption(new Option('--to <format>', 'the format').choices(['uvl']).makeOptionMandatory())
    .option('--output <file>', 'where to write it; to the terminal where it is left out')
    .addHelpText('after', example('keepsake space convert car.dimacs --to uvl --output car.uvl'))
    .action(async (file: string, { output }: ConvertFlags) => {
      const text = (await modelFile()).convertToUvl(file);
      if (output === undefined) process.stdout.write(text);
      else writeText(output, text);
    });
}

function withFlags(command: Command): Command {
  return command
    .argument('<file>', 'the model')
    .option('--json', 'print JSON')
    .option(
      '--seconds <seconds>',
      'how long to compile; after that, search answers',
      readSeconds,
      SECONDS_DEFAULT,
    );
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= SECONDS_MAX) return seconds;
  throw new InvalidArgumentError(`a number of seconds from 0 to ${SECONDS_MAX}`);
}

function example(...lines: readonly string[]): string {
  return `\nFor example\n${lines.map((line) => `  ${line}`).join('\n')}\n\n${FILES}`;
}

async function compile(
  questions: Questions,
  file: string,
  { seconds }: Flags,
): Promise<Compiled | undefined> {
  const { openBar } = await import('./progress-bar.ts');
  const bar = openBar(`compiling ${file}`, () => performance.now());
  try {
    return await questions.compile(seconds, bar.tell);
  } finally {
    bar.end();
  }
}

function notesOf({ outside, notes }: Questions): readonly string[] {
  return [
    ...outside.map((sentence) => `  outside   ${sentence}`),
    ...notes.map((sentence) => `  note      ${sentence}`),
  ];
}

function print(lines: readonly string[]): void {
  console.log(lines.join('\n'));
}
