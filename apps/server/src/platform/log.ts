import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from './config.ts';
import { databaseCode } from './database/failure.ts';

/** Where the server reports to: JSON lines on standard output. */
export type Log = Logger;

/**
 * Fields that are never written, whoever logs them. Messages name things by id; a person's name,
 * address or text has no place in a log, which erasure could not reach.
 */
const SECRET = [
  'authorization',
  'body',
  'cookie',
  'email',
  'headers',
  'name',
  'password',
  'secret',
  'token',
];

/** Makes the log. `destination` is for tests. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`]), censor: '[hidden]' },
    serializers: { error: describeError, err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * The message of a refused statement may quote what somebody typed, so that of a database error
 * only its code, its constraint and the lines of our own code are kept.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = databaseCode(error);
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return stdSerializers.err(error);
  const constraint = 'constraint' in error ? error.constraint : undefined;
  const stack = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { type: error.name, code, constraint, stack: stack?.join('\n') };
}
