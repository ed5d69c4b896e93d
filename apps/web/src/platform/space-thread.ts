import { askSpace, type SpaceLine, type SpaceReply } from '@keepsake/configurator/worker';

/** Starts a thread that holds one solution space; `end` it when nobody asks it any more. */
export function startSpaceThread(
  onProgress?: (doneCount: number, ofCount: number) => void,
): SpaceLine {
  const worker = new Worker(new URL('./space.worker.ts', import.meta.url), { type: 'module' });
  const line = askSpace(
    { send: (request) => worker.postMessage(request), stop: () => worker.terminate() },
    onProgress,
  );
  worker.onmessage = (event: MessageEvent<SpaceReply>) => line.receive(event.data);
  worker.onerror = (event) => line.end(`the space worker failed: ${event.message}`);
  return line;
}
