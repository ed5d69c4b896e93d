import type { Ontology } from '@keepsake/memory';
import { type Proposal, parseProposals } from '@keepsake/memory/notes';
import type { Proposer, ProposerContext } from './proposer.ts';

/** For how long an answer is waited for. */
export const PROPOSER_TIMEOUT_MS = 2_500;
/** Largest answer that is read. */
export const PROPOSER_ANSWER_BYTES_MAX: number = 64 * 1_024;
/** Questions that are out at once; while so many are, notes are read here. */
export const PROPOSER_CALLS_MAX = 8;

/** Why a service that reads notes gave no answer that can be used. */
export type ProposerFault = 'busy' | 'unreachable' | 'refused' | 'too-large' | 'malformed';

/** Thrown where there is no answer; holds nothing of the note, nor of what came back. */
export class ProposerError extends Error {
  override readonly name = 'ProposerError';
  readonly code: ProposerFault;

  constructor(code: ProposerFault) {
    super(`the proposer gave no answer: ${code}`);
    this.code = code;
  }
}

/**
 * A proposer behind an address, such as one in front of a language model. It is given the note, the
 * vocabulary and the names of places, and nothing of who the note is about or who wrote it. Rejects
 * with `ProposerError`.
 */
export function createHttpProposer(
  address: string,
  timeoutMs: number = PROPOSER_TIMEOUT_MS,
): Proposer {
  const { url, headers } = endpointOf(address);
  let calls = 0;
  return {
    propose: async (note, ontology, context) => {
      if (calls >= PROPOSER_CALLS_MAX) throw new ProposerError('busy');
      calls += 1;
      try {
        const body = JSON.stringify(questionOf(note, ontology, context));
        const text = await ask(url, { body, headers, timeoutMs });
        return proposalsIn(text, { note, ontology, places: context.places });
      } finally {
        calls -= 1;
      }
    },
  };
}

function endpointOf(address: string): {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  if (username === '' && password === '') return { url: url.href, headers };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { url: url.href, headers: { ...headers, authorization } };
}

/** What leaves this machine, field by field. */
function questionOf(note: string, { predicates }: Ontology, { places }: ProposerContext): object {
  return {
    note,
    predicates: predicates
      .filter(({ retired }) => retired !== true)
      .map(({ name, label, kind, unit, cardinality, values }) => ({
        ...{ name, label, kind, unit, cardinality },
        values: values.map(({ id, label: words, synonyms }) => ({ id, label: words, synonyms })),
      })),
    places,
  };
}

interface Question {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

async function ask(url: string, { body, headers, timeoutMs }: Question): Promise<string> {
  try {
    // The signal also ends an answer that has begun and does not come to its end.
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', redirect: 'error', body, headers, signal });
    const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
    if (response.status !== 200 || !isJson) {
      await response.body?.cancel();
      throw new ProposerError('refused');
    }
    return await readLimited(response);
  } catch (error) {
    // The cause may quote the address with its password, or what was sent.
    throw error instanceof ProposerError ? error : new ProposerError('unreachable');
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > PROPOSER_ANSWER_BYTES_MAX) throw new ProposerError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function proposalsIn(
  text: string,
  ground: Parameters<typeof parseProposals>[1],
): readonly Proposal[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new ProposerError('malformed');
  }
  const parsed = parseProposals(document, ground);
  if (parsed.kind === 'refused') throw new ProposerError('malformed');
  return parsed.value;
}
