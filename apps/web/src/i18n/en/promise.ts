/** Why a date is what it is. */
export const promise = {
  atOnce: 'Everything is at hand; it can be made right away.',
  'waits-for-part': {
    plain: 'Waits for a part: {{name}}',
    until: 'Waits for a part until {{date}}: {{name}}',
  },
  'work-centre-busy': {
    plain: 'Others are served first: {{name}}',
    until: 'Others are served first until {{date}}: {{name}}',
  },
  'closed-hours': {
    plain: 'Closed at nights and on free days',
    until: 'Closed until {{date}}',
  },
  'operation-blocked': {
    plain: 'A step cannot go on: {{name}}',
    until: 'A step cannot go on until {{date}}: {{name}}',
  },
  'work-content': {
    plain: 'The time it takes to make it by hand',
    until: 'The time it takes to make it by hand, until {{date}}',
  },
  arrival: {
    plain: 'Everything is ready before you arrive',
    until: 'Everything is ready before you arrive on {{date}}',
  },
  'running-late': {
    plain: 'Making takes longer than planned: {{name}}',
    until: 'Making takes longer than planned, until {{date}}: {{name}}',
  },
  'design-changed': {
    plain: 'The design was changed',
    until: 'The design was changed; ready by {{date}}',
  },
  delivery: {
    plain: 'The time it is on its way to you',
    until: 'On its way to you until {{date}}',
  },
} as const;
