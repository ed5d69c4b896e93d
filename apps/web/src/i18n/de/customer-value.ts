import type { customerValue as english } from '../en/customer-value.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the page about what one customer is worth, for marketing. */
export const customerValue: SameKeys<typeof english> = {
  title: 'Kundenwert',
  all: 'Kundschaft nach Wert',
  card: 'Gästekarte öffnen',
  gone: {
    title: 'Hier gibt es niemanden mit dieser Kennung',
    text: 'Wer gelöscht ist, hinterlässt nichts. Zwei, die sich als eine Person erwiesen haben, werden als eine weitergeführt.',
  },
  nothing: {
    title: 'Hier ist noch nichts gerechnet',
    text: 'Wer gekauft hat, wird mit der nächsten Rechnung bewertet.',
  },
  value: {
    text_one:
      'Eine Schätzung: was in einem Jahr voraussichtlich hereinkommt, in heutigem Geld. In neun von zehn Fällen sind es {{low}} bis {{high}}.',
    text_other:
      'Eine Schätzung: was in {{years}} Jahren voraussichtlich hereinkommt, in heutigem Geld. In neun von zehn Fällen sind es {{low}} bis {{high}}.',
    below: 'Die Wahrscheinlichkeit, dass mehr verloren als gewonnen wird: {{share}}.',
  },
  tier: {
    title: 'Stufe',
    sure: '{{tier}}, mit einer Wahrscheinlichkeit von {{share}}.',
    undecided: '{{tier}}: Davon hängt nichts ab.',
    byHand: '{{tier}}, am {{date}} von einem Menschen gesetzt.',
    since: 'Seit {{since}}; am {{expires}} endet sie, wenn nicht neu gerechnet wird.',
    why: {
      new: 'Neu hier: Es gibt zu wenig, wonach man sich richten könnte.',
      wide: 'Die Daten lassen zu viel offen für eine Entscheidung.',
      'least-loss': 'Anders zu entscheiden würde voraussichtlich mehr kosten.',
    },
    candidate:
      'Die letzte Rechnung sagt {{tier}}. Sagt die nächste dasselbe, ändert sich die Stufe.',
    old: 'Diese Stufe ist alt geworden',
    oldText:
      'Sie war {{tier}} bis {{expires}}. Die nächste Rechnung entscheidet neu; bis dahin hängt nichts davon ab.',
    contested: 'Widerspruch seit {{date}}',
    contestedText: 'Gegeben war {{tier}}. Das wirkt nicht, bis Sie geantwortet haben.',
    answer: 'Antworten',
    set: 'Stufe setzen',
    answered: 'Ein Mensch sagte am {{date}}: {{because}}',
    likely: 'Wie wahrscheinlich es ist',
    likelyText: 'Jedes für sich: Die ersten beiden können zugleich gelten.',
    likelihood: {
      keep: 'unter den wertvollsten zu sein',
      grow: 'mehr zu bringen, als Bemühen kostet',
      maintain: 'keines von beiden',
      'below-zero': 'mehr zu kosten, als hereinkommt, mit allen Abhilfen',
    },
  },
  set: {
    title: 'Die Stufe von Hand setzen',
    answerTitle: 'Auf den Widerspruch antworten',
    save: 'So setzen',
    done: 'Die Stufe ist gesetzt.',
  },
  reasons: {
    title: 'Warum dieser Wert',
    lead: 'Vom Wert im Mittel zu diesem hier, in Schritten, die sich addieren.',
    mean: 'Im Mittel',
    small: 'Alles andere, je von wenig Gewicht',
    remainder: 'Was kein einzelner Grund erklärt',
    finer:
      'Die Beträge sind feiner angegeben als der Wert selbst, damit kleine Gründe zu sehen sind.',
    remainderHint:
      'Der Wert ist ein Mittel über alles Ungewisse, die Gründe gelten für die Zahlen in der Mitte.',
    value: 'Dieser Wert',
    why: 'Grund',
    own: 'Hier',
    cohort: 'Im Mittel',
    amount: 'Betrag',
    limits: 'Gründe erklären die Rechnung. Sie sagen nicht, was geschähe, wenn Sie etwas änderten.',
  },
  changes: {
    title: 'Was die Stufe ändern würde',
    lead: 'Jedes ist die kleinste Änderung dieser einen Sache. Damit wurde neu gerechnet.',
    none: 'Keine realistische Änderung einer Sache allein würde zu einer besseren Stufe führen.',
    best: 'Eine bessere Stufe gibt es nicht.',
    returns_one: 'Eine Rückgabe weniger: {{to}} statt {{from}}',
    returns_other: '{{count, number}} Rückgaben weniger: {{to}} statt {{from}}',
    contacts_one: 'Ein Kontakt weniger ({{channel}}): {{to}} statt {{from}}',
    contacts_other: '{{count, number}} Kontakte weniger ({{channel}}): {{to}} statt {{from}}',
    channel_one: 'Ein Kontakt auf anderem Weg: {{into}} statt {{channel}}',
    channel_other: '{{count, number}} Kontakte auf anderem Weg: {{into}} statt {{channel}}',
    purchases_one: 'Ein Kauf mehr: {{to}} statt {{from}}',
    purchases_other: '{{count, number}} Käufe mehr: {{to}} statt {{from}}',
    spend: 'Ein höherer mittlerer Kauf: {{to}} statt {{from}}',
    worth: 'dann {{value}}',
  },
  months: {
    title: 'Monat für Monat',
    none: 'Ab dem zweiten Monat ist hier zu sehen, wie sich Wert und Stufe bewegt haben.',
    chart: 'Wert nach Monaten',
    point: '{{month}}: {{value}}, {{tier}}',
    spell: '{{from}} bis {{to}}',
    month: 'Monat',
    value: 'Wert',
    tier: 'Stufe',
  },
  counted: { title: 'Was gezählt wurde' },
  potential: {
    title: 'Potenzial',
    lead: 'Eine Schätzung: Niemand beobachtet, was anderswo gekauft wird. Es ist, was bei ähnlichem Profil bestenfalls hereinkommt.',
    potential: 'Bestenfalls',
    growth: 'Ausbau',
    growthText: '{{amount}} sind von Bemühen zu erwarten, nach dem, was es kostet.',
    noGrowth: 'Bemühen bringt voraussichtlich nicht mehr, als es kostet.',
    atStake: 'Auf dem Spiel',
    atStakeText: '{{amount}} ersparte es, sicher zu wissen, welche Stufe die richtige ist.',
    alive: 'Noch Kundschaft',
  },
  done: {
    title: 'Was hier getan wird',
    none: 'Hier läuft keine Maßnahme.',
    suspended: 'Nichts: Der Widerspruch setzt es aus.',
    since: 'seit {{date}}',
  },
  review: {
    title: 'Unter null',
    open: 'Ein Mensch muss sich das ansehen.',
    openText: 'Abhilfen kommen zuerst. Von selbst trennt man sich von niemandem.',
    toReviews: 'Zu dem, was zu entscheiden ist',
    how: {
      remedies: 'Entschieden am {{date}}: Abhilfen.',
      'no-change': 'Entschieden am {{date}}: Es bleibt, wie es ist.',
      part: 'Entschieden am {{date}}: Trennung.',
      superseded: 'Beendet am {{date}}: nicht mehr unter null.',
    },
  },
  basis: {
    title: 'Wonach gerechnet wurde',
  },
};
