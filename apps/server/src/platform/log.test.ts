import { expect, test } from 'vitest';
import { DatabaseFailure } from './database/failure.ts';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(createLog('info', { write: (line: string) => (text += line) }));
  return text;
}

test('fields that may hold a person or a secret are hidden at both depths', () => {
  const text = logged((log) =>
    log.info({ email: 'a@b.example', guest: { name: 'Ada', token: 't0k3n' }, orderId: 'o-1' }, 'x'),
  );
  expect(text).not.toMatch(/a@b\.example|Ada|t0k3n/);
  expect(text).toContain('o-1');
});

test('of a refused statement the code and the constraint are kept, not what somebody typed', () => {
  const error = new DatabaseFailure('22P02', 'invalid input syntax: "Ada Lovelace"', {
    constraint: 'some_rule',
  });
  const text = logged((log) => log.error({ error }, 'failed'));
  expect(text).not.toContain('Ada');
  expect(JSON.parse(text)).toMatchObject({ error: { code: '22P02', constraint: 'some_rule' } });
});

test('any other error keeps its message and its stack', () => {
  const text = logged((log) => log.error({ error: new Error('a bug') }, 'failed'));
  expect(JSON.parse(text).error).toMatchObject({ message: 'a bug' });
});
