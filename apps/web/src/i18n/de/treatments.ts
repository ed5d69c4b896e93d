import type { treatments as english } from '../en/treatments.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the page of treatments and their control groups. */
export const treatments: SameKeys<typeof english> = {
  title: 'Maßnahmen',
  lead: 'Was für manche anders gemacht wird, und ob es etwas nützt. Ein Teil geht immer leer aus, durch das Los: Nur so lässt es sich wissen.',
  none: 'Noch wird nichts anders gemacht',
  noneText:
    'Geben Sie unten einen Plan an. Jede Maßnahme hat eine Vergleichsgruppe durch das Los und endet an einem Tag.',
  window_one: 'Gezählt wird, was binnen eines Tages gebracht wurde.',
  window_other: 'Gezählt wird, was binnen {{count, number}} Tagen nach dem Los gebracht wurde.',
  span: 'Von {{from}} bis {{until}} vorgesehen.',
  ended: 'Sie ist zu Ende.',
  act: {
    words: 'Von Menschen zu tun: Empfang und Mein Gedächtnis sagen es.',
    discount: 'Von selbst: {{share}} Nachlass auf {{of}}, {{how}}.',
    all: 'alles',
    always: 'bei jeder Bestellung',
    uses_one: 'bei einer Bestellung',
    uses_other: 'bei {{count, number}} Bestellungen',
    start: 'Von selbst: Ein neuer Entwurf von {{family}} beginnt mit {{choices}}.',
  },
  everybody: 'Alle Stufen',
  verdict: {
    running: 'Noch nicht bekannt',
    works: 'Es wirkt',
    harms: 'Es schadet',
    'no-effect-worth': 'Es hat keine Wirkung, die sich lohnt',
    'lots-broken': 'Beim Los ging etwas schief: Glauben Sie keiner Wirkung',
  },
  effectMore:
    'Mit der Maßnahme kam je Person {{size}} mehr als ohne (Unterschied: {{low}} bis {{high}}).',
  effectLess:
    'Mit der Maßnahme kam je Person {{size}} weniger als ohne (Unterschied: {{low}} bis {{high}}).',
  effectNone:
    'Mit der Maßnahme kam je Person so viel wie ohne (Unterschied: {{low}} bis {{high}}).',
  worth: 'lohnt sich ab {{amount}}',
  zero: 'keine Wirkung',
  waiting: {
    label: 'Wie weit es bis zu einer Antwort ist',
    nobody: 'Noch ist von niemandem bekannt, was kam.',
    unknown_one:
      'Von einer Person ist bekannt, was kam; wie viele eine Antwort braucht, ist noch nicht zu sagen.',
    unknown_other:
      'Von {{count, number}} Personen ist bekannt, was kam; wie viele eine Antwort braucht, ist noch nicht zu sagen.',
    counting_one:
      'Von einer Person ist bekannt, was kam; eine Antwort braucht etwa {{needed, number}}.',
    counting_other:
      'Von {{count, number}} Personen ist bekannt, was kam; eine Antwort braucht etwa {{needed, number}}.',
  },
  arm: {
    treated: 'Mit',
    control: 'Ohne, durch das Los ({{share}})',
    size_one: 'eine Person',
    size_other: '{{assigned}} Personen',
    mean_one: '{{mean}} bei der einen, von der bekannt ist, was kam',
    mean_other: 'im Mittel {{mean}} bei den {{count, number}}, von denen bekannt ist, was kam',
  },
  inBothArms_one:
    'Eine Person zählt auf keiner Seite: Zwei ihrer Einträge hatten verschieden gelost, ehe sie als eine erkannt wurden.',
  inBothArms_other:
    '{{count, number}} Personen zählen auf keiner Seite: Ihre Einträge hatten verschieden gelost, ehe sie als eine erkannt wurden.',
  awaiting_one: 'Bei einer Person muss erst ein Mensch zustimmen.',
  awaiting_other: 'Bei {{count, number}} Personen muss erst ein Mensch zustimmen.',
  overBudget_one: 'Für eine Person reichte das Budget nicht.',
  overBudget_other: 'Für {{count, number}} Personen reichte das Budget nicht.',
  plan: {
    title: 'Der Plan',
    none: 'Es gibt noch keinen Plan.',
    version: 'Fassung {{version}}: {{when}}, von {{by}}.',
    unsigned: 'Seit {{when}} gilt Fassung {{version}}.',
    text: 'Ein Preis auf Dauer unterscheidet sich nur aus erklärten Gründen, nie nach Stufe; ein Angebot gilt für so viele Bestellungen. Wer in einer Maßnahme ist, bleibt, wo das Los sie oder ihn hingestellt hat.',
    label: 'Plan',
    begin: 'Einen Plan angeben',
    change: 'Den Plan ändern',
  },
  disparity: {
    title: 'Ergeht es Gruppen gleich?',
    text: 'Der Anteil jeder Gruppe, der eine Stufe hat oder eine Maßnahme bekommt. Wo eine Gruppe viel weniger bekommt als die bestbediente, suchen Sie nach dem Grund.',
    by: 'Gruppen nach',
    of: 'Anteil mit',
    tiers: 'Einer Stufe',
    treatments: 'Einer Maßnahme',
    group: {
      joined: 'Erster Kauf',
      source: 'Woher sie kamen',
      category: 'Was sie am meisten kaufen',
      country: 'Land der letzten Bestellung',
    },
    unknown: 'nicht bekannt',
    rate: 'Anteil',
    interval: 'Spanne',
    range: '{{low}} bis {{high}}',
    count: 'Kundschaft',
    verdict: 'Vier Fünftel',
    reference: 'Maß für die anderen',
    fourFifths: {
      met: 'erreicht',
      below: 'darunter, vielleicht Zufall',
      'surely-below': 'sicher darunter',
      'not-known': 'zu wenige',
    },
    line: 'Der senkrechte Strich: vier Fünftel der Gruppe, mit der verglichen wird, {{share}}.',
    small: 'Kleine Gruppen zusammen',
    smallText_one: 'Eine kleine Gruppe wird nicht genannt.',
    smallText_other:
      '{{count, number}} kleine Gruppen sind zusammengefasst, damit daraus niemand zu erkennen ist.',
    none: 'Noch gibt es nichts zu vergleichen.',
    limits:
      'Das findet, was ungleich ist, nicht warum. Was ein Unternehmen von seiner Kundschaft nicht weiß, lässt sich nicht vergleichen.',
  },
};
