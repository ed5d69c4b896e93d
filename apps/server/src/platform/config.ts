import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { DatabaseSource } from './database/database.ts';
import { checkoutFolder } from './paths.ts';

/** Everything that the environment decides. This file is the only one to read it. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The address that links in mails begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** The folder of everything that is kept: the data, the master key, the administrator's token. */
  readonly home: string;
  readonly database: DatabaseSource;
  /** The master key where the environment gives it; otherwise it is a file in `home`. */
  readonly masterKey: Uint8Array | undefined;
  readonly logLevel: LogLevel;
  /** An SMTP server; without one, mails go to the development mailbox. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Where notes are sent to be read for facts; without it, they leave this machine nowhere. */
  readonly proposerUrl: string | undefined;
  /** Whether the server stands behind a proxy of ours, whose `X-Forwarded-For` is to be believed. */
  readonly isBehindProxy: boolean;
  /** Whether a first start adds the demo companies. */
  readonly hasDemo: boolean;
  /** Whether these get customers of an earlier system. */
  readonly hasDemoHistory: boolean;
  readonly webFolder: string;
  readonly cacheFolder: string;
}

/** How much is logged. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Thrown when the environment holds a value that cannot be meant; lists all of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config/invalid';
}

const url = (protocol: RegExp, hint: string) => z.url({ protocol, error: hint });

const Environment = z.object({
  PORT: z.coerce.number('is a port number').int().min(0).max(65_535).default(4600),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'looks like postgres://user@host/database').optional(),
  DATABASE_CONNECTIONS: z.coerce
    .number('is a number from 2 to 200')
    .int()
    .min(2)
    .max(200)
    .default(10),
  KEEPSAKE_HOME: z.string().default('.keepsake'),
  KEEPSAKE_CACHE: z.string().optional(),
  KEEPSAKE_MASTER_KEY: z
    .string()
    .refine((text) => parseMasterKey(text) !== undefined, 'is 32 bytes in base64')
    .optional(),
  KEEPSAKE_PUBLIC_URL: url(/^https?$/, 'looks like https://shop.example.com').optional(),
  KEEPSAKE_BEHIND_PROXY: z.enum(['yes', 'no'], 'is yes or no').default('no'),
  KEEPSAKE_DEMO: z.enum(['yes', 'no'], 'is yes or no').default('yes'),
  KEEPSAKE_DEMO_HISTORY: z.enum(['yes', 'no'], 'is yes or no').default('yes'),
  KEEPSAKE_PROPOSER_URL: url(/^https?$/, 'looks like https://user:password@host/path').optional(),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'is trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  SMTP_URL: url(/^smtps?$/, 'looks like smtp://user:password@host:587').optional(),
  MAIL_FROM: z.string().default('Keepsake <keepsake@localhost>'),
});

/** Reads the settings from the environment; an empty value counts as not set. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const parsed = Environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  const values = parsed.data;
  const home = resolve(checkoutFolder, values.KEEPSAKE_HOME);
  const cacheFolder = resolve(checkoutFolder, values.KEEPSAKE_CACHE ?? '.cache');
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: publicUrlOf(values),
    home,
    database:
      values.DATABASE_URL === undefined
        ? { kind: 'embedded', home, cacheFolder }
        : {
            kind: 'postgres',
            url: values.DATABASE_URL,
            connectionsMax: values.DATABASE_CONNECTIONS,
          },
    masterKey: parseMasterKey(values.KEEPSAKE_MASTER_KEY ?? ''),
    logLevel: values.LOG_LEVEL,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    proposerUrl: values.KEEPSAKE_PROPOSER_URL,
    isBehindProxy: values.KEEPSAKE_BEHIND_PROXY === 'yes',
    hasDemo: values.KEEPSAKE_DEMO === 'yes',
    hasDemoHistory: values.KEEPSAKE_DEMO === 'yes' && values.KEEPSAKE_DEMO_HISTORY === 'yes',
    webFolder: join(checkoutFolder, 'apps', 'web', 'dist'),
    cacheFolder,
  };
}

function publicUrlOf(values: z.infer<typeof Environment>): string {
  if (values.KEEPSAKE_PUBLIC_URL !== undefined)
    return values.KEEPSAKE_PUBLIC_URL.replace(/\/+$/, '');
  const isAnyAddress = values.HOST === '0.0.0.0' || values.HOST === '::';
  const host = isAnyAddress || values.HOST === '127.0.0.1' ? 'localhost' : values.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${values.PORT}`;
}

/** A master key from its base64, or undefined where it is not 32 bytes. */
export function parseMasterKey(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === trimmed
    ? new Uint8Array(bytes)
    : undefined;
}
