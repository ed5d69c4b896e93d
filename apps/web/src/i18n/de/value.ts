import type { value as english } from '../en/value.ts';
import type { SameKeys } from '../texts.ts';

/** Words of what customers are worth, wherever that is shown. */
export const value: SameKeys<typeof english> = {
  nameless: 'Kundin oder Kunde {{id}}',
  asTable: 'Dasselbe als Tabelle',
  tier: {
    keep: 'Halten',
    grow: 'Ausbauen',
    maintain: 'Pflegen',
    'below-zero': 'Unter null',
    undecided: 'Offen',
    absent: 'Nicht da',
  },
  estimate: 'Schätzung',
  range: '{{low}} bis {{high}}',
  ranged: '{{value}}, am ehesten {{low}} bis {{high}}',
  driver: {
    alive: 'Noch Kundschaft',
    purchases: 'Wie oft',
    spend: 'Ausgabe je Kauf',
    margin: 'Was davon bleibt',
    returnRate: 'Rückgaben',
    lines: 'Positionen je Bestellung',
    contactCost: 'Kontakte mit dem Service',
  },
  reason: {
    alive: {
      more: 'kauft mit {{own}} Wahrscheinlichkeit noch, im Mittel sind es {{mean}}',
      less: 'kauft nur mit {{own}} Wahrscheinlichkeit noch, im Mittel sind es {{mean}}',
    },
    purchases: {
      more: 'kauft öfter als im Mittel ({{own}}; Mittel {{mean}})',
      less: 'kauft seltener als im Mittel ({{own}}; Mittel {{mean}})',
      times: 'kauft {{times}}-mal so oft wie im Mittel',
    },
    spend: {
      more: 'gibt je Kauf mehr aus als im Mittel ({{own}}; Mittel {{mean}})',
      less: 'gibt je Kauf weniger aus als im Mittel ({{own}}; Mittel {{mean}})',
      times: 'gibt je Kauf {{times}}-mal so viel aus wie im Mittel',
    },
    margin: {
      more: 'vom Preis bleibt mehr als im Mittel ({{own}}; Mittel {{mean}})',
      less: 'vom Preis bleibt weniger als im Mittel ({{own}}; Mittel {{mean}})',
    },
    returnRate: {
      more: 'gibt von {{own}} der Käufe etwas zurück, im Mittel sind es {{mean}}',
      less: 'gibt von {{own}} der Käufe etwas zurück, im Mittel sind es {{mean}}',
      times: 'gibt von {{own}} der Käufe etwas zurück, im Mittel sind es {{mean}}',
    },
    lines: {
      more: 'Bestellungen haben mehr Positionen als im Mittel ({{own}}; Mittel {{mean}})',
      less: 'Bestellungen haben weniger Positionen als im Mittel ({{own}}; Mittel {{mean}})',
      times: 'Bestellungen haben {{times}}-mal so viele Positionen wie im Mittel',
    },
    contactCost: {
      more: 'Kontakte kosten je Kauf mehr als im Mittel ({{own}}; Mittel {{mean}})',
      less: 'Kontakte kosten je Kauf weniger als im Mittel ({{own}}; Mittel {{mean}})',
      times: 'Kontakte kosten {{times}}-mal so viel wie im Mittel',
    },
  },
  counts: {
    purchases: 'Käufe',
    purchasesText_one: 'einer, am {{to}}',
    purchasesText_other: '{{count, number}}, von {{from}} bis {{to}}',
    meanSpend: 'Mittlerer Kauf',
    returns: 'Rückgaben',
    returnsText_one: '1',
    returnsText_other: '{{count, number}}',
    noReturns: 'keine',
    contacts: 'Kontakte mit dem Service',
    categories: 'Gekauft',
    times: '{{name}}: {{count, number}}',
  },
  treatment: {
    offered: 'Angeboten: {{words}}',
    done: 'Getan wird: {{words}}',
  },
  set: {
    tier: 'Stufe von jetzt an',
    tierHint: 'Dieselbe oder eine andere.',
    because: 'Warum',
    hint: 'Das ist in „Mein Gedächtnis“ zu lesen.',
    missing: 'Sagen Sie, warum.',
  },
  basis: {
    model: 'Modell',
    verdict: {
      identified: 'wie oft gekauft wird und wann es aufhört, sagen die Daten',
      'dropout-not-identified': 'niemand hört erkennbar auf, sodass alle als Kundschaft zählen',
      'too-little-data': 'zu wenige Daten',
    },
    fitted: 'Gelernt von',
    fittedOn: '{{customers}} Kundinnen und Kunden, bis {{until}}',
    until: 'Letzter gezählter Tag',
    scored: 'Gerechnet',
    horizon: 'Vorausgerechnet',
    weeks_one: 'eine Woche',
    weeks_other: '{{count, number}} Wochen',
    costs: 'Kostentabelle',
    policy: 'Stufenregel',
  },
  kind: {
    'service-level': 'Service',
    offer: 'Angebot',
    'starting-point': 'Ausgangspunkt',
    'contact-rhythm': 'Rhythmus der Kontakte',
    'price-fence': 'Preis aus erklärten Gründen',
  },
};
