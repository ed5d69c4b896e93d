import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryLockedError, lockDirectory } from './directory-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Leaves a lock as another process would. */
function leaveLock(text: string): void {
  mkdirSync(join(folder, 'lock'), { recursive: true });
  writeFileSync(join(folder, 'lock', '000000001'), text);
}

const owner = (pid: number, startedAt: string, host = hostname()): string =>
  `${JSON.stringify({ pid, startedAt, host })}\n`;

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('is held by one at a time and can be given on', () => {
  const lock = lockDirectory(folder);
  expect(() => lockDirectory(folder)).toThrow(DirectoryLockedError);
  lock.release();
  lock.release();
  const next = lockDirectory(folder);
  lock.release();
  expect(() => lockDirectory(folder)).toThrow(DirectoryLockedError);
  next.release();
  expect(readdirSync(join(folder, 'lock'))).toHaveLength(1);
});

test('is taken over from a process that has ended', () => {
  leaveLock(owner(deadPid(), '1'));
  lockDirectory(folder).release();
});

test('is taken over where the id now belongs to another, later process', () => {
  leaveLock(owner(process.pid, 'another start'));
  lockDirectory(folder).release();
});

test('of another host is respected while it beats, and taken over when it is silent', () => {
  leaveLock(owner(1, '1', 'another-host'));
  expect(() => lockDirectory(folder)).toThrow(/in use by process 1 on another-host/);
  const longAgo = new Date(Date.now() - 120_000);
  utimesSync(join(folder, 'lock', '000000001'), longAgo, longAgo);
  lockDirectory(folder).release();
});

test('that was cut short while it was written is taken over', () => {
  leaveLock('{"pid":');
  const longAgo = new Date(Date.now() - 10_000);
  utimesSync(join(folder, 'lock', '000000001'), longAgo, longAgo);
  lockDirectory(folder).release();
});

test('of many processes that find a dead owner at once, exactly one gets it', () => {
  leaveLock(owner(deadPid(), '1'));
  const module = join(import.meta.dirname, 'directory-lock.ts');
  const contender = `
    const { lockDirectory } = await import(${JSON.stringify(module)});
    while (Date.now() < Number(process.argv[2])) {}
    try { lockDirectory(process.argv[1]); console.log('won'); setTimeout(() => {}, 3000); }
    catch (error) { console.log(error.name); }`;
  const script = `
    const { spawn } = require('node:child_process');
    const start = String(Date.now() + 4000);
    for (let i = 0; i < 4; i++) spawn(process.execPath, ['--import', 'tsx', '--input-type=module',
      '-e', process.argv[1], process.argv[2], start], { stdio: 'inherit' });`;
  const run = spawnSync(process.execPath, ['-e', script, contender, folder], { encoding: 'utf8' });
  expect(run.stdout.trim().split('\n').sort()).toEqual([
    'DirectoryLockedError',
    'DirectoryLockedError',
    'DirectoryLockedError',
    'won',
  ]);
}, 60_000);
