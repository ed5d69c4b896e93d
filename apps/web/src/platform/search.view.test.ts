import { describe, expect, test } from 'vitest';
import { safePath, textParam } from './search.view.ts';

describe('the address’s query', () => {
  test('gives a text or nothing', () => {
    expect(textParam({ design: 'abc' }, 'design')).toEqual({ design: 'abc' });
    expect(textParam({ token: 123 }, 'token')).toEqual({ token: '123' });
    expect(textParam({ design: '' }, 'design')).toEqual({});
    expect(textParam({ design: { x: 1 } }, 'design')).toEqual({});
  });
});

describe('a path to go on to', () => {
  test('stays on this site', () => {
    expect(safePath('/c/velo/orders?x=1', '/')).toBe('/c/velo/orders?x=1');
    expect(safePath('//evil.example', '/home')).toBe('/home');
    expect(safePath('/\\evil.example', '/home')).toBe('/home');
    expect(safePath('https://evil.example', '/home')).toBe('/home');
    expect(safePath(null, '/home')).toBe('/home');
  });
});
