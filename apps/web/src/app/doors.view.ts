import type { Session } from '@keepsake/contract';

/** A door of a company: a page that somebody comes for. */
export interface Door {
  readonly id:
    | 'studio'
    | 'orders'
    | 'memory'
    | 'desk'
    | 'workshop'
    | 'value'
    | 'space'
    | 'privacy'
    | 'questions'
    | 'vocabulary'
    | 'staff';
  readonly path: `/c/$company${string}`;
}

const DOORS = {
  studio: { id: 'studio', path: '/c/$company' },
  orders: { id: 'orders', path: '/c/$company/orders' },
  memory: { id: 'memory', path: '/c/$company/memory' },
  desk: { id: 'desk', path: '/c/$company/desk' },
  workshop: { id: 'workshop', path: '/c/$company/workshop' },
  value: { id: 'value', path: '/c/$company/value' },
  space: { id: 'space', path: '/c/$company/space' },
  privacy: { id: 'privacy', path: '/c/$company/privacy' },
  questions: { id: 'questions', path: '/c/$company/questions' },
  vocabulary: { id: 'vocabulary', path: '/c/$company/vocabulary' },
  staff: { id: 'staff', path: '/c/$company/staff' },
} as const satisfies Record<Door['id'], Door>;

/** The doors that the header shows: a customer's own, and for staff what their roles open. */
export function doorsFor(session: Session | undefined): readonly Door[] {
  const roles = session?.staff?.roles ?? [];
  const may = (...wanted: readonly (typeof roles)[number][]) =>
    roles.includes('owner') || wanted.some((role) => roles.includes(role));
  return [
    DOORS.studio,
    ...(session?.customer ? [DOORS.orders] : []),
    ...(session?.staff && !session.customer ? [] : [DOORS.memory]),
    ...(may('clerk') ? [DOORS.desk] : []),
    ...(may('maker', 'clerk') ? [DOORS.workshop] : []),
    ...(may('marketing') ? [DOORS.value] : []),
    ...(may('product-manager') ? [DOORS.space, DOORS.vocabulary] : []),
    ...(may('privacy-officer') ? [DOORS.privacy] : []),
    ...(may('privacy-officer', 'product-manager') ? [DOORS.questions] : []),
    ...(may() ? [DOORS.staff] : []),
  ];
}
