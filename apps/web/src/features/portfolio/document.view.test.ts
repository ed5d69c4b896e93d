import { expect, test } from 'vitest';
import { documentIssues, documentText, nextVersion, readDocument } from './document.view.ts';

test('a document is read as it is written, and what is none is told', () => {
  const document = { version: 'a-1', gates: { keep: 0.8 } };
  expect(readDocument(documentText(document))).toEqual({ kind: 'read', document });
  expect(readDocument('[1]').kind).toBe('broken');
  expect(readDocument('{"a":').kind).toBe('broken');
});

test('what the server has against it stands with its path', () => {
  const issues = [
    { path: 'gates.keep', message: 'out-of-range', hint: '0.5 to 1' },
    { message: 'missing' },
  ];
  expect(documentIssues({ issues }).map(({ path, message }) => [path, message])).toEqual([
    ['gates.keep', 'out-of-range. 0.5 to 1'],
    ['', 'missing'],
  ]);
  expect(documentIssues({})).toEqual([]);
});

test('a new version counts on', () => {
  expect(['default-1', '2026-9', 'mine', '7'].map(nextVersion)).toEqual([
    'default-2',
    '2026-10',
    'mine-2',
    '8',
  ]);
});
