const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method only reads, so that nothing is changed by it. */
export function isRead(method: string): boolean {
  return READS.has(method);
}

/**
 * Whether a browser sends this on behalf of another site. Browsers say so by `Sec-Fetch-Site`, older
 * ones by `Origin`; a program sends neither and carries no cookies it was not given. `origins` are
 * those that pages of ours are served from, beside the one that the request itself was sent to.
 */
export function isCrossSite(request: Request, origins: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin !== ownOrigin(request) && !origins.includes(origin);
  const site = request.headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/** The origin that the browser believes to talk to; behind a proxy only the host is known for sure. */
function ownOrigin(request: Request): string {
  const url = new URL(request.url);
  const host = request.headers.get('host');
  return host === null ? url.origin : `${url.protocol}//${host}`;
}
