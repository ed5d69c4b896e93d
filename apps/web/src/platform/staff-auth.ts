/** Outcome of a call to the staff sign-in, which lives under `/auth` beside the API. */
export type StaffAuthOutcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unreachable' };

async function post(path: string, body: unknown): Promise<StaffAuthOutcome> {
  try {
    const response = await fetch(`/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return { kind: 'ok' };
    if (response.status === 429) return { kind: 'too-many' };
    return { kind: response.status < 500 ? 'refused' : 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Signs a member of staff in; sets the session cookie. */
export const signInStaff = (email: string, password: string) =>
  post('sign-in/email', { email, password });

/** Ends the session of a member of staff. */
export const signOutStaff = () => post('sign-out', {});

/** Sends a link to choose a new password. */
export const requestPasswordReset = (email: string) =>
  post('request-password-reset', {
    email,
    redirectTo: `${window.location.origin}/staff/reset`,
  });

/** Sets a new password with the token of such a link. */
export const resetPassword = (token: string, newPassword: string) =>
  post('reset-password', { token, newPassword });
