/** The thread in which solution spaces are compiled and asked: nothing here ever holds up a page. */
import { createSpaceHost, type SpaceRequest } from '@keepsake/configurator/worker';

const host = createSpaceHost((reply) => globalThis.postMessage(reply));
// A message to oneself stands behind those that wait already, without the delay of a timer.
const turn = new MessageChannel();
let isTurning = false;

turn.port1.onmessage = () => {
  isTurning = !host.work();
  if (isTurning) turn.port2.postMessage(null);
};

globalThis.onmessage = (event: MessageEvent<SpaceRequest>) => {
  host.receive(event.data);
  if (isTurning) return;
  isTurning = true;
  turn.port2.postMessage(null);
};
