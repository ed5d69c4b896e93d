import type { Diagram } from '../diagram/diagram.ts';

/*
 * The layout of a space file, little-endian throughout:
 *
 *   0  magic 'KSPACE', a zero, a one       8  format version (u32)
 *  12  length of the file in bytes (u32)  16  CRC-32 of everything from byte 20 on (u32)
 *  20  number of diagrams (u32)           24  lengths of model hash and engine version (u16 each)
 *  28  both texts, ASCII; then zeros up to a multiple of 8
 *
 * Of each diagram: a head of eight u32 (levels, nodes, edges, bytes of a value, of a child and of a
 * degree, two zeros), then five sections, each from a multiple of 8: the variable of each level
 * (i32), the nodes of each level (i32), the degree of each node, the value of each edge, and the child
 * of each edge, counted from the first node of the next level. The last node has no entry; an empty
 * diagram has its order alone.
 */

/** What a space file begins with. */
export const SPACE_MAGIC: readonly number[] = [0x4b, 0x53, 0x50, 0x41, 0x43, 0x45, 0, 1];
/** The version of the format that is written and read. */
export const SPACE_VERSION = 1;
/** A file is at most so long: 256 MiB. */
export const SPACE_BYTES_MAX: number = 2 ** 28;
/** Diagrams of a file at most. */
export const SPACE_DIAGRAMS_MAX = 100_000;
/** Characters of a model hash or of an engine version at most. */
export const SPACE_TEXT_MAX = 1_000;

/** Byte places of the head. */
export const HEAD = {
  version: 8,
  length: 12,
  checksum: 16,
  diagrams: 20,
  hashLength: 24,
  engineLength: 26,
  texts: 28,
} as const;

/** Bytes of a diagram's head. */
export const DIAGRAM_HEAD = 32;

/** How many bytes a number of a section takes. */
export type Width = 1 | 2 | 4;

/** The next multiple of 8. */
export function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** Where a diagram's sections begin, from the beginning of the file. */
export interface Sections {
  readonly order: number;
  readonly widths: number;
  readonly degrees: number;
  readonly values: number;
  readonly children: number;
  /** Where the next diagram begins. */
  readonly end: number;
}

/** What a diagram's head says. */
export interface Shape {
  readonly levels: number;
  readonly nodes: number;
  readonly edges: number;
  readonly valueWidth: Width;
  readonly childWidth: Width;
  readonly degreeWidth: Width;
}

/** The places of a diagram's sections, whose head begins at `offset`. */
export function placeSections(shape: Shape, offset: number): Sections {
  const isEmpty = shape.nodes === 0;
  const order = offset + DIAGRAM_HEAD;
  const widths = aligned(order + 4 * shape.levels);
  const degrees = aligned(widths + (isEmpty ? 0 : 4 * shape.levels));
  const values = aligned(degrees + shape.degreeWidth * Math.max(0, shape.nodes - 1));
  const children = aligned(values + shape.valueWidth * shape.edges);
  return {
    order,
    widths,
    degrees,
    values,
    children,
    end: aligned(children + shape.childWidth * shape.edges),
  };
}

const CRC_TABLE: Int32Array = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** The CRC-32 of bytes from a place on (ISO 3309, the one of gzip), as an unsigned number. */
export function checksumOf(bytes: Uint8Array, from: number): number {
  let crc = -1;
  for (let i = from; i < bytes.length; i++) {
    crc = (CRC_TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** Diagrams and what they belong to, as a file holds them. */
export interface StoredSpace {
  readonly diagrams: readonly Diagram[];
  /** The hash of the model that the diagrams were made from; ASCII. */
  readonly modelHash: string;
  /** The version of the engine that made them; ASCII. */
  readonly engineVersion: string;
}
