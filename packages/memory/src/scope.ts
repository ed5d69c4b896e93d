import { canonicalText } from '@keepsake/kernel';

/** Where a fact holds. An absent dimension means everywhere, everything, always. */
export interface Scope {
  /** Path from the widest to the narrowest, for example `us/ca/monterey`. */
  readonly place?: string;
  /** Path of the thing it is about, for example `room/pillow`. */
  readonly category?: string;
  readonly occasion?: string;
}

/** The scope with tidy paths (no empty segments) and without empty dimensions. */
export function normalScope(scope: Scope): Scope {
  const place = normalPath(scope.place);
  const category = normalPath(scope.category);
  const occasion = scope.occasion ?? '';
  return {
    ...(place === '' ? {} : { place }),
    ...(category === '' ? {} : { category }),
    ...(occasion === '' ? {} : { occasion }),
  };
}

function normalPath(path: string | undefined): string {
  return segments(path).join('/');
}

function segments(path: string | undefined): readonly string[] {
  return (path ?? '').split('/').filter((segment) => segment !== '');
}

/** One text per scope: equal scopes, however written, have equal keys. */
export function scopeKey(scope: Scope): string {
  return canonicalText({ ...normalScope(scope) });
}

/** Whether a fact of this scope holds in that situation: path prefixes, and the same occasion. */
export function scopeCovers(scope: Scope, situation: Scope): boolean {
  return (
    isPrefix(segments(scope.place), segments(situation.place)) &&
    isPrefix(segments(scope.category), segments(situation.category)) &&
    ((scope.occasion ?? '') === '' || scope.occasion === situation.occasion)
  );
}

function isPrefix(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.length <= path.length && prefix.every((segment, at) => segment === path[at]);
}

/**
 * Orders scopes from the most to the least specific: one with an occasion first, then the deeper
 * place, then the deeper category. Zero for equally specific ones.
 */
export function compareSpecificity(a: Scope, b: Scope): number {
  return (
    occasionCount(b) - occasionCount(a) ||
    segments(b.place).length - segments(a.place).length ||
    segments(b.category).length - segments(a.category).length
  );
}

function occasionCount(scope: Scope): number {
  return (scope.occasion ?? '') === '' ? 0 : 1;
}
