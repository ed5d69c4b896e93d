import { expect, test } from 'vitest';
import { piecesOf } from './mailbox.view.ts';

test('a mail’s addresses can be followed, without the full stop behind them', () => {
  expect(piecesOf('Sign in: http://localhost:4600/c/velo/sign-in/link?token=a_b-c. Bye')).toEqual([
    { kind: 'words', text: 'Sign in: ' },
    { kind: 'link', address: 'http://localhost:4600/c/velo/sign-in/link?token=a_b-c' },
    { kind: 'words', text: '. Bye' },
  ]);
});

test('a mail without addresses is one piece, an empty one none', () => {
  expect(piecesOf('Hello')).toEqual([{ kind: 'words', text: 'Hello' }]);
  expect(piecesOf('')).toEqual([]);
});
