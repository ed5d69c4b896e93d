import type { fact as english } from '../en/fact.ts';
import type { SameKeys } from '../texts.ts';

/** Words of remembered facts, wherever they are shown. */
export const fact: SameKeys<typeof english> = {
  sentence: {
    like: '{{label}}: {{value}}, so mögen Sie es.',
    dislike: '{{label}}: {{value}}, das hätten Sie lieber nicht.',
    require: '{{label}}: {{value}}, anders geht es nicht.',
    forbid: '{{label}}: niemals {{value}}.',
    number: '{{label}}: {{value}}.',
    yes: {
      like: '{{label}}: ja, gern.',
      dislike: '{{label}}: lieber nicht.',
      require: '{{label}}: Darauf achten wir immer.',
      forbid: '{{label}}: niemals.',
    },
    no: '{{label}}: nein, danke.',
  },
  short: {
    like: '{{label}}: {{value}}',
    dislike: '{{label}}: lieber nicht {{value}}',
    require: '{{label}}: nur {{value}}',
    forbid: '{{label}}: niemals {{value}}',
    yes: {
      like: '{{label}}: ja',
      dislike: '{{label}}: lieber nicht',
      require: '{{label}}',
      forbid: '{{label}}: niemals',
    },
    no: '{{label}}: nein',
  },
  only: 'Das gilt nur für {{place}}.',
  gift: 'Das gilt für Geschenke.',
  origin: {
    stated: 'Das haben Sie uns am {{date}} gesagt.',
    confirmed: 'Das haben Sie am {{date}} bestätigt.',
    observed: 'Das ist uns am {{date}} aufgefallen.',
    inferred: 'Das haben wir am {{date}} aus Ihrer Wahl geschlossen.',
    imported: 'Das stammt vom {{date}} aus älteren Unterlagen.',
  },
  originAt: {
    stated: 'Das haben Sie uns am {{date}} gesagt ({{place}}).',
    confirmed: 'Das haben Sie am {{date}} bestätigt ({{place}}).',
    observed: 'Das ist uns am {{date}} aufgefallen ({{place}}).',
    inferred: 'Das haben wir am {{date}} aus Ihrer Wahl geschlossen ({{place}}).',
    imported: 'Das stammt vom {{date}} aus älteren Unterlagen ({{place}}).',
  },
  occasions_one: 'Es kam einmal vor.',
  occasions_other: 'Es kam insgesamt {{count}}-mal vor.',
  how: {
    stated: 'gesagt',
    confirmed: 'bestätigt',
    observed: 'bemerkt',
    inferred: 'geschlossen',
    imported: 'übernommen',
  },
  mark: '{{how}}, {{date}}',
  markAt: '{{how}}, {{place}}, {{date}}',
  evidence: 'Woher das bekannt ist',
  channel: {
    desk: 'am Empfang',
    web: 'auf diesen Seiten',
    studio: 'im Studio',
    workshop: 'in der Werkstatt',
  },
  category: {
    health: 'Damit es Ihnen gut geht',
    room: 'Zimmer und Bett',
    stay: 'Aufenthalt',
    body: 'Maße',
    bicycle: 'Fahrrad',
    coffee: 'Kaffee',
    other: 'Außerdem',
  },
  site: { label: 'Arbeitsort' },
  gate: {
    signInTitle: 'Das hier ist für das Team',
    signInText: 'Melden Sie sich mit Ihrer Arbeitsadresse an; Sie kommen gleich hierher zurück.',
    forbiddenTitle: 'Ihre Rolle öffnet das nicht',
    forbiddenText:
      'Sie sind als {{name}} angemeldet. Bitten Sie bei {{company}} um eine dieser Rollen: {{roles}}.',
    signIn: 'Als Team anmelden',
    other: 'Als jemand anderes anmelden',
  },
};
