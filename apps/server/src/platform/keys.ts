/**
 * Keys over personal data. One master key beside the store wraps a key for each subject; everything
 * personal is sealed with the key of its own subject, so that deleting that one row makes it
 * unreadable in every table, log and backup at once. Nonces come from the system's source of
 * randomness and never from a seeded one: a nonce that repeats would give the key away.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Clock } from '@keepsake/kernel';
import { drawBytes } from './chance.ts';
import type { Db } from './database/schema.ts';
import { eraseWrappedKey, findWrappedKey, insertWrappedKey } from './keys.store.ts';

/** The key of one subject of one company. Opaque: use `seal` and `open`. */
export interface SubjectKey {
  readonly company: string;
  readonly subject: string;
  readonly secret: KeyObject;
}

/** Thrown when sealed bytes were changed, cut, or belong to another subject or purpose. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  readonly code = 'keys/seal-broken';
}

/** A key as it is kept: wrapped by the master key. */
export interface WrappedKey {
  readonly company: string;
  readonly subject: string;
  readonly wrapped: Uint8Array;
}

/** A key that was just made. */
export interface NewSubjectKey extends WrappedKey {
  readonly key: SubjectKey;
}

/** The keys of all subjects, and the keyed look-ups of all companies. */
export interface Keys {
  /** Makes the key of a subject where there is none, and answers it. */
  createSubjectKey(db: Db, company: string, subject: string): Promise<SubjectKey>;
  /** The key of a subject, or undefined where there never was one or it was erased. */
  findSubjectKey(db: Db, company: string, subject: string): Promise<SubjectKey | undefined>;
  /**
   * A new key for a subject that is being made, and the row to keep of it. Nothing is written, and
   * nobody else may have made one for this subject.
   */
  newSubjectKey(company: string, subject: string): NewSubjectKey;
  /**
   * The key in a row that was read. Unwrapping is saved where the key is known already; it is kept
   * in memory unless `isUncommitted`, as what a transaction sees may yet be rolled back.
   */
  openSubjectKey(row: WrappedKey, isUncommitted: boolean): SubjectKey;
  /**
   * Destroys the key of a subject; answers whether there was one. What it sealed is lost from the
   * moment the transaction commits, in this process at once and in others within `CACHE_MS`.
   */
  eraseSubjectKey(db: Db, company: string, subject: string): Promise<boolean>;
  /**
   * A keyed look-up value for data that is sealed elsewhere, such as an e-mail address: the same
   * text gives the same 64 hexadecimal digits, but only within one company and one kind. The caller
   * normalises `value` first.
   */
  hmac(company: string, kind: string, value: string): string;
  /** Tells one master key from another, without giving it away. */
  readonly fingerprint: string;
}

/** For how long an unwrapped key is kept in memory. */
export const CACHE_MS = 60_000;
const CACHE_MAX = 10_000;
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Makes the keys that a master key of 32 bytes opens. */
export function createKeys(masterKey: Uint8Array, clock: Clock): Keys {
  if (masterKey.length !== KEY_BYTES) throw new Error('the master key has 32 bytes');
  const wrapping = deriveKey(masterKey, '', 'keepsake wrap 1');
  const cache = createCache(clock);
  const lookups = new Map<string, KeyObject>();

  const unwrap = (company: string, subject: string, wrapped: Uint8Array): SubjectKey => {
    const bytes = decrypt(wrapping, wrapped, bind(company, subject, 'wrap'));
    return { company, subject, secret: createSecretKey(bytes) };
  };

  const findSubjectKey: Keys['findSubjectKey'] = async (db, company, subject) => {
    const known = cache.get(company, subject);
    if (known !== undefined) return known;
    const wrapped = await findWrappedKey(db, company, subject);
    if (wrapped === undefined) return undefined;
    const key = unwrap(company, subject, wrapped);
    // What a transaction sees may yet be rolled back, and a key without its row loses data.
    if (!db.isTransaction) cache.put(key);
    return key;
  };

  return {
    findSubjectKey,
    newSubjectKey: (company, subject) => {
      const bytes = randomBytes(KEY_BYTES);
      const wrapped = encrypt(wrapping, bytes, bind(company, subject, 'wrap'));
      return {
        company,
        subject,
        wrapped,
        key: { company, subject, secret: createSecretKey(bytes) },
      };
    },
    openSubjectKey: ({ company, subject, wrapped }, isUncommitted) => {
      const known = cache.get(company, subject);
      if (known !== undefined) return known;
      const key = unwrap(company, subject, wrapped);
      if (!isUncommitted) cache.put(key);
      return key;
    },
    createSubjectKey: async (db, company, subject) => {
      const known = await findWrappedKey(db, company, subject);
      if (known !== undefined) return unwrap(company, subject, known);
      const aad = bind(company, subject, 'wrap');
      const wrapped = encrypt(wrapping, randomBytes(KEY_BYTES), aad);
      const created_at = new Date(clock.now());
      const kept = await insertWrappedKey(db, { company, subject, wrapped, created_at });
      return unwrap(company, subject, kept);
    },
    eraseSubjectKey: async (db, company, subject) => {
      cache.bar(company, subject);
      return await eraseWrappedKey(db, company, subject);
    },
    hmac: (company, kind, value) => {
      const id = `${company}\0${kind}`;
      const key = lookups.get(id) ?? deriveKey(masterKey, company, `keepsake lookup 1 ${kind}`);
      lookups.set(id, key);
      return createHmac('sha256', key).update(value).digest('hex');
    },
    fingerprint: createHmac('sha256', deriveKey(masterKey, '', 'keepsake fingerprint 1'))
      .digest('hex')
      .slice(0, 16),
  };
}

