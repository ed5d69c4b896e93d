/** What notes seem to say, before anything is kept of them. */
import type { NoteProposal as NoteProposalSchema } from '@keepsake/contract';
import { MINUTE_MS, type Words } from '@keepsake/kernel';
import { findPredicate, type Ontology, valueLabel } from '@keepsake/memory';
import type { KnownPlace, Passed, Proposal } from '@keepsake/memory/notes';
import type { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import { getOntology, placeOf, type Site } from '../memory/index.ts';
import { createHttpProposer, ProposerError } from './http-proposer.ts';
import { createGrammar, type Grammar, type Proposer, type ProposerContext } from './proposer.ts';

type NoteProposal = z.infer<typeof NoteProposalSchema>;
type ProposingDeps = Pick<Deps, 'config' | 'database' | 'clock' | 'log' | 'metrics'>;

/** After a failure the notes are read here for so long: a clerk does not wait twice. */
export const PROPOSER_REST_MS: number = MINUTE_MS / 2;

/** A note that is being typed. */
export interface NoteText {
  readonly company: string;
  readonly text: string;
  readonly relevant?: readonly string[];
}

/** What a note seems to say, in the shape of the wire. */
export interface NoteProposals {
  readonly proposals: NoteProposal[];
  readonly passed: Passed[];
  readonly readBy: 'grammar' | 'proposer';
}

/** Proposes facts for a note; undefined where there is no such company. Keeps and logs no text. */
export type ProposeFacts = (note: NoteText) => Promise<NoteProposals | undefined>;

/** Makes what proposes: the operator's proposer where one is set up, and the grammar otherwise. */
export function createProposeFacts(deps: ProposingDeps): ProposeFacts {
  const { proposerUrl } = deps.config;
  const grammar = createGrammar();
  const proposer = proposerUrl === undefined ? undefined : createHttpProposer(proposerUrl);
  const read = proposer === undefined ? undefined : restingReader(deps, proposer);
  return async ({ company, text, relevant }) => {
    const db = deps.database.kysely;
    const record = await findCompany(db, company);
    if (record === undefined) return undefined;
    const ontology = await getOntology(db, company);
    const { sites } = record;
    const context: ProposerContext = {
      places: sites.map(placeNames),
      ...(relevant === undefined ? {} : { relevant: new Set(relevant) }),
    };
    const proposed = text.trim() === '' ? [] : await read?.(text, ontology, context);
    if (proposed === undefined) return readHere(grammar, { text, ontology, context, sites });
    return { proposals: wireOf(proposed, ontology, sites), passed: [], readBy: 'proposer' };
  };
}

interface Reading {
  readonly text: string;
  readonly ontology: Ontology;
  readonly context: ProposerContext;
  readonly sites: readonly Site[];
}

function readHere(grammar: Grammar, { text, ontology, context, sites }: Reading): NoteProposals {
  const { proposals, passed } = grammar(text, ontology, context);
  return { proposals: wireOf(proposals, ontology, sites), passed: [...passed], readBy: 'grammar' };
}

/** Asks the proposer, and leaves it alone for a while once it has failed. */
function restingReader(deps: ProposingDeps, proposer: Proposer) {
  const answers = deps.metrics.counter(
    'keepsake_proposer_answers_total',
    'Answers of the proposer that the operator has set up, by outcome.',
    ['outcome'],
  );
  let restsUntil = Number.NEGATIVE_INFINITY;
  return async (
    text: string,
    ontology: Ontology,
    context: ProposerContext,
  ): Promise<readonly Proposal[] | undefined> => {
    if (deps.clock.now() < restsUntil) return undefined;
    try {
      const proposals = await proposer.propose(text, ontology, context);
      answers.inc({ outcome: 'ok' });
      return proposals;
    } catch (error) {
      const code = error instanceof ProposerError ? error.code : 'unreachable';
      answers.inc({ outcome: code });
      // Only what is the service's fault is worth a rest.
      if (code !== 'busy') restsUntil = deps.clock.now() + PROPOSER_REST_MS;
      deps.log.warn({ code }, 'a note was read here because the proposer gave no answer');
      return undefined;
    }
  };
}

/** What people call a site: its name in every language, and its town. */
function placeNames(site: Site): KnownPlace {
  const town = site.place.slice(site.place.lastIndexOf('/') + 1).replaceAll('-', ' ');
  return { place: placeOf(site), names: [...Object.values(site.name), town] };
}

function wireOf(
  proposals: readonly Proposal[],
  ontology: Ontology,
  sites: readonly Site[],
): NoteProposal[] {
  return proposals.flatMap((proposal) => {
    const predicate = findPredicate(ontology, proposal.predicate);
    if (predicate === undefined) return [];
    const { value, polarity, confidence, start, end, scope } = proposal;
    const { name, label, purpose, sensitivity } = predicate;
    const site = sites.find((each) => placeOf(each) === scope.place);
    const siteName: Words | null = site?.name ?? null;
    return {
      ...{ predicate: name, label: { ...label }, purpose, sensitivity },
      ...{ value, valueLabel: { ...valueLabel(predicate, value) }, polarity },
      ...{ site: site?.id ?? null, siteName: siteName === null ? null : { ...siteName } },
      ...{ confidence, start, end },
    };
  });
}
