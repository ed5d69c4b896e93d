import type { MiddlewareHandler } from 'hono';

/**
 * Everything comes from the site itself. Widgets place their pop-ups by style attributes, which is
 * why those, and only those, may stand in the page.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  // A sign-in link is an address: it must not travel to another site.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Puts the security headers on every answer; one that a handler has set itself stays. */
export function securityHeaders(options: { readonly isHttps: boolean }): MiddlewareHandler {
  const headers: Readonly<Record<string, string>> = options.isHttps
    ? { ...HEADERS, 'strict-transport-security': 'max-age=31536000' }
    : HEADERS;
  return async (context, next) => {
    await next();
    const answered = context.res.headers;
    for (const [name, value] of Object.entries(headers)) {
      if (!answered.has(name)) answered.set(name, value);
    }
  };
}