/**
 * Encrypts with the subject's key (AES-256-GCM). `purpose` names where it is kept, such as
 * `fact.value`: what was sealed for one place does not open in another. Adds 29 bytes.
 */
export function seal(key: SubjectKey, plain: Uint8Array | string, purpose: string): Uint8Array {
  return encrypt(key.secret, plain, boundOf(key, purpose));
}

/** What was sealed last: values of one subject and purpose are mostly sealed in a row. */
let last: { key: SubjectKey; purpose: string; bound: Buffer } | undefined;

function boundOf(key: SubjectKey, purpose: string): Buffer {
  if (last?.key !== key || last.purpose !== purpose) {
    last = { key, purpose, bound: bind(key.company, key.subject, purpose) };
  }
  return last.bound;
}

/** Decrypts what `seal` made for the same subject and purpose; throws `SealBrokenError`. */
export function open(key: SubjectKey, sealed: Uint8Array, purpose: string): Uint8Array {
  return decrypt(key.secret, sealed, boundOf(key, purpose));
}

/** As `open`, for what was sealed as text. */
export function openText(key: SubjectKey, sealed: Uint8Array, purpose: string): string {
  return Buffer.from(open(key, sealed, purpose)).toString('utf8');
}

/** Each part is preceded by its length, so that no two sets of parts look alike. */
function bind(...parts: readonly string[]): Buffer {
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'utf8');
}

function deriveKey(masterKey: Uint8Array, salt: string, info: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, salt, info, KEY_BYTES)));
}

function encrypt(key: KeyObject, plain: Uint8Array | string, aad: Uint8Array): Uint8Array {
  const nonce = drawBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  // This mode has no padding: everything comes out at once.
  const hidden = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  const sealed = new Uint8Array(1 + NONCE_BYTES + hidden.length + TAG_BYTES);
  sealed[0] = FORMAT;
  sealed.set(nonce, 1);
  sealed.set(hidden, 1 + NONCE_BYTES);
  sealed.set(cipher.getAuthTag(), 1 + NONCE_BYTES + hidden.length);
  return sealed;
}

function decrypt(key: KeyObject, sealed: Uint8Array, aad: Uint8Array): Uint8Array {
  const body = sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES);
  try {
    if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) {
      throw new Error('not a sealed value');
    }
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad).setAuthTag(sealed.subarray(-TAG_BYTES));
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch (error) {
    throw new SealBrokenError('A sealed value does not open with this key.', { cause: error });
  }
}

interface Cache {
  get(company: string, subject: string): SubjectKey | undefined;
  put(key: SubjectKey): void;
  /** Forgets a key for good: a reader of the old row must not bring it back before the commit. */
  bar(company: string, subject: string): void;
}

function createCache(clock: Clock): Cache {
  const entries = new Map<string, { readonly key: SubjectKey; readonly until: number }>();
  const barred = new Set<string>();
  return {
    get: (company, subject) => {
      const id = `${company}\0${subject}`;
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      entries.delete(id);
      if (entry.until <= clock.now()) return undefined;
      // Last in the map is most recently used.
      entries.set(id, entry);
      return entry.key;
    },
    put: (key) => {
      const id = `${key.company}\0${key.subject}`;
      if (barred.has(id)) return;
      entries.set(id, { key, until: clock.now() + CACHE_MS });
      const oldest = entries.keys().next().value;
      if (entries.size > CACHE_MAX && oldest !== undefined) entries.delete(oldest);
    },
    bar: (company, subject) => {
      const id = `${company}\0${subject}`;
      barred.add(id);
      entries.delete(id);
    },
  };
}
