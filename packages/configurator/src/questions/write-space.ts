import { invariant } from '@keepsake/kernel';
import type { Diagram } from '../diagram/diagram.ts';
import {
  aligned,
  checksumOf,
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

/** The bytes that the numbers below a bound take. */
function widthBelow(bound: number): Width {
  if (bound <= 0x100) return 1;
  return bound <= 0x10000 ? 2 : 4;
}

function shapeOf({ order, nodeAt, edgeAt, values, children }: Diagram): Shape {
  let widest = 0;
  for (let l = 0; l <= order.length; l++) {
    widest = Math.max(widest, (nodeAt[l + 1] ?? 0) - (nodeAt[l] ?? 0));
  }
  let degree = 0;
  for (let n = 0; n + 1 < edgeAt.length; n++) {
    degree = Math.max(degree, (edgeAt[n + 1] ?? 0) - (edgeAt[n] ?? 0));
  }
  let value = 0;
  for (let e = 0; e < values.length; e++) value = Math.max(value, values[e] ?? 0);
  return {
    levels: order.length,
    nodes: edgeAt.length - 1,
    edges: children.length,
    valueWidth: widthBelow(value + 1),
    childWidth: widthBelow(widest),
    degreeWidth: widthBelow(degree + 1),
  };
}

/** A view that writes numbers of a width one after the other. */
function writer(
  view: DataView,
  offset: number,
  width: Width,
): (index: number, value: number) => void {
  if (width === 1) return (i, value) => view.setUint8(offset + i, value);
  if (width === 2) return (i, value) => view.setUint16(offset + 2 * i, value, true);
  return (i, value) => view.setInt32(offset + 4 * i, value, true);
}

function writeHead(view: DataView, offset: number, shape: Shape): void {
  const { levels, nodes, edges, valueWidth, childWidth, degreeWidth } = shape;
  [levels, nodes, edges, valueWidth, childWidth, degreeWidth].forEach((word, i) => {
    view.setUint32(offset + 4 * i, word, true);
  });
}

function writeSections(view: DataView, at: Sections, shape: Shape, diagram: Diagram): void {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const variable = writer(view, at.order, 4);
  order.forEach((v, l) => {
    variable(l, v);
  });
  if (shape.nodes === 0) return;
  const width = writer(view, at.widths, 4);
  const degree = writer(view, at.degrees, shape.degreeWidth);
  const value = writer(view, at.values, shape.valueWidth);
  const child = writer(view, at.children, shape.childWidth);
  for (let l = 0; l < order.length; l++) {
    const next = nodeAt[l + 1] ?? 0;
    width(l, next - (nodeAt[l] ?? 0));
    const end = edgeAt[next] ?? 0;
    for (let e = edgeAt[nodeAt[l] ?? 0] ?? 0; e < end; e++) {
      value(e, values[e] ?? 0);
      child(e, (children[e] ?? 0) - next);
    }
  }
  for (let n = 0; n + 1 < shape.nodes; n++) degree(n, (edgeAt[n + 1] ?? 0) - (edgeAt[n] ?? 0));
}

function writeAscii(bytes: Uint8Array, offset: number, text: string): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    invariant(code > 0x1f && code < 0x7f, 'hashes and versions are printable ASCII');
    bytes[offset + i] = code;
  }
}

/**
 * Diagrams with the hash of their model as bytes: the same bytes for the same diagrams on every
 * platform. About three bytes an edge and one a node, where levels have at most 65,536 nodes. A file
 * that would be longer than `SPACE_BYTES_MAX`, and texts longer than `SPACE_TEXT_MAX`, are bugs of
 * the caller. Takes time in the number of edges.
 */
export function writeSpace({ diagrams, modelHash, engineVersion }: StoredSpace): Uint8Array {
  invariant(modelHash.length <= SPACE_TEXT_MAX, 'a model hash is short');
  invariant(engineVersion.length <= SPACE_TEXT_MAX, 'an engine version is short');
  invariant(diagrams.length <= SPACE_DIAGRAMS_MAX, 'a space has few diagrams');
  let end = aligned(HEAD.texts + modelHash.length + engineVersion.length);
  const parts = diagrams.map((diagram) => {
    const shape = shapeOf(diagram);
    const offset = end;
    const sections = placeSections(shape, offset);
    end = sections.end;
    return { diagram, shape, offset, sections };
  });
  invariant(end <= SPACE_BYTES_MAX, 'a space fits a file');
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  bytes.set(SPACE_MAGIC);
  view.setUint32(HEAD.version, SPACE_VERSION, true);
  view.setUint32(HEAD.length, end, true);
  view.setUint32(HEAD.diagrams, diagrams.length, true);
  view.setUint16(HEAD.hashLength, modelHash.length, true);
  view.setUint16(HEAD.engineLength, engineVersion.length, true);
  writeAscii(bytes, HEAD.texts, modelHash);
  writeAscii(bytes, HEAD.texts + modelHash.length, engineVersion);
  for (const { diagram, shape, offset, sections } of parts) {
    writeHead(view, offset, shape);
    writeSections(view, sections, shape, diagram);
  }
  view.setUint32(HEAD.checksum, checksumOf(bytes, HEAD.checksum + 4), true);
  return bytes;
}
