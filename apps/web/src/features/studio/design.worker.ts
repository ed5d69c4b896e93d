/** The thread in which a design is made: every act is answered here, and nothing holds up the page. */
import { makeDesk } from './design-desk.ts';
import type { DesignReply, DesignRequest } from './design-messages.ts';

const desk = makeDesk();

function answerOf(request: DesignRequest): DesignReply {
  try {
    return { kind: 'answer', answer: desk.answer(request) };
  } catch (error) {
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}

globalThis.onmessage = (event: MessageEvent<DesignRequest>) => {
  globalThis.postMessage(answerOf(event.data));
};
