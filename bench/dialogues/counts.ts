/** Published service dialogues: what asking memory first makes of the service's questions. */
import { ontologyOfSchema, parseBriefOntology, readSchema, STRONG_LINK } from '@keepsake/memory';
import { type DialogueFiles, measureDialogues } from '@keepsake/memory/testing';
import { type Options, progress } from '../support/bench.ts';
import type { Cell, Table } from '../support/report.ts';

/** From which strength on proposed links are accepted; nothing is as strong as 2. */
const VARIANTS = [
  { title: 'no links', least: 2 },
  { title: `links from ${STRONG_LINK}`, least: STRONG_LINK },
  { title: 'all links', least: 0 },
] as const;

/** Counts over all dialogues, with the links of the schema not accepted, the strong ones, and all. */
export function countDialogues(files: DialogueFiles, { isQuick }: Options): Table {
  const dialogues = isQuick ? files.dialogues.slice(0, 200) : files.dialogues;
  const rows = VARIANTS.map(({ title, least }): readonly Cell[] => {
    progress(title);
    const slots = readSchema(files.schema);
    if (slots.kind === 'refused') throw new Error('the schema is not as it should be');
    const made = ontologyOfSchema(slots.value, ({ strength }) => strength >= least);
    const brief = parseBriefOntology(made);
    if (brief.kind === 'refused') throw new Error('the ontology of the schema is not well-formed');
    const start = process.cpuUsage();
    const told = measureDialogues(dialogues, brief.value.ontology);
    const { user } = process.cpuUsage(start);
    const links = made.links.filter(({ accepted }) => accepted).length;
    return [
      ...[title, links, told.needs, told.asks, told.repeatedAsks, told.annotatedRepeats],
      ...[told.known, told.wrongKnown, told.rightConfirms, told.wrongConfirms],
      user / 1000 / told.needs,
    ];
  });
  return {
    title: `Dialogues: ${dialogues.length}, each with a memory of its own`,
    columns: [
      ...['ontology', 'links', 'needs', 'asks', 'repeated asks', 'annotated repeats asked'],
      ...['known', 'known, wrong', 'confirm, right', 'confirm, other', 'CPU ms a need'],
    ],
    rows,
    remarks: [
      'a repeated ask: the slot, or one linked to it, had been given before; counted from the dialogues',
      'wrong: unlike what the customer then says, dates aside; a confirmation is not an ask',
    ],
  };
}
