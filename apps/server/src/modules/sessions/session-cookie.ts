/** The cookie of a signed-in customer. */
const NAME = 'keepsake_customer';

/**
 * A `Set-Cookie` value that keeps a session's token. Its path is the company's part of the API, so
 * that a customer is signed in at several companies side by side and none sees the others' cookie.
 */
export function sessionCookie(
  company: string,
  token: string,
  how: { readonly maxAgeSeconds: number; readonly isHttps: boolean },
): string {
  const secure = how.isHttps ? '; Secure' : '';
  return (
    `${NAME}=${token}; Path=/api/c/${company}; Max-Age=${how.maxAgeSeconds}; ` +
    `HttpOnly; SameSite=Lax${secure}`
  );
}

/** The token that the cookies of a request carry. */
export function readSessionCookie(headers: Headers): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === NAME && value !== undefined && value !== '') return value;
  }
  return undefined;
}
