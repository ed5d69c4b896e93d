import type { reviews as english } from '../en/reviews.ts';
import type { SameKeys } from '../texts.ts';

/** Words of what a person decides about customers: objections, and who is below zero. */
export const reviews: SameKeys<typeof english> = {
  title: 'Zu entscheiden',
  lead: 'Niemandem geschieht etwas von selbst. Was hier steht, wartet auf Sie.',
  because: 'Warum',
  save: 'So entscheiden',
  decide: 'Entscheiden',
  contests: {
    title: 'Widersprüche',
    text: 'Solange ein Widerspruch steht, hat die Stufe keine Wirkung. Der älteste kommt zuerst.',
    none: 'Niemand widerspricht.',
    tier: 'Gegeben:',
    answer: 'Antworten',
    save: 'So antworten',
    done: 'Der Widerspruch ist beantwortet.',
  },
  open: {
    title: 'Unter null',
    text: 'Hier kostet mehr, als hereinkommt, meist aus Gründen, denen abzuhelfen ist. Sehen Sie zuerst nach denen.',
    none: 'Niemand wartet auf eine Entscheidung.',
  },
  why: {
    'below-zero':
      'Kostet mehr, als hereinkommt, und auch Zuwachs und alle Abhilfen gleichen das kaum aus.',
    curable:
      'Kostet so, wie es ist, mehr, als hereinkommt. Mit Zuwachs und allen Abhilfen ist das nicht mehr sicher genug.',
  },
  expected: 'Erwartet: {{value}} ({{low}} bis {{high}}), eine Schätzung.',
  sure: 'Auch mit Zuwachs und allen Abhilfen unter null, mit einer Wahrscheinlichkeit von {{share}}.',
  loss: 'Sich zu trennen kann ein Fehler sein: Das verliert voraussichtlich {{amount}}.',
  opened: 'Offen seit {{when}}',
  remedies: {
    title: 'Abhilfen',
    of: 'Abhilfen für {{name}}',
    none: 'Keine Abhilfe spart hier etwas.',
    saving: 'Spart',
    after: 'Wert danach',
    below: 'Weiter unter null',
    together: 'Die besten zusammen',
    which: 'Zusammen: {{names}}.',
    choose: 'Welche Abhilfen?',
    tried: 'Welche Abhilfen wurden versucht?',
    saves: 'spart {{amount}}',
  },
  outcome: {
    title: 'Was geschieht?',
    remedies: 'Abhilfen',
    'no-change': 'So lassen, wie es ist',
    part: 'Sich trennen',
    notOpen:
      'Nicht möglich: Mit Zuwachs und allen Abhilfen ist nicht sicher genug, dass es hier unter null bleibt.',
  },
  missing: { because: 'Sagen Sie, warum.', remedies: 'Wählen Sie mindestens eine.' },
  refused: {
    'no-reason': 'Sagen Sie, warum.',
    'unknown-remedy': 'Wählen Sie unter den Abhilfen, die hier helfen.',
    'remedies-untried':
      'Abhilfen, die sparen würden, sind nicht versucht: Versuchen Sie sie zuerst, oder kreuzen Sie sie an.',
    curable:
      'Mit Zuwachs und allen Abhilfen ist nicht sicher genug, dass es hier unter null bleibt. Wählen Sie Abhilfen, oder lassen Sie es so.',
  },
  done: {
    remedies: 'Entschieden: Abhilfen.',
    'no-change': 'Entschieden: Es bleibt, wie es ist.',
    part: 'Entschieden: sich zu trennen.',
  },
  closed: {
    title: 'Entschieden',
    none: 'Noch wurde nichts entschieden.',
    name: 'Wer',
    outcome: 'Was',
    when: 'Wann',
    by: 'Von',
    run: 'einer späteren Rechnung',
    left: 'jemandem, der nicht mehr da ist',
    how: {
      remedies: 'Abhilfen',
      'no-change': 'So gelassen',
      part: 'Getrennt',
      superseded: 'Nicht mehr unter null',
    },
  },
};
