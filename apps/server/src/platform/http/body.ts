import { isUtf8 } from 'node:buffer';
import { isRead } from './same-origin.ts';

/** The body of a request, or why it is not taken. */
export type BodyAnswer =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-json'; readonly detail: string };

/**
 * Reads a body of JSON, or of lines of JSON, of at most `bytesMax` bytes; a longer one is let go of
 * as soon as that is known. An absent body is read as no bytes. Whether the text is JSON is for the contract to find out:
 * here the declared type counts, as a form of another site could send any bytes as text, and that
 * the bytes are UTF-8, as a decoder would put signs of its own in place of those that are not.
 */
export async function readBody(request: Request, bytesMax: number): Promise<BodyAnswer> {
  const bytes = await readBytes(request, bytesMax);
  if (bytes === undefined) return { kind: 'too-large' };
  if (bytes.length > 0 && !isJson(request.headers.get('content-type'))) {
    return {
      kind: 'not-json',
      detail: 'The Content-Type of a body is application/json or application/x-ndjson.',
    };
  }
  if (!isUtf8(bytes)) return { kind: 'not-json', detail: 'The body is not UTF-8.' };
  return { kind: 'read', bytes };
}

/**
 * Undefined where there are more. A body whose length was told is read in one go, as no more of it
 * comes; one that comes in pieces, piece by piece.
 */
async function readBytes(
  request: Request,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const told = request.headers.get('content-length');
  if (Number(told ?? 0) > bytesMax) return undefined;
  if (told !== null) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > bytesMax ? undefined : bytes;
  }
  if (isRead(request.method)) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    length += next.value.byteLength;
    if (length > bytesMax) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function isJson(type: string | null): boolean {
  return /^application\/(json|x-ndjson)\s*(;|$)/i.test(type ?? '');
}
