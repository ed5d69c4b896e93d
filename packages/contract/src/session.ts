import { z } from 'zod';
import { anyone, endpoint, staff } from './endpoint.ts';
import { Id, Instant, Line, Role, Slug } from './values.ts';

export const Session = z.object({
  customer: z.object({ guest: Id, name: z.string().nullable(), email: z.string() }).nullable(),
  staff: z
    .object({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(Role) })
    .nullable(),
  /** True where sign-in links go to the development mailbox page instead of a mail server. */
  mailbox: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const StaffMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
});

export const session = {
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/session',
      summary: 'Who is signed in here',
      tag: 'Sessions',
      access: anyone,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    Session,
  ),
  requestLink: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/sign-in',
      summary: 'Send a sign-in link to a customer',
      tag: 'Sessions',
      access: anyone,
      status: 202,
      problems: ['company/not-found'],
    },
    z.strictObject({
      company: Slug,
      email: z.email().max(254),
      /** A path on this site to go on to. */
      returnTo: z
        .string()
        .regex(/^\/(?!\/)/)
        .max(300)
        .optional(),
    }),
    z.object({ sent: z.literal(true) }),
  ),
  redeem: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/sign-in/redeem',
      summary: 'Sign in with the token of a link; sets the session cookie',
      tag: 'Sessions',
      access: anyone,
      problems: ['company/not-found', 'session/link-invalid'],
    },
    z.strictObject({ company: Slug, token: z.string().max(200) }),
    z.object({ session: Session, returnTo: z.string().nullable() }),
  ),
  signOut: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/sign-out',
      summary: 'End the customer’s session',
      tag: 'Sessions',
      access: anyone,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    z.object({ signedOut: z.literal(true) }),
  ),
  staff: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/staff',
      summary: 'The staff of a company and who is invited',
      tag: 'Staff',
      access: staff(),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    z.object({
      items: z.array(StaffMember),
      invited: z.array(z.object({ email: z.string(), roles: z.array(Role), until: Instant })),
    }),
  ),
  invite: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/staff/invitations',
      summary: 'Invite somebody by mail',
      tag: 'Staff',
      access: staff(),
      status: 201,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug, email: z.email().max(254), roles: z.array(Role).min(1) }),
    z.object({ email: z.string(), roles: z.array(Role), until: Instant }),
  ),
  accept: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/staff/invitations/accept',
      summary: 'Accept an invitation: choose name and password',
      tag: 'Staff',
      access: anyone,
      status: 201,
      problems: ['company/not-found', 'session/link-invalid'],
    },
    z.strictObject({
      company: Slug,
      token: z.string().max(200),
      name: Line.min(1).max(120),
      password: z.string().min(10).max(200),
    }),
    StaffMember,
  ),
  roles: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/staff/{member}/roles',
      summary: 'Set the roles of a member of staff; none removes them',
      tag: 'Staff',
      access: staff(),
      problems: ['company/not-found', 'staff/not-found', 'staff/last-owner'],
    },
    z.strictObject({ company: Slug, member: z.string().max(100), roles: z.array(Role) }),
    StaffMember,
  ),
  mailbox: endpoint(
    {
      method: 'GET',
      path: '/api/mailbox',
      summary: 'Mails of an installation without a mail server (development only)',
      tag: 'Development',
      access: anyone,
      problems: ['route/not-found'],
    },
    z.strictObject({ to: z.string().max(254).optional() }),
    z.object({
      items: z.array(
        z.object({
          id: Id,
          at: Instant,
          from: z.string(),
          to: z.string(),
          subject: z.string(),
          text: z.string(),
        }),
      ),
    }),
  ),
};
