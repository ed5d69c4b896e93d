import { ok, type Result, refused } from '@keepsake/kernel';
import type { Diagram } from '../diagram/diagram.ts';
import {
  aligned,
  checksumOf,
  DIAGRAM_HEAD,
  HEAD,
  placeSections,
  type Sections,
  type Shape,
  SPACE_BYTES_MAX,
  SPACE_DIAGRAMS_MAX,
  SPACE_MAGIC,
  SPACE_TEXT_MAX,
  SPACE_VERSION,
  type StoredSpace,
  type Width,
} from './space-file.ts';

/** Why a file is not taken. */
export type SpaceFault =
  /** The bytes are not of a space file at all. */
  | { readonly kind: 'notSpace' }
  /** A format of another version. */
  | { readonly kind: 'otherFormat'; readonly version: number }
  /** Made from another model. */
  | { readonly kind: 'otherModel'; readonly modelHash: string }
  /** Made by another version of the engine than was asked for. */
  | { readonly kind: 'otherEngine'; readonly engineVersion: string }
  /** The end is missing. */
  | { readonly kind: 'truncated'; readonly expectedBytes: number }
  /** The checksum or an index is wrong. */
  | { readonly kind: 'damaged'; readonly what: string }
  /** Longer than `SPACE_BYTES_MAX`. */
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/** What a file must belong to. */
export interface ExpectedSpace {
  readonly modelHash: string;
  /** Any where it is left out. */
  readonly engineVersion?: string;
  /** Values of each variable of the problem: with them, variables and values are checked too. */
  readonly sizes?: Int32Array;
}

/** Thrown within this file alone, and turned into a refusal. */
class Damage extends Error {
  override readonly name = 'Damage';
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Damage(what);
}

/** Numbers of a section: a view of the bytes where the platform allows it. */
type Numbers = Uint8Array | Uint16Array | Int32Array;

const IS_LITTLE_ENDIAN: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function numbersAt(bytes: Uint8Array, offset: number, length: number, width: Width): Numbers {
  const at = bytes.byteOffset + offset;
  if (width === 1) return bytes.subarray(offset, offset + length);
  if (IS_LITTLE_ENDIAN && at % width === 0) {
    return width === 2
      ? new Uint16Array(bytes.buffer, at, length)
      : new Int32Array(bytes.buffer, at, length);
  }
  const view = new DataView(bytes.buffer, at, width * length);
  return width === 2
    ? Uint16Array.from({ length }, (_, i) => view.getUint16(2 * i, true))
    : Int32Array.from({ length }, (_, i) => view.getInt32(4 * i, true));
}

function asciiAt(bytes: Uint8Array, offset: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[offset + i] ?? 0);
  return text;
}

function widthOf(word: number): Width {
  expect(word === 1 || word === 2 || word === 4, 'a width is 1, 2 or 4');
  return word;
}

function readShape(view: DataView, offset: number): Shape {
  const word = (i: number): number => view.getUint32(offset + 4 * i, true);
  const shape = { levels: word(0), nodes: word(1), edges: word(2) };
  expect(word(6) === 0 && word(7) === 0, 'the rest of a head is zero');
  return {
    ...shape,
    valueWidth: widthOf(word(3)),
    childWidth: widthOf(word(4)),
    degreeWidth: widthOf(word(5)),
  };
}

/** The first node of each level, from how many each has. */
function readLevels(widths: Numbers, shape: Shape): Int32Array {
  const nodeAt = new Int32Array(shape.levels + 2);
  for (let l = 0; l < shape.levels; l++) {
    const width = widths[l] ?? 0;
    expect(width > 0 && width < shape.nodes, 'a level has a node and not too many');
    nodeAt[l + 1] = (nodeAt[l] ?? 0) + width;
    expect((nodeAt[l + 1] ?? 0) < shape.nodes, 'levels have no more nodes than there are');
  }
  expect((nodeAt[1] ?? 0) === (shape.levels === 0 ? 0 : 1), 'there is one root');
  nodeAt[shape.levels + 1] = (nodeAt[shape.levels] ?? 0) + 1;
  expect(nodeAt[shape.levels + 1] === shape.nodes, 'levels have all nodes');
  return nodeAt;
}

