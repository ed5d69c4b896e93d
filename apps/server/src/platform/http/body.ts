import { isUtf8 } from 'node:buffer';

/** The body of a request, or why it is not taken. */
export type BodyAnswer =
  | { readonly kind: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-json'; readonly detail: string };

/**
 * Reads a body of JSON, or of lines of JSON, of at most `bytesMax` bytes; a longer one is let go of as soon as that is known.
 * An absent body is read as no bytes. Whether the text is JSON is for the contract to find out:
 * here the declared type counts, as a form of another site could send any bytes as text, and that
 * the bytes are UTF-8, as a decoder would put signs of its own in place of those that are not.
 */
export async function readBody(request: Request, bytesMax: number): Promise<BodyAnswer> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) return { kind: 'too-large' };
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    length += next.value.byteLength;
    if (length > bytesMax) {
      await reader?.cancel();
      return { kind: 'too-large' };
    }
    chunks.push(next.value);
  }
  if (length > 0 && !isJson(request.headers.get('content-type'))) {
    return {
      kind: 'not-json',
      detail: 'The Content-Type of a body is application/json or application/x-ndjson.',
    };
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  if (!isUtf8(bytes)) return { kind: 'not-json', detail: 'The body is not UTF-8.' };
  return { kind: 'read', bytes };
}

function isJson(type: string | null): boolean {
  return /^application\/(json|x-ndjson)\s*(;|$)/i.test(type ?? '');
}
