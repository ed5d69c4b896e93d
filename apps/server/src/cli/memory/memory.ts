import type { Command } from 'commander';
import { writeText } from '../space/input.ts';

/** `keepsake memory …`: memory played again over files of events, and ontologies for it. */
export function addMemory(program: Command): void {
  const memory = program
    .command('memory')
    .description('play memory again over files, and make ontologies for it')
    .addHelpText('after', '\nNothing but the files is needed: no server, no store, no network.');
  addReplay(memory);
  addOntology(memory);
}

interface ReplayFlags {
  readonly needs: string;
  readonly ontology: string;
  readonly json?: true;
}

function addReplay(memory: Command): void {
  memory
    .command('replay')
    .description('answer needs from events, each as of its moment: what is known is not asked')
    .argument('<events>', 'JSON, a line an event')
    .requiredOption('--needs <file>', 'JSON, a line a need')
    .requiredOption('--ontology <file>', 'predicates, values and links, as JSON or YAML')
    .option('--json', 'print JSON, a line for each needed predicate')
    .addHelpText(
      'after',
      `
An event   {"at":"2026-03-01T10:00:00Z","subject":"s1","identifiers":{"email":"…"},"channel":"desk",
            "place":"us/fl/key-west","says":{"predicate":"value"},"basis":"stated","purposes":["service"]}
A need     {"at":"…","subject":"s1","purpose":"service","context":{"place":"…"},"needs":["predicate"]}

For example
  keepsake memory replay events.jsonl --needs needs.jsonl --ontology ontology.json --json`,
    )
    .action(async (events: string, { needs, ontology, json }: ReplayFlags) => {
      const { openBar } = await import('../space/progress-bar.ts');
      const { answerAll, jsonOf, readReplay, sentenceOfAnswer, summaryOf } = await import(
        './replay.ts'
      );
      const bar = openBar('replaying', () => performance.now());
      const lines: string[] = [];
      try {
        const replay = readReplay({ events, needs, ontology }, (share) => bar.tell(share / 2));
        const told = json ? jsonOf : sentenceOfAnswer;
        const tally = answerAll(
          replay,
          (answer) => lines.push(told(answer, replay)),
          (share) => bar.tell((1 + share) / 2),
        );
        if (lines.length > 0) console.log(lines.join('\n'));
        for (const line of summaryOf(replay, tally)) console.error(line);
      } finally {
        bar.end();
      }
    });
}

function addOntology(memory: Command): void {
  memory
    .command('ontology')
    .description('make an ontology of a dialogue schema, with links for a person to accept')
    .argument('<schema>', 'JSON: services with slots and intents')
    .option('--accept <which>', 'all, strong, or an ontology file in which links were accepted')
    .option('--out <file>', 'where to write it; to the terminal where it is left out')
    .addHelpText(
      'after',
      `
No link holds until it is accepted: edit "accepted" in the file, or use --accept.

For example
  keepsake memory ontology schema.json --out ontology.json
  keepsake memory ontology schema.json --accept strong --out ontology.json`,
    )
    .action(async (schema: string, { accept, out }: { accept?: string; out?: string }) => {
      const { ontologyFile } = await import('./schema.ts');
      const { text, predicates, proposed, accepted } = ontologyFile(schema, accept);
      if (out === undefined) process.stdout.write(text);
      else writeText(out, text);
      console.error(`${predicates} predicates, ${proposed} links proposed, ${accepted} accepted`);
    });
}