function readEdgeAt(degrees: Numbers, shape: Shape): Int32Array {
  const edgeAt = new Int32Array(shape.nodes + 1);
  let edges = 0;
  for (let n = 0; n + 1 < shape.nodes; n++) {
    const degree = degrees[n] ?? 0;
    expect(degree > 0 && degree <= shape.edges - edges, 'a node has an edge and not too many');
    edges += degree;
    edgeAt[n + 1] = edges;
  }
  expect(edges === shape.edges, 'nodes have all edges');
  edgeAt[shape.nodes] = edges;
  return edgeAt;
}

/** Children by number of node, each in the next level; and every node is one, but the root. */
function readChildren(local: Numbers, nodeAt: Int32Array, edgeAt: Int32Array): Int32Array {
  const children = new Int32Array(local.length);
  const isChild = new Uint8Array(edgeAt.length - 1);
  isChild[0] = 1;
  for (let l = 0; l + 2 < nodeAt.length; l++) {
    const next = nodeAt[l + 1] ?? 0;
    const width = (nodeAt[l + 2] ?? 0) - next;
    const end = edgeAt[next] ?? 0;
    for (let e = edgeAt[nodeAt[l] ?? 0] ?? 0; e < end; e++) {
      const child = local[e] as number;
      expect(child >= 0 && child < width, 'an edge leads to the next level');
      children[e] = next + child;
      isChild[next + child] = 1;
    }
  }
  expect(!isChild.includes(0), 'every node is reached');
  return children;
}

/** Values ascend within a node and stay below the size of their variable. */
function checkValues(diagram: Diagram, sizes: Int32Array | undefined): void {
  const { order, nodeAt, edgeAt, values } = diagram;
  for (let l = 0; l < order.length; l++) {
    const size = sizes?.[order[l] ?? 0] ?? 0x7fffffff;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      const end = edgeAt[n + 1] ?? 0;
      let before = -1;
      for (let e = edgeAt[n] ?? 0; e < end; e++) {
        const value = values[e] as number;
        expect(value > before, 'values ascend');
        before = value;
      }
      expect(before < size, 'a value is one of its variable');
    }
  }
}

function readOrder(
  bytes: Uint8Array,
  at: Sections,
  levels: number,
  taken: Set<number>,
): Int32Array {
  const order = Int32Array.from(numbersAt(bytes, at.order, levels, 4));
  for (const variable of order) {
    expect(variable >= 0 && !taken.has(variable), 'a variable has one level');
    taken.add(variable);
  }
  return order;
}

function readDiagram(bytes: Uint8Array, shape: Shape, at: Sections, order: Int32Array): Diagram {
  const { levels, nodes, edges } = shape;
  if (nodes === 0) {
    expect(edges === 0, 'an empty diagram has no edges');
    const none = { values: new Uint8Array(0), children: new Int32Array(0) };
    return { order, nodeAt: new Int32Array(levels + 2), edgeAt: new Int32Array(1), ...none };
  }
  const nodeAt = readLevels(numbersAt(bytes, at.widths, levels, 4), shape);
  const edgeAt = readEdgeAt(numbersAt(bytes, at.degrees, nodes - 1, shape.degreeWidth), shape);
  const local = numbersAt(bytes, at.children, edges, shape.childWidth);
  const children = readChildren(local, nodeAt, edgeAt);
  const values = numbersAt(bytes, at.values, edges, shape.valueWidth);
  return { order, nodeAt, edgeAt, values, children };
}

