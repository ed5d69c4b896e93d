import type { order as english } from '../en/order.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the check-out and of orders. */
export const order: SameKeys<typeof english> = {
  taxIncluded: 'darin {{label}}: {{amount}}',
  total: 'Summe',
  place: {
    title: 'Ihre Bestellung',
    back: 'Zurück ins Studio: {{name}}',
    signInTitle: 'Sagen Sie uns, wer Sie sind',
    signInText:
      'Damit Sie die Bestellung verfolgen, ändern, solange es noch geht, und Ihre Rechnung bekommen können.',
    delivery: 'So kommt es zu Ihnen',
    days_one: 'Ein Tag unterwegs',
    days_other: '{{count}} Tage unterwegs',
    notThere: 'Für dieses Land nicht angeboten',
    address: 'Dorthin geht es',
    more: 'Zu dieser Bestellung',
    gift: 'Es ist ein Geschenk',
    giftHint: 'Nichts davon wird als Ihr Geschmack oder Ihre Größe gemerkt.',
    remember: 'Diese Wahl fürs nächste Mal merken',
    rememberHint:
      'Nur wenn Sie wollen. Sie sehen und löschen es unter Mein Gedächtnis, wann immer Sie möchten.',
    order: 'Bestellung aufgeben',
    again: 'Zu den neuen Bedingungen bestellen',
    binding: 'Bezahlt wird hier nicht. Die Rechnung kommt mit der Bestellung.',
    summary: 'Das bestellen Sie',
    nights_one: 'Eine Nacht: {{arrive}} bis {{depart}}',
    nights_other: '{{count}} Nächte: {{arrive}} bis {{depart}}',
    yours: 'Ihres: {{date}}',
    prepared: 'Bereit: {{date}}',
    why: 'Warum dann?',
    deliveryLine: 'Lieferung',
  },
  moved: {
    date: 'Der Termin ist jetzt {{after}}',
    dateText:
      'Beim Ansehen war es {{before}}. Es wurde nichts bestellt. Bestellen Sie noch einmal, wenn der neue Termin passt.',
    price: 'Der Preis ist jetzt {{after}}',
    priceText:
      'Beim Ansehen waren es {{before}}. Es wurde nichts bestellt. Bestellen Sie noch einmal, wenn der neue Preis passt.',
  },
  address: {
    name: 'Name',
    line1: 'Straße und Hausnummer',
    line2: 'Zusatz',
    postcode: 'Postleitzahl',
    city: 'Ort',
    region: 'Bundesland oder Region',
    country: 'Land',
  },
  list: {
    title: 'Meine Bestellungen',
    empty: 'Noch nichts bestellt',
    emptyText: 'Entwerfen Sie etwas Eigenes; nach der Bestellung sehen Sie hier, wie es entsteht.',
    begin: 'Sehen, was hier gefertigt wird',
    more: 'Ältere zeigen',
  },
  state: {
    accepted: 'Angenommen',
    'in-making': 'In Fertigung',
    blocked: 'Aufgehalten',
    made: 'Fertig',
    cancelled: 'Storniert',
    returned: 'Zurückgegeben',
  },
  step: { done: 'Erledigt', running: 'In Arbeit', blocked: 'Aufgehalten' },
  detail: {
    title: 'Bestellung',
    number: 'Bestellung {{number}}',
    placed: 'Bestellt am {{date}}',
    steps: 'So entsteht es',
    history: 'Der Termin und seine Gründe',
    saidOn: 'gesagt am {{date}}',
    later_one: 'einen Tag später als zuvor',
    later_other: '{{count}} Tage später als zuvor',
    earlier_one: 'einen Tag früher als zuvor',
    earlier_other: '{{count}} Tage früher als zuvor',
    remembered: 'Was wir für Sie noch wussten',
    since: 'bekannt seit {{date}}',
  },
  act: {
    invoice: 'Rechnung (PDF)',
    amend: 'Entwurf ändern',
    cancel: 'Bestellung stornieren',
    return: 'Zurückgeben',
  },
  ask: {
    cancel: {
      title: 'Diese Bestellung stornieren?',
      text: 'Die Fertigung hat noch nicht begonnen, es kostet Sie also nichts. Die Teile gehen zurück ins Regal. Das lässt sich nicht rückgängig machen, aber der Entwurf bleibt Ihrer.',
      keep: 'Bestellung behalten',
      confirm: 'Bestellung stornieren',
    },
    return: {
      title: 'Das Gefertigte zurückgeben?',
      text: 'Wir nehmen es zurück. Sagen Sie uns gern, warum; das hilft, das nächste besser zu machen.',
      reason: 'Warum',
      keep: 'Behalten',
      confirm: 'Zurückgeben',
    },
  },
};
