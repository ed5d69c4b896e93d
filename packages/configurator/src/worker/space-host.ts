import type { SpaceQuestion, SpaceQuestions, SpaceReply, SpaceRequest } from './messages.ts';
import { openAnswers, type SpaceAnswers } from './space-answers.ts';

/** A space that lives in a thread of its own and is asked by messages. */
export interface SpaceHost {
  /** Takes a question; it is answered at once, or when compiling has come far enough. */
  receive(request: SpaceRequest): void;
  /** Compiles for a slice of a few milliseconds; true when nothing is left to do. */
  work(): boolean;
}

/**
 * Makes a host that answers through `post`. Whoever owns the thread calls `work` whenever no message
 * waits: so questions are answered, by search, while the space is being compiled.
 */
export function createSpaceHost(post: (reply: SpaceReply) => void): SpaceHost {
  let answers: SpaceAnswers | undefined;
  let isCompiled = false;
  // A compiler that begins anew with another order does not take back what was told.
  let shownShare = -1;
  const waiting: SpaceRequest[] = [];

  const respond = (request: SpaceRequest): void => {
    const { id } = request;
    try {
      if (request.kind === 'open') {
        answers = openAnswers(request.ask.family);
        isCompiled = false;
        shownShare = -1;
        post({ id, kind: 'answer', answer: {} });
        return;
      }
      if (answers === undefined) throw new Error('no space is open');
      if (needsCompiled(request.kind) && !isCompiled) {
        waiting.push(request);
        return;
      }
      post({ id, kind: 'answer', answer: answer(answers, request) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      post({ id, kind: 'failure', message });
    }
  };

  return {
    receive: respond,
    work: () => {
      if (answers === undefined || isCompiled) return true;
      isCompiled = answers.prepare();
      const { done: doneCount, of: ofCount } = answers.progress();
      const share = Math.floor((100 * doneCount) / Math.max(1, ofCount));
      if (share > shownShare) post({ kind: 'progress', doneCount, ofCount });
      shownShare = Math.max(share, shownShare);
      if (isCompiled) for (const request of waiting.splice(0)) respond(request);
      return isCompiled;
    },
  };
}

function needsCompiled(kind: SpaceQuestion): boolean {
  return kind === 'compile' || kind === 'write';
}

function answer(
  answers: SpaceAnswers,
  request: Exclude<SpaceRequest, { readonly kind: 'open' }>,
): SpaceQuestions[SpaceQuestion]['answer'] {
  switch (request.kind) {
    case 'compile':
      return answers.figures();
    case 'write': {
      const file = answers.write();
      return file === undefined ? {} : { file };
    }
    case 'adopt':
      return { isTaken: answers.adopt(request.ask.file) };
    case 'look':
      return answers.look(request.ask.choices);
    case 'prices': {
      const bins = answers.prices(request.ask.choices);
      return bins === undefined ? {} : { bins };
    }
    case 'why':
      return answers.why(request.ask.choices, request.ask.choice);
    case 'check':
      return answers.check();
  }
}
