import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseMasterKey, readConfig } from './config.ts';
import { checkoutFolder } from './paths.ts';

test('nothing set: everything has a value that works on a fresh machine', () => {
  expect(readConfig({ PORT: '' })).toMatchObject({
    host: '127.0.0.1',
    port: 4600,
    publicUrl: 'http://localhost:4600',
    home: join(checkoutFolder, '.keepsake'),
    database: { kind: 'embedded', home: join(checkoutFolder, '.keepsake') },
    masterKey: undefined,
    smtpUrl: undefined,
    proposerUrl: undefined,
    isBehindProxy: false,
  });
});

test('what is set is taken', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const config = readConfig({
    HOST: '::1',
    PORT: '80',
    DATABASE_URL: 'postgres://a@b/c',
    KEEPSAKE_HOME: '/srv/keepsake',
    KEEPSAKE_MASTER_KEY: key,
    KEEPSAKE_BEHIND_PROXY: 'yes',
  });
  expect(config).toMatchObject({
    publicUrl: 'http://[::1]:80',
    home: '/srv/keepsake',
    database: { kind: 'postgres', url: 'postgres://a@b/c', connectionsMax: 10 },
    masterKey: new Uint8Array(32).fill(7),
    isBehindProxy: true,
  });
  expect(readConfig({ KEEPSAKE_PUBLIC_URL: 'https://a.example/' }).publicUrl).toBe(
    'https://a.example',
  );
});

test('every value that cannot be meant is named, with what it should be', () => {
  const wrong = {
    PORT: 'http',
    DATABASE_URL: 'mysql://a/b',
    KEEPSAKE_MASTER_KEY: 'c2hvcnQ=',
    KEEPSAKE_PUBLIC_URL: 'shop.example.com',
    LOG_LEVEL: 'loud',
    SMTP_URL: 'localhost',
    KEEPSAKE_BEHIND_PROXY: 'maybe',
  };
  for (const [name, value] of Object.entries(wrong)) {
    expect(() => readConfig({ [name]: value }), name).toThrow(name);
  }
  expect(() => readConfig(wrong)).toThrow(
    /PORT is a port number\n(.*\n)*.*LOG_LEVEL is trace, debug/,
  );
});

test('a master key is 32 bytes in canonical base64', () => {
  const key = Buffer.alloc(32, 255).toString('base64');
  expect(parseMasterKey(`${key}\n`)).toHaveLength(32);
  expect(parseMasterKey(key.slice(0, -4))).toBeUndefined();
  expect(parseMasterKey(`${key}AAAA`)).toBeUndefined();
  expect(parseMasterKey(key.replaceAll('/', '_'))).toBeUndefined();
});
