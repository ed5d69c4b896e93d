import { ok, type Result, refused } from '@keepsake/kernel';
import { readSpace, type SpaceFault } from '../questions/read-space.ts';
import { writeSpace } from '../questions/write-space.ts';
import type { Explorer } from './explorer.ts';

/** Of the diagrams that are written: raise it when a model comes out as another problem. */
const ENGINE_VERSION = '1';

/**
 * The compiled diagrams as bytes, the same on every platform; undefined where there are none.
 * `modelHash` says what they belong to: take a hash of the file that the model was read from.
 */
export function writeExplorer(explorer: Explorer, modelHash: string): Uint8Array | undefined {
  const { compiled } = explorer;
  if (compiled?.kind !== 'diagrams') return undefined;
  return writeSpace({ diagrams: compiled.diagrams, modelHash, engineVersion: ENGINE_VERSION });
}

/**
 * Takes diagrams that `writeExplorer` wrote instead of compiling. Refuses those of another model or
 * version, and broken ones; then nothing has changed. Linear in the bytes.
 */
export function adoptExplorer(
  explorer: Explorer,
  bytes: Uint8Array,
  modelHash: string,
): Result<Explorer, SpaceFault> {
  const { sizes } = explorer.model.problem;
  const read = readSpace(bytes, { modelHash, engineVersion: ENGINE_VERSION, sizes });
  if (read.kind === 'refused') return read;
  const { diagrams } = read.value;
  const isWhole =
    diagrams.length === explorer.components.length &&
    diagrams.every(({ order }, k) => {
      const own = explorer.components[k] ?? new Int32Array(0);
      const sorted = order.slice().sort();
      return sorted.length === own.length && sorted.every((v, i) => v === own[i]);
    });
  if (!isWhole) return refused({ kind: 'damaged', what: 'the components are others' });
  explorer.compiled = { kind: 'diagrams', diagrams };
  return ok(explorer);
}

/** How many bytes the compiled form takes as a file; 0 where nothing is compiled. */
export function bytesOf({ compiled }: Explorer): number {
  if (compiled === undefined) return 0;
  if (compiled.kind === 'diagrams') {
    const { diagrams } = compiled;
    return writeSpace({ diagrams, modelHash: '', engineVersion: ENGINE_VERSION }).length;
  }
  return compiled.circuit.bytes;
}

export type { SpaceFault };
