import type { desk as english } from '../en/desk.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the desk: guests, notes and arrivals. */
export const desk: SameKeys<typeof english> = {
  title: 'Empfang',
  tab: { guests: 'Gäste', arrivals: 'Anreisen' },
  lastSeen: 'zuletzt {{date}}',
  neverSeen: 'noch nie da gewesen',
  search: {
    label: 'Wer ist es?',
    hint: 'E-Mail, Kundennummer oder Name. Eingabe öffnet den ersten Treffer.',
    found_one: 'Ein Gast gefunden',
    found_other: '{{count}} Gäste gefunden',
    none: 'Niemand gefunden',
    noneText: 'Prüfen Sie die Schreibweise, oder begrüßen Sie jemand Neues. Ein Name genügt.',
  },
  greet: {
    open: 'Jemand Neues begrüßen',
    title: 'Jemand Neues begrüßen',
    text: 'Mit E-Mail-Adresse oder Kundennummer wird der Gast wiedergefunden und kann selbst sehen, was gemerkt ist.',
    name: 'Name',
    email: 'E-Mail-Adresse',
    loyalty: 'Kundennummer',
    save: 'Karte öffnen',
    search: 'Zurück zur Suche',
  },
  card: { loading: 'Einen Moment' },
  key: {
    arriving_one: 'Reist heute an: {{name}}, eine Nacht, bis {{depart}}',
    arriving_other: 'Reist heute an: {{name}}, {{count}} Nächte, bis {{depart}}',
    staying_one: 'Im Haus: {{name}}, reist morgen ab, {{depart}}',
    staying_other: 'Im Haus: {{name}}, noch {{count}} Nächte, bis {{depart}}',
    coming_one: 'Kommt {{arrive}} bis {{depart}}: {{name}}',
    coming_other: 'Kommt {{arrive}} bis {{depart}}: {{name}}',
    order: 'In Arbeit: {{name}}, fertig {{date}}',
    new: 'Zum ersten Mal hier. Noch ist nichts bekannt.',
    unknown: 'Noch ist nichts notiert. Zuletzt da: {{date}}.',
  },
  facts: {
    title: 'Was wir wissen',
    none: 'Noch nichts. Was Sie notieren, erscheint hier.',
    only: 'nur {{place}}',
    gift: 'für Geschenke',
    withheld_one:
      'Eine weitere Angabe ist bekannt, der Gast erlaubt aber nicht, sie hier zu nutzen.',
    withheld_other:
      '{{count}} weitere Angaben sind bekannt, der Gast erlaubt aber nicht, sie hier zu nutzen.',
  },
  notes: { title: 'Letzte Notizen' },
  tasks: {
    today: 'Heute zu tun',
    none: 'Für heute ist nichts mehr offen.',
    later_one: 'Eine Sache später',
    later_other: '{{count}} Sachen später',
    due: 'bis {{date}}',
    state: {
      waiting: 'wartet',
      ready: 'zu tun',
      running: 'in Arbeit',
      blocked: 'aufgehalten',
      done: 'erledigt',
    },
  },
  orders: {
    title: 'Aufenthalte und Bestellungen',
    older_one: 'Eine weitere',
    older_other: '{{count}} weitere',
  },
  consents: {
    title: 'Was der Gast erlaubt',
    yes: 'erlaubt',
    no: 'nicht erlaubt',
    contract: 'nötig, um die Bestellung auszuführen',
    since: 'seit {{date}}',
  },
  ask: {
    title: 'Das dürfen Sie jetzt fragen',
    none: 'Nichts. Was wichtig ist, ist bekannt oder soll jetzt nicht gefragt werden.',
    notAllowed:
      'Nichts: Der Gast hat nicht zugestimmt, dass wir uns Vorlieben merken. Erzählt er etwas, notieren Sie es; dann steht hier, worum Sie bitten müssen.',
    doubted: 'Letztes Mal: {{value}}. Ist das noch so?',
    refuse: 'Möchte es nicht sagen',
    kept: 'Notiert: {{label}}',
    declined: 'Wird nicht mehr gefragt: {{label}}',
  },
  note: {
    title: 'Notiz',
    label: 'Etwas notieren',
    placeholder: 'Notiz: festes Kissen, keine Federn …',
    help: 'Taste n führt hierher. Eingabe übernimmt den Vorschlag, noch einmal Eingabe speichert. Escape lässt Ihre eigenen Worte stehen.',
    health: 'Gesundheit: braucht ausdrückliche Zustimmung',
    taken: '{{name}}. Eingabe speichert.',
    askFirst: 'Fragen Sie zuerst den Gast, und kreuzen Sie an, wozu er Ja sagt.',
    saved: 'Notiert.',
    save: 'Speichern',
  },
  chip: {
    polarity: 'Wie ist „{{name}}“ gemeint?',
    basis: 'Woher wissen Sie „{{name}}“?',
    like: 'mag es',
    dislike: 'lieber nicht',
    require: 'muss sein',
    forbid: 'niemals',
    stated: 'der Gast hat es gesagt',
    observed: 'es ist uns aufgefallen',
    hereOnly: 'nur {{place}}',
    drop: '„{{name}}“ herausnehmen',
  },
  consent: {
    ordinary:
      'Der Gast ist einverstanden, dass wir uns das merken ({{things}}), damit niemand noch einmal fragen muss.',
    explicit:
      'Der Gast ist ausdrücklich einverstanden, dass wir uns das über seine Gesundheit merken ({{things}}), damit jedes Haus darauf achten kann.',
    wording: 'Im Beleg wird stehen: „{{wording}}“',
  },
  arrivals: {
    title: 'Anreisen',
    none: 'In den nächsten sieben Tagen reist niemand an',
    noneText:
      'Gebuchte Aufenthalte in diesem Haus erscheinen hier, mit dem, was vorzubereiten ist.',
    nobody: 'Gast unbekannt',
    prepared: '{{done}} von {{total}} vorbereitet',
    nights_one: 'eine Nacht',
    nights_other: '{{count}} Nächte',
    tasks_one: 'Eine Aufgabe',
    tasks_other: '{{count}} Aufgaben',
  },
};
