import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Answers a request from the web folder, or undefined where it has nothing for it. */
export type WebFolder = (request: Request) => Promise<Response | undefined>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const SHRINKS = /^(text\/|application\/(json|manifest)|image\/svg)/;
const NOT_PAGES = /^\/(api|auth|assets|docs|healthz|metrics|openapi\.json)(\/|$)/;

interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer> | undefined;
  readonly etag: string;
}

/**
 * Serves a built web app: its files by their path, and `index.html` for every other address that a
 * browser opens as a page. The names are read once, so that no path of a request ever reaches the
 * disk; each file is read and compressed when it is first asked for, and kept.
 */
export function openWebFolder(folder: string): WebFolder {
  const names = new Set(existsSync(folder) ? listFiles(folder) : []);
  const assets = new Map<string, Promise<Asset>>();
  const assetOf = (name: string): Promise<Asset> => {
    const known = assets.get(name);
    if (known !== undefined) return known;
    const reading = readAsset(folder, name);
    assets.set(name, reading);
    // What could not be read this time may be there the next.
    reading.catch(() => assets.delete(name));
    return reading;
  };
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const { pathname } = new URL(request.url);
    const name = names.has(pathname) ? pathname : pageFor(request, pathname);
    if (name === undefined || !names.has(name)) return undefined;
    return answer(request, name, await assetOf(name));
  };
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
}

function pageFor(request: Request, pathname: string): string | undefined {
  const isPage = request.headers.get('accept')?.includes('text/html') === true;
  return isPage && !NOT_PAGES.test(pathname) ? '/index.html' : undefined;
}

async function readAsset(folder: string, name: string): Promise<Asset> {
  const bytes = new Uint8Array(await readFile(join(folder, name)));
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  const isWorthIt = SHRINKS.test(type) && bytes.length > 1024;
  return {
    type,
    bytes,
    zipped: isWorthIt ? new Uint8Array(await promisify(gzip)(bytes, { level: 9 })) : undefined,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}

function answer(request: Request, name: string, asset: Asset): Response {
  const headers = new Headers({
    'content-type': asset.type,
    etag: asset.etag,
    // The build puts a hash of its content into the name of each asset.
    'cache-control': name.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    vary: 'accept-encoding',
  });
  if (request.headers.get('if-none-match') === asset.etag) {
    return new Response(null, { status: 304, headers });
  }
  const takesZipped = request.headers.get('accept-encoding')?.includes('gzip') === true;
  const body = takesZipped && asset.zipped !== undefined ? asset.zipped : asset.bytes;
  if (body === asset.zipped) headers.set('content-encoding', 'gzip');
  headers.set('content-length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}
