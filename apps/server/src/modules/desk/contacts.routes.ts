import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import {
  type ContactEncounter,
  listGuestContacts,
  recordGuestContact,
  undoGuestContact,
} from './contacts.service.ts';
import type { DeskDeps } from './desk.service.ts';

/** The endpoints of contacts with service. */
export const contactsRoutes = (deps: DeskDeps) => {
  const list = async (encounter: ContactEncounter) => {
    const items = await listGuestContacts(deps, encounter);
    if (items === undefined) throw problem('guest/not-found');
    return { items };
  };
  return {
    contacts: api.desk.contacts.handler(({ input, context }) => list(encounterOf(input, context))),

    recordContact: api.desk.recordContact.handler(async ({ input, context }) => {
      const { site, channel, ownFault = false, reason } = input;
      const recorded = await recordGuestContact(deps, {
        ...encounterOf(input, context),
        ...{ channel, ownFault, idempotencyKey: context.idempotencyKey },
        ...(site === undefined ? {} : { site }),
        ...(reason === undefined ? {} : { reason }),
      });
      if (recorded.kind === 'guest-not-found') throw problem('guest/not-found');
      if (recorded.kind === 'site-not-found') throw problem('site/not-found');
      return recorded.contact;
    }),

    undoContact: api.desk.undoContact.handler(async ({ input, context }) => {
      const encounter = encounterOf(input, context);
      const { kind } = await undoGuestContact(deps, { ...encounter, contact: input.contact });
      switch (kind) {
        case 'undone':
          return await list(encounter);
        case 'guest-not-found':
          throw problem('guest/not-found');
        case 'contact-not-found':
          throw problem('contact/not-found');
        case 'undo-ended':
          throw problem('contact/undo-ended');
        case 'not-theirs':
          throw problem('session/forbidden', { roles: ['owner'] });
      }
    }),
  };
};

function encounterOf(
  { company, guest }: { readonly company: string; readonly guest: string },
  { actor }: RequestContext,
): ContactEncounter {
  const { staff } = actor;
  if (staff === null) throw problem('session/required');
  const clerk = { id: staff.id, name: staff.name };
  return { company, guest, clerk, isOwner: staff.roles.includes('owner') };
}
