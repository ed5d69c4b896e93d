import type { promise as english } from '../en/promise.ts';
import type { SameKeys } from '../texts.ts';

/** Why a date is what it is. */
export const promise: SameKeys<typeof english> = {
  atOnce: 'Alles ist da; die Fertigung kann gleich beginnen.',
  'waits-for-part': {
    plain: 'Wartet auf ein Teil: {{name}}',
    until: 'Wartet bis {{date}} auf ein Teil: {{name}}',
  },
  'work-centre-busy': {
    plain: 'Andere sind vorher an der Reihe: {{name}}',
    until: 'Andere sind bis {{date}} vorher an der Reihe: {{name}}',
  },
  'closed-hours': {
    plain: 'Nachts und an freien Tagen geschlossen',
    until: 'Geschlossen bis {{date}}',
  },
  'operation-blocked': {
    plain: 'Ein Schritt kann nicht weitergehen: {{name}}',
    until: 'Ein Schritt kann bis {{date}} nicht weitergehen: {{name}}',
  },
  'work-content': {
    plain: 'So lange dauert die Handarbeit',
    until: 'So lange dauert die Handarbeit, bis {{date}}',
  },
  arrival: {
    plain: 'Alles ist bereit, bevor Sie ankommen',
    until: 'Alles ist bereit, bevor Sie am {{date}} ankommen',
  },
  'running-late': {
    plain: 'Die Fertigung dauert länger als geplant: {{name}}',
    until: 'Die Fertigung dauert länger als geplant, bis {{date}}: {{name}}',
  },
  'design-changed': {
    plain: 'Der Entwurf wurde geändert',
    until: 'Der Entwurf wurde geändert; fertig bis {{date}}',
  },
  delivery: {
    plain: 'So lange ist es zu Ihnen unterwegs',
    until: 'Bis {{date}} zu Ihnen unterwegs',
  },
};
