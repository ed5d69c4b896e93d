/** The thread in which bases are valued, so that the server goes on answering. */
import { parentPort } from 'node:worker_threads';
import { type ValueEvent, type ValueJob, valueBase } from './value-job.ts';
import type { ThreadRequest } from './value-thread.ts';

const port = parentPort;
/** Progress is told no more often than this. */
const TOLD_EVERY_MS = 200;
/** Requests that wait are read between two turns. */
const TURN_MS = 20;

let job: Generator<ValueEvent, void, void> | undefined;
/** What has been worked out, and must wait until what was told before has been kept. */
let held: ValueEvent | undefined;
let isHeard = true;
let isTurning = false;
let toldAt = 0;

function goOn(): void {
  if (isTurning) return;
  isTurning = true;
  setImmediate(turn);
}

function begin(next: ValueJob): void {
  job = valueBase(next);
  [held, isHeard] = [undefined, true];
  goOn();
}

/** Works for a while; stops where the next batch is ready before the last one was kept. */
function turn(): void {
  isTurning = false;
  const until = performance.now() + TURN_MS;
  while (job !== undefined && held === undefined && performance.now() < until) {
    const step = job.next();
    if (step.done === true) {
      job = undefined;
      return;
    }
    if (step.value.kind === 'progress') tellProgress(step.value);
    else if (isHeard) tell(step.value);
    else {
      held = step.value;
      return;
    }
  }
  if (job !== undefined && held === undefined) goOn();
}

function tellProgress(event: ValueEvent): void {
  const now = performance.now();
  if (now - toldAt < TOLD_EVERY_MS) return;
  toldAt = now;
  port?.postMessage(event);
}

function tell(event: ValueEvent): void {
  isHeard = false;
  port?.postMessage(event);
}

port?.on('message', (request: ThreadRequest) => {
  if (request.kind === 'begin') {
    begin(request.job);
    return;
  }
  isHeard = true;
  if (held === undefined) return;
  tell(held);
  held = undefined;
  goOn();
});
