import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagram } from '../diagram/diagram.ts';
import { layeredDiagram } from '../testing/layered-diagram.ts';
import { faultOfDiagram } from '../testing/naive-diagram.ts';
import { randomDiagram } from '../testing/random-diagram.ts';
import { readSpace } from './read-space.ts';
import { checksumOf, HEAD } from './space-file.ts';
import { writeSpace } from './write-space.ts';

const names = { modelHash: 'a1b2c3', engineVersion: '0.1.0' };

/** Two diagrams over different variables, one of them often empty, as bytes. */
function someSpace(seed: number): { bytes: Uint8Array; diagrams: readonly Diagram[] } {
  const first = randomDiagram(seed).diagram;
  const second = randomDiagram(seed + 1).diagram;
  const diagrams = [first, { ...second, order: second.order.map((v) => v + 10) }];
  return { bytes: writeSpace({ diagrams, ...names }), diagrams };
}

/** Bytes whose checksum is right again, as a forger would make them. */
function sealed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(HEAD.checksum, checksumOf(bytes, HEAD.checksum + 4), true);
  return bytes;
}

/** Overwrites a few bytes behind the head by chance. */
function scribble(bytes: Uint8Array, dice: ReturnType<typeof seededRandom>): void {
  for (let i = dice.below(4); i >= 0; i--) {
    const at = HEAD.texts + dice.below(bytes.length - HEAD.texts);
    bytes[at] = dice.below(3) === 0 ? dice.below(256) : dice.below(4);
  }
}

describe('a space file', () => {
  it('CFG-43 is read as it was written, wherever its bytes lie', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 0, max: 9 }),
        (seed, shift) => {
          const { bytes, diagrams } = someSpace(seed);
          const moved = new Uint8Array(bytes.length + shift).subarray(shift);
          moved.set(bytes);
          const read = readSpace(moved, names);
          expect(read).toEqual({ kind: 'ok', value: { diagrams, ...names } });
          expect(writeSpace({ diagrams, ...names })).toEqual(bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('CFG-43 has the same bytes everywhere', () => {
    const { bytes } = someSpace(40);
    expect(checksumOf(bytes, 0).toString(16)).toMatchInlineSnapshot(`"83bf308e"`);
    expect(
      checksumOf(
        Uint8Array.from('123456789', (c) => c.charCodeAt(0)),
        0,
      ),
    ).toBe(0xcbf43926);
  });

  it('CFG-43 takes three bytes an edge and one a node where levels are narrow', () => {
    const { diagram, problem } = layeredDiagram({ seed: 3, levels: 40, nodes: 5_000, values: 8 });
    const bytes = writeSpace({ diagrams: [diagram], ...names });
    const [nodes, edges] = [diagram.edgeAt.length - 1, diagram.children.length];
    expect(bytes.length).toBeLessThan(3 * edges + nodes + 8 * 40 + 200);
    const read = readSpace(bytes, { ...names, sizes: problem.sizes });
    expect(read).toEqual({ kind: 'ok', value: { diagrams: [diagram], ...names } });
  });

  it('CFG-43 keeps values and levels that need two bytes or four', () => {
    for (const size of [300, 70_000]) {
      const diagram = {
        order: Int32Array.of(1, 0),
        nodeAt: Int32Array.of(0, 1, 1 + size, 2 + size),
        edgeAt: Int32Array.from({ length: size + 3 }, (_, n) =>
          n === 0 ? 0 : Math.min(2 * size, size + n - 1),
        ),
        values: Int32Array.from({ length: 2 * size }, (_, e) => (e < size ? e : 0)),
        children: Int32Array.from({ length: 2 * size }, (_, e) => (e < size ? e + 1 : size + 1)),
      };
      const read = readSpace(writeSpace({ diagrams: [diagram], ...names }), names);
      const again = read.kind === 'ok' ? read.value.diagrams[0] : undefined;
      expect(again?.values.join()).toBe(diagram.values.join());
      expect(again?.children.join()).toBe(diagram.children.join());
      expect(again?.edgeAt.join()).toBe(diagram.edgeAt.join());
    }
  });

  it('CFG-43 is refused with the reason why', () => {
    const { bytes, diagrams } = someSpace(40);
    expect(diagrams[0]?.children.length).toBeGreaterThan(0);
    const kindOf = (file: Uint8Array, expected = {}): string => {
      const read = readSpace(file, { ...names, ...expected });
      return read.kind === 'refused' ? read.error.kind : read.kind;
    };
    const newer = bytes.slice();
    newer[HEAD.version] = 2;
    expect(kindOf(bytes)).toBe('ok');
    expect(kindOf(new Uint8Array(0))).toBe('notSpace');
    expect(kindOf(Uint8Array.from({ length: 99 }, (_, i) => i))).toBe('notSpace');
    expect(kindOf(newer)).toBe('otherFormat');
    expect(kindOf(bytes, { modelHash: 'another' })).toBe('otherModel');
    expect(kindOf(bytes, { engineVersion: '9.9.9' })).toBe('otherEngine');
    expect(kindOf(bytes.slice(0, 20))).toBe('truncated');
    expect(kindOf(bytes.slice(0, -1))).toBe('truncated');
    expect(kindOf(Uint8Array.from([...bytes, 0]))).toBe('damaged');
    expect(kindOf(bytes, { sizes: new Int32Array(3).fill(9) })).toBe('damaged');
    expect(kindOf(bytes, { sizes: new Int32Array(30) })).toBe('damaged');
  });

  it('CFG-43 is refused after any flipped bit and any cut', () => {
    const { bytes } = someSpace(40);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readSpace(flipped, names).kind).toBe('refused');
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(readSpace(bytes.slice(0, length), names).kind).toBe('refused');
    }
  });

  it('CFG-43 from a stranger is refused or a sound diagram', () => {
    const dice = seededRandom(4);
    const files = Array.from({ length: 40 }, (_, i) => someSpace(1 + i).bytes);
    let taken = 0;
    for (let run = 0; run < 6_000; run++) {
      const bytes = (files[run % 40] ?? new Uint8Array(0)).slice();
      scribble(bytes, dice);
      const read = readSpace(sealed(bytes), names);
      if (read.kind === 'refused') continue;
      taken++;
      for (const diagram of read.value.diagrams) {
        // Equal nodes are allowed: they are waste, and no fault.
        expect(faultOfDiagram(diagram) ?? 'twins').toContain('twins');
      }
    }
    expect(taken).toBeGreaterThan(10);
  });
});
