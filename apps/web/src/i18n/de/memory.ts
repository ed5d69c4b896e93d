import type { memory as english } from '../en/memory.ts';
import type { SameKeys } from '../texts.ts';

/** Words of My memory. */
export const memory: SameKeys<typeof english> = {
  title: 'Mein Gedächtnis',
  dear: 'Guten Tag, {{name}},',
  dearNobody: 'Guten Tag,',
  lead: 'das ist alles, was {{company}} über Sie weiß. Es gehört Ihnen: Stellen Sie es richtig, oder lassen Sie es uns vergessen.',
  leadEmpty:
    '{{company}} weiß noch nichts über Sie. Was Sie uns einmal erzählen, müssen Sie nicht zweimal erzählen.',
  signIn: {
    lead: 'Sehen Sie, was {{company}} über Sie weiß, stellen Sie es richtig, nehmen Sie es mit, oder lassen Sie es löschen. Damit niemand sonst es liest, schicken wir Ihnen einen Link.',
  },
  unused: 'Sie erlauben gerade nicht, dass wir das nutzen; niemand liest es.',
  correct: {
    open: 'Richtigstellen',
    openFor: 'Richtigstellen: {{name}}',
    title: 'Was ist richtig?',
    'has-changed': 'Es war so, hat sich aber geändert',
    'has-changed-hint': 'Wir merken uns beides: wie es war, und wie es von jetzt an ist.',
    'was-wrong': 'Es war nie so',
    'was-wrong-hint': 'Wir nehmen zurück, was wir geglaubt haben.',
    save: 'So merken',
    same: 'Das merken wir uns schon. Wählen Sie etwas anderes, oder lassen Sie es uns vergessen.',
    gone: 'Danach wird hier nicht mehr gefragt. Sie können es uns vergessen lassen.',
    done: 'Danke. So merken wir es uns.',
  },
  forget: {
    open: 'Vergessen',
    openFor: 'Vergessen: {{name}}',
    done: 'Vergessen',
    undo: 'Zurückholen',
    undoText:
      'Zehn Sekunden lang können Sie es zurückholen. Es gilt dann als heute von Ihnen gesagt.',
    back: 'Zurückgeholt.',
  },
  readers: {
    open: 'Wer hat das gesehen?',
    openFor: 'Wer hat das gesehen: {{name}}',
    title: 'Wer das gesehen hat',
    none: 'Bisher hat es niemand gelesen.',
    staff: 'Jemand von uns',
    customer: 'Sie',
    system: 'Unser System von selbst',
    times_one: 'einmal',
    times_other: '{{count}}-mal',
    gone_one: 'eine Angabe, die jetzt vergessen ist',
    gone_other: '{{count}} Angaben, die jetzt vergessen sind',
  },
  touchpoint: {
    'guest-card': 'am Empfang',
    'my-memory': 'auf dieser Seite',
    studio: 'im Studio',
    operation: 'in der Werkstatt',
    order: 'mit einer Bestellung',
    export: 'für einen Export',
  },
  tell: {
    open: 'Etwas erzählen',
    title: 'Etwas erzählen',
    about: 'Worum geht es?',
    choose: 'Bitte wählen',
    refused: 'Das passt nicht. Bitte wählen oder schreiben Sie etwas anderes.',
    agree: 'Ich bin einverstanden, dass Sie sich das merken',
    explicit: 'Ich bin ausdrücklich einverstanden, dass Sie sich das über meine Gesundheit merken',
    save: 'Merken',
    done: 'Danke. Wir merken es uns.',
  },
  consents: {
    title: 'Was Sie erlauben',
    text: 'Jede dieser Erlaubnisse ist Ihre Wahl und gilt sofort. Was Sie zurücknehmen, liest niemand mehr.',
    granted: 'Erlaubt: {{name}}',
    withdrawn: 'Zurückgenommen: {{name}}',
    since: 'Erlaubt seit {{date}} – Ihr Beleg',
    until: 'Nicht erlaubt seit {{date}} – Ihr Beleg',
    receipt: 'Ihr Beleg',
    needs: {
      contract: 'Das gehört zu Ihrer Bestellung; Sie können widersprechen.',
      consent: 'Nur mit Ihrer Zustimmung.',
      'explicit-consent': 'Nur mit Ihrer ausdrücklichen Zustimmung.',
    },
  },
  log: {
    title: 'Wer was gelesen hat',
    text: 'Jedes Lesen wird aufgeschrieben, unseres und Ihres.',
    none: 'Bisher hat niemand etwas gelesen.',
    more_one: 'Eine Zeile mehr zeigen',
    more_other: '{{count}} Zeilen mehr zeigen',
  },
  leave: {
    title: 'Mitnehmen oder gehen',
    known: 'Wir kennen Sie als: {{handles}}',
    export: 'Alles mitnehmen',
    exportText:
      'Eine Datei, die Menschen und Maschinen lesen können (JSON-LD), zum Aufheben oder zum Mitnehmen.',
    exported: 'Ihre Datei liegt bei Ihren Downloads.',
    erase: 'Alles löschen',
    eraseText:
      'Wir vergessen Sie für immer. Das lässt sich nicht rückgängig machen, auch nicht von uns.',
  },
  erase: {
    title: 'Alles löschen?',
    goes: 'Alles, was {{company}} über Sie weiß, verschwindet: Name und Adressen, Vorlieben, Entwürfe, unsere Notizen, unsere Briefe an Sie. Der Schlüssel dazu wird vernichtet, sodass auch alte Kopien nicht mehr lesbar sind.',
    stays:
      'Was bleibt, weil das Gesetz es verlangt: dass etwas bestellt wurde, was es gekostet hat und die Steuer darauf – ohne Ihren Namen, ohne Texte, die Sie darauf schreiben ließen, ohne einen Weg zurück zu Ihnen.',
    final: 'Nehmen Sie vorher alles mit, wenn Sie etwas behalten wollen.',
    type: 'Um fortzufahren, schreiben Sie: {{words}}',
    keep: 'Mein Gedächtnis behalten',
    orders: 'Zu Ihren Bestellungen: {{orders}}',
  },
  erased: {
    title: 'Es ist geschehen.',
    lead: '{{company}} weiß nichts mehr über Sie.',
    text: 'Sie sind abgemeldet. Wenn Sie eines Tages wiederkommen, kommen Sie als jemand Neues.',
    home: 'Zur Startseite',
  },
};