function readDiagrams(
  bytes: Uint8Array,
  view: DataView,
  begin: number,
  sizes: Int32Array | undefined,
): readonly Diagram[] {
  const count = view.getUint32(HEAD.diagrams, true);
  expect(count <= SPACE_DIAGRAMS_MAX, 'a space has few diagrams');
  const taken = new Set<number>();
  const diagrams: Diagram[] = [];
  let offset = begin;
  for (let i = 0; i < count; i++) {
    expect(offset + DIAGRAM_HEAD <= bytes.length, 'a head lies within the file');
    const shape = readShape(view, offset);
    const at = placeSections(shape, offset);
    // All that follows is allocated by these numbers, so that they are held against the file first.
    expect(at.end <= bytes.length, 'sections lie within the file');
    const order = readOrder(bytes, at, shape.levels, taken);
    const isKnown = sizes === undefined || order.every((v) => v < sizes.length);
    expect(isKnown, 'a variable is one of the problem');
    const diagram = readDiagram(bytes, shape, at, order);
    checkValues(diagram, sizes);
    diagrams.push(diagram);
    offset = at.end;
  }
  expect(offset === bytes.length, 'nothing follows the last diagram');
  return diagrams;
}

/** What is wrong before anything but the head is looked at. */
function faultOfHead(bytes: Uint8Array): SpaceFault | undefined {
  if (SPACE_MAGIC.some((byte, i) => bytes[i] !== byte)) return { kind: 'notSpace' };
  if (bytes.length > SPACE_BYTES_MAX) return { kind: 'tooLarge', bytes: bytes.length };
  if (bytes.length < HEAD.texts) return { kind: 'truncated', expectedBytes: HEAD.texts };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(HEAD.version, true);
  if (version !== SPACE_VERSION) return { kind: 'otherFormat', version };
  const expectedBytes = view.getUint32(HEAD.length, true);
  if (bytes.length < expectedBytes) return { kind: 'truncated', expectedBytes };
  if (bytes.length > expectedBytes) return { kind: 'damaged', what: 'the length is another' };
  const checksum = view.getUint32(HEAD.checksum, true);
  if (checksumOf(bytes, HEAD.checksum + 4) !== checksum) {
    return { kind: 'damaged', what: 'the checksum is another' };
  }
  return undefined;
}

function readChecked(bytes: Uint8Array, expected: ExpectedSpace): Result<StoredSpace, SpaceFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const hashLength = view.getUint16(HEAD.hashLength, true);
  const engineLength = view.getUint16(HEAD.engineLength, true);
  expect(Math.max(hashLength, engineLength) <= SPACE_TEXT_MAX, 'texts are short');
  const end = HEAD.texts + hashLength + engineLength;
  expect(aligned(end) <= bytes.length, 'texts lie within the file');
  const modelHash = asciiAt(bytes, HEAD.texts, hashLength);
  if (modelHash !== expected.modelHash) return refused({ kind: 'otherModel', modelHash });
  const engineVersion = asciiAt(bytes, HEAD.texts + hashLength, engineLength);
  if (engineVersion !== (expected.engineVersion ?? engineVersion)) {
    return refused({ kind: 'otherEngine', engineVersion });
  }
  const diagrams = readDiagrams(bytes, view, aligned(end), expected.sizes);
  return ok({ diagrams, modelHash, engineVersion });
}

/**
 * The diagrams that `writeSpace` wrote. Every index is checked, so that what is taken can be asked
 * anything without reading out of bounds; a file of a stranger is refused or is a sound diagram. Values are
 * views of the bytes where the platform allows it: leave the bytes as they are. Takes time and memory
 * in the length of the file.
 */
export function readSpace(
  bytes: Uint8Array,
  expected: ExpectedSpace,
): Result<StoredSpace, SpaceFault> {
  const fault = faultOfHead(bytes);
  if (fault !== undefined) return refused(fault);
  try {
    return readChecked(bytes, expected);
  } catch (error) {
    if (error instanceof Damage) return refused({ kind: 'damaged', what: error.message });
    throw error;
  }
}
