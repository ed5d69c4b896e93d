/** The thread in which families are checked and compiled, so that the server goes on answering. */
import { parentPort } from 'node:worker_threads';
import { createSpaceHost, type SpaceRequest } from '@keepsake/configurator/worker';

const port = parentPort;
const host = createSpaceHost((reply) => port?.postMessage(reply));
let isTurning = false;

function turn(): void {
  isTurning = !host.work();
  // Questions that wait are read between two slices.
  if (isTurning) setImmediate(turn);
}

port?.on('message', (request: SpaceRequest) => {
  host.receive(request);
  if (isTurning) return;
  isTurning = true;
  setImmediate(turn);
});
