import { ok, type Result, refused } from '@keepsake/kernel';
import type { TextAttribute } from './family.ts';

/** Why a text is not taken; `position` counts UTF-16 code units. */
export type TextFault =
  | { readonly kind: 'not-a-text'; readonly attribute: string }
  | { readonly kind: 'empty'; readonly attribute: string }
  | {
      readonly kind: 'too-long';
      readonly attribute: string;
      readonly length: number;
      readonly most: number;
    }
  | {
      readonly kind: 'character';
      readonly attribute: string;
      readonly position: number;
      readonly codePoint: number;
    };

/** Code points of which a grapheme cluster may have this many; more is a pile, not a letter. */
const CLUSTER_CODE_POINTS_MAX = 16;

const ZERO_WIDTH_JOINER = 0x200d;
const ZERO_WIDTH_NON_JOINER = 0x200c;

/**
 * Characters that are never shown as themselves: controls, line and paragraph separators, unpaired
 * surrogates, marks of direction and overrides or isolates of it, invisible fillers and operators,
 * interlinear annotation, the object replacement character, private use, non-characters.
 */
const REFUSED = new RegExp(
  [
    '\\p{Cc}|\\p{Cs}|\\p{Co}|\\p{Cn}|\\p{Zl}|\\p{Zp}',
    '[\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f]',
    '\\u034f|\\u17b4|\\u17b5|[\\u2800\\u3164\\ufeff\\uffa0\\ufff0-\\uffff]',
    '[\\u{1d173}-\\u{1d17a}]',
  ].join('|'),
  'u',
);

/** Tag characters mean something only after a waving black flag (the flags of Wales, Scotland …). */
const TAGS = /[\u{e0000}-\u{e007f}]/u;
const TAG_FLAG = /^\u{1f3f4}[\u{e0020}-\u{e007e}]{2,6}\u{e007f}$/u;

/** A joiner holds an emoji sequence together, or shapes letters of scripts that join. */
const JOINS = new RegExp(
  [
    '\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{M}',
    ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati'],
    ...['Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ]
    .map((part) => (part.startsWith('\\') ? part : `\\p{Script=${part}}`))
    .join('|'),
  'u',
);

function isJoiner(codePoint: number): boolean {
  return codePoint === ZERO_WIDTH_JOINER || codePoint === ZERO_WIDTH_NON_JOINER;
}

/** Where the first refused character stands, or -1. */
function findRefused(text: string): number {
  let position = 0;
  let before = '';
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? '';
    const codePoint = character.codePointAt(0) ?? 0;
    const isLoneJoiner =
      isJoiner(codePoint) && !(JOINS.test(before) && JOINS.test(characters[i + 1] ?? ''));
    if (isLoneJoiner || REFUSED.test(character)) return position;
    before = character;
    position += character.length;
  }
  return -1;
}

/** Where the first cluster stands that is a pile of marks or carries stray tags, or -1. */
function findOddCluster(clusters: readonly string[]): number {
  let position = 0;
  for (const cluster of clusters) {
    const isPile = [...cluster].length > CLUSTER_CODE_POINTS_MAX;
    const tagAt = TAG_FLAG.test(cluster) ? -1 : cluster.search(TAGS);
    if (isPile || tagAt >= 0) return position + Math.max(0, tagAt);
    position += cluster.length;
  }
  return -1;
}

/**
 * Checks what a customer wrote and answers it in Unicode normal form C, without white space at its
 * ends. Length counts grapheme clusters (UAX 29), as people count. Letters of every script are
 * fine, and emoji sequences are; what could reorder, hide or break what is engraved is refused.
 */
export function checkText(attribute: TextAttribute, text: string): Result<string, TextFault> {
  const { id } = attribute;
  const written = text.normalize('NFC').trim();
  if (written === '') {
    return attribute.optional ? ok('') : refused({ kind: 'empty', attribute: id });
  }
  const most = attribute.maxLength;
  if (written.length > most * CLUSTER_CODE_POINTS_MAX * 2) {
    return refused({ kind: 'too-long', attribute: id, length: written.length, most });
  }
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const clusters = Array.from(segmenter.segment(written), (piece) => piece.segment);
  const refusedAt = findRefused(written);
  const position = refusedAt >= 0 ? refusedAt : findOddCluster(clusters);
  if (position >= 0) {
    const codePoint = written.codePointAt(position) ?? 0;
    return refused({ kind: 'character', attribute: id, position, codePoint });
  }
  if (clusters.length > most) {
    return refused({ kind: 'too-long', attribute: id, length: clusters.length, most });
  }
  return ok(written);
}
