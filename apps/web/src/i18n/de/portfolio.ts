import type { portfolio as english } from '../en/portfolio.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the pages about what customers are worth, for marketing. */
export const portfolio: SameKeys<typeof english> = {
  title: 'Wen halten, wen ausbauen, wen überdenken',
  tabs: {
    label: 'Kundenwert',
    portfolio: 'Portfolio',
    customers: 'Kundschaft',
    reviews: 'Zu entscheiden',
    treatments: 'Maßnahmen',
    terms: 'Grundlagen',
  },
  equity: {
    label: 'Kundenkapital',
    text_one:
      'Kundenkapital, eine Schätzung: was eine Kundin oder ein Kunde in {{years}} Jahren voraussichtlich bringt, in heutigem Geld.',
    text_other:
      'Kundenkapital, eine Schätzung: was {{customers}} Kundinnen und Kunden in {{years}} Jahren voraussichtlich bringen, in heutigem Geld.',
    return: 'Ertrag auf das Kundenkapital im {{month}}: {{share}}',
    changed: 'Ertrag auf das Kundenkapital im {{month}}: keiner, die Grundlagen änderten sich.',
    noReturn: 'Der Ertrag auf das Kundenkapital ist ab dem zweiten Monat bekannt.',
    reviews_one: 'Ein Fall zu entscheiden',
    reviews_other: '{{count, number}} Fälle zu entscheiden',
    contests_one: 'ein Widerspruch zu beantworten',
    contests_other: '{{count, number}} Widersprüche zu beantworten',
    when: 'Gerechnet {{scored}}; Käufe bis {{until}} sind gezählt.',
  },
  run: {
    title: 'Rechnung',
    start: 'Jetzt rechnen',
    again: 'Neu rechnen',
    underWay: 'Gerade wird gerechnet, was Kundinnen und Kunden wert sind.',
    underWayMonths_one:
      'Gerade wird gerechnet, was Kundinnen und Kunden wert sind, und der Monat davor.',
    underWayMonths_other:
      'Gerade wird gerechnet, was Kundinnen und Kunden wert sind, und die {{count, number}} Monate davor.',
    queued: 'Es geht gleich los.',
    step: {
      'adding-up': 'Käufe, Rückgaben und Kontakte werden zusammengezählt',
      fitting: 'Es wird gelernt, wie oft gekauft wird und wann es aufhört',
      testing: 'Das Modell wird mit dem verglichen, was nach einem früheren Tag kam',
      scoring: 'Alle werden einzeln bewertet',
      keeping: 'Das Gefundene wird gespeichert',
    },
    failed: 'Die letzte Rechnung schlug {{when}} fehl',
    failedText: 'Gezeigt wird die Rechnung davor. Von der fehlgeschlagenen wurde nichts behalten.',
  },
  tooLittle: {
    title: 'Für ein Modell sind es zu wenige Daten',
    nobody: 'Bis dahin hat niemand einen Wert.',
    earlier: 'Was zu sehen ist, stammt aus einer früheren Rechnung.',
    purchases: 'Nötig sind mindestens 30 Kundinnen und Kunden, von denen 10 wiederkamen.',
    spend: 'Nötig sind mindestens 30 Kundinnen und Kunden, die wiederkamen und etwas ausgaben.',
    'spend-mean':
      'Wenige Käufe überwiegen alle anderen, sodass sich kein Mittel nennen lässt. Suchen Sie nach vertippten Beträgen.',
  },
  leftOut: {
    title_one: 'Ein Kauf in {{currencies}} ist nicht mitgezählt',
    title_other: '{{count, number}} Käufe in {{currencies}} sind nicht mitgezählt',
    text_one:
      'Das betrifft eine Kundin oder einen Kunden. Gerechnet wird allein in {{currency}}, eine Kostentabelle für eine andere Währung gibt es nicht: Solche Käufe bleiben gespeichert und stecken in keinem Wert, keiner Stufe und keinem Monat. Sollen sie zählen, übernehmen Sie sie noch einmal in {{currency}}, unter eigenen Bestellnummern.',
    text_other:
      'Das betrifft {{count, number}} Kundinnen und Kunden. Gerechnet wird allein in {{currency}}, eine Kostentabelle für eine andere Währung gibt es nicht: Solche Käufe bleiben gespeichert und stecken in keinem Wert, keiner Stufe und keinem Monat. Sollen sie zählen, übernehmen Sie sie noch einmal in {{currency}}, unter eigenen Bestellnummern.',
  },
  first: {
    title: 'Noch ist nichts gerechnet',
    text: 'Aus Käufen, Rückgaben und Kontakten lernt ein Modell, was jede und jeder voraussichtlich bringt und wie sicher das ist. Zweierlei ist nötig:',
    history:
      'Eine Geschichte der Käufe: Bestellungen von hier zählen von selbst; frühere werden als Dateien übernommen.',
    costs: 'Eine Kostentabelle: was Bestellungen bringen und was Kundinnen und Kunden kosten.',
    costsThere: 'Eine Kostentabelle: Sie ist da.',
    toTerms: 'Kosten angeben',
    months: 'Auch vergangene Monate entscheiden',
    monthsHint:
      'Damit Sie gleich sehen, wohin Kundinnen und Kunden gingen. Bis zu {{max}}; 0 für diesen Monat allein.',
  },
  tiers: {
    title: 'Die Kundschaft nach Stufen',
    text: 'Eine Stufe ist eine Entscheidung mit Gründen: Sie wird nur gegeben, wo die Daten sicher genug sind.',
    tier: 'Stufe',
    customers: 'Kundschaft',
    value: 'Wert',
    share: 'Anteil am Wert',
    mean: 'Mittel',
    growth: 'Zuwachs',
    atStake: 'Steht auf dem Spiel',
    parts: 'Der Balken des Werts lässt weg, wer unter null ist.',
    spread: 'Wert im Einzelnen',
    spreadLabel: 'In der Mitte {{value}}; vier Fünftel von {{low}} bis {{high}}',
    legend:
      'Alle Beträge sind Schätzungen. Zuwachs: was darüber hinaus käme, nach dem Aufwand; ein Strich, wo der Aufwand mehr kostete. Auf dem Spiel: was es ersparte, es sicher zu wissen. Linien: vier Fünftel einer Stufe, und die Mitte; die senkrechte ist null.',
  },
  lists: {
    growth: 'Zuwachs {{amount}}.',
    keep: {
      title: 'Halten',
      text: 'Am meisten wert.',
      none: 'Noch hat niemand diese Stufe.',
      all_one: 'Alle',
      all_other: 'Alle {{count, number}}',
    },
    grow: {
      title: 'Ausbauen',
      text: 'Brächten am meisten über das hinaus, was sie bringen.',
      none: 'Noch hat niemand diese Stufe.',
      all_one: 'Alle',
      all_other: 'Alle {{count, number}}',
    },
    reconsider: {
      title: 'Überdenken',
      text: 'Kosten mehr, als sie bringen. Was geschieht, entscheidet ein Mensch.',
      none: 'Niemand ist unter null.',
      all_one: 'Alle',
      all_other: 'Alle {{count, number}}',
    },
  },
  flow: {
    title: 'Wohin Kundinnen und Kunden gingen',
    none: 'Ab dem zweiten Monat zeigt sich hier, wer von Stufe zu Stufe ging.',
    from: 'Von',
    to: 'Bis',
    label: 'Kundschaft nach Stufen im {{from}} und im {{to}}',
    link_one: 'Eine Person: {{from}} → {{to}}',
    link_other: '{{customers}} Personen: {{from}} → {{to}}',
    stayed:
      '{{share}} von denen, die beide Male da waren, blieben, wo sie waren; {{came}} kamen hinzu.',
    nobody: 'Niemand war beide Male da.',
  },
  whale: {
    title: 'Wer den Wert hält',
    takes:
      'Die besten {{customers}} halten {{value}} des Kapitals; der Rest nimmt etwas davon weg.',
    holds: 'Kaum jemand nimmt Wert weg.',
    none: 'Alle zusammen bringen voraussichtlich nicht mehr, als sie kosten.',
    tenth: 'Das beste Zehntel allein hält {{value}}.',
    chart: 'Wert, den die Besten halten',
    x: 'Kundschaft, die besten zuerst',
    y: 'Zusammen gehaltener Wert',
    point: 'Die besten {{customers}} der Kundschaft halten {{value}}.',
    peak: 'Spitze: {{value}}',
    rest: 'Gestrichelt: wenn alle gleich viel wert wären.',
  },
  months: {
    title: 'Monat für Monat',
    none: 'Ab dem zweiten Monat werden hier Kapital und Ertrag gezeichnet.',
    text: 'Ertrag auf das Kundenkapital: was ein Monat brachte und am Kapital änderte, durch das Kapital an seinem Anfang. Wo Kostentabelle oder Horizont sich änderten, wird ein Monat nicht mit dem davor verglichen.',
    month: 'Monat',
    equity: 'Kundenkapital',
    equityText: 'Schätzungen, jede zum Ende ihres Monats.',
    return: 'Ertrag auf das Kundenkapital',
    returnText: 'Über null ließ der Monat mehr zurück, als er vorfand.',
    profit: 'Gebracht',
    point: '{{month}}: {{value}}',
    pointChanged: '{{month}}: {{value}}; die Grundlagen änderten sich',
    unknown: 'nicht bekannt',
    changed: 'Grundlagen geändert',
    marked: 'Gestrichelt: Die Grundlagen änderten sich.',
  },
  trust: {
    title: 'Kann man dem Modell trauen?',
    none: 'Die Geschichte ist zu kurz, um das Modell neben das zu stellen, was kam. Es wird geprüft, sobald mehr da ist.',
    text: 'Das Modell lernte, was am {{cut}} bekannt war, und musste vorhersagen, was {{customers}} Kundinnen und Kunden bis {{until}} tun. Daneben steht, was sie taten.',
    purchases: 'Käufe',
    revenue: 'Umsatz',
    predicted: 'Vorhergesagt im Einzelnen',
    actual: 'Was kam',
    chance: 'Durch Zufall allein',
    verdict: {
      inside:
        'In der Summe ja: {{actual}} kamen, vorhergesagt waren {{predicted}} ({{low}} bis {{high}}).',
      more: 'Zu vorsichtig: {{actual}} kamen, {{difference}} mehr als die vorhergesagten {{predicted}} ({{low}} bis {{high}}).',
      fewer:
        'Zu hoffnungsvoll: {{actual}} kamen, {{difference}} weniger als die vorhergesagten {{predicted}} ({{low}} bis {{high}}).',
      nothing: 'Für niemanden ließ sich etwas vorhersagen.',
    },
    groups_one: 'Die eine Gruppe passt in {{within}} Fall zu dem, was kam.',
    groups_other: 'Von {{count, number}} Gruppen passen {{within}} zu dem, was kam.',
    label: {
      purchases:
        'Vorhergesagte Käufe und was kam, in {{groups}} Gruppen, von denen {{within}} passen.',
      revenue:
        'Vorhergesagter Umsatz und was kam, in {{groups}} Gruppen, von denen {{within}} passen.',
    },
    legend:
      'Jeder Punkt ist eine Gruppe, der Gleiches vorhergesagt war. Auf der gestrichelten Linie ist beides gleich; die senkrechten Striche sind, was der Zufall allein erlaubt.',
    best: 'Findet es die Besten?',
    tenths:
      'Das Zehntel, das als bestes vorhergesagt war, brachte {{model}} des Umsatzes. Das Zehntel, das zuvor am meisten gekauft hatte, brachte {{past}}.',
    tenth: {
      better: 'Das Modell wählt besser als eine einfache Rangliste nach bisherigen Käufen.',
      alike:
        'Um die Besten zu wählen, ist eine einfache Rangliste genauso gut. Das Modell sagt, wie viel und wie sicher.',
      worse:
        'Um die Besten zu wählen, war hier eine einfache Rangliste besser. Nehmen Sie das Modell dafür, was alle zusammen bringen, nicht dafür, wer zuerst kommt.',
      unknown: 'Es kam nichts, sodass es niemand sagen kann.',
    },
  },
  basis: {
    title: 'Wie das zu lesen ist',
    value:
      'Wert ist, was jemand von jetzt an voraussichtlich bringt, nach Ware, Zahlung und Service, in heutigem Geld. Er ist eine Schätzung: In neun von zehn Fällen liegt der wahre Wert in der gezeigten Spanne, wenn das Modell stimmt.',
    tiers:
      'Eine Stufe sagt, was zu tun ist, und wird gegeben, wo eine andere Entscheidung voraussichtlich mehr verliert. Wer neu ist oder alles sein kann, bleibt offen.',
    causes:
      'Nichts hier sagt, was geschähe, wenn Sie jemanden anders behandelten. Dafür gibt es Maßnahmen und ihre Vergleichsgruppen.',
  },
  list: {
    title: 'Kundschaft nach Wert',
    tier: 'Stufe',
    all: 'Alle Stufen',
    sort: 'Zuerst',
    sorts: {
      value: 'Höchster Wert',
      growth: 'Meister Zuwachs',
      atStake: 'Am meisten auf dem Spiel',
      belowZero: 'Niedrigster Wert',
    },
    name: 'Name',
    value: 'Wert',
    interval: 'Spanne',
    growth: 'Zuwachs',
    atStake: 'Auf dem Spiel',
    reason: 'Was sie unterscheidet',
    since: 'In der Stufe seit',
    contested: 'Widerspruch eingelegt.',
    none: 'Hier ist niemand',
    noneText: 'Wählen Sie eine andere Stufe, oder sehen Sie nach der nächsten Rechnung wieder her.',
    shown_one: 'Eine Person',
    shown_other: '{{count, number}} Personen gezeigt',
  },
};
