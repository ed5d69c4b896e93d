import type { common as english } from '../en/shell.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the shell and of what all pages share. */
export const common: SameKeys<typeof english> = {
  keepsake: 'Keepsake',
  tagline: 'Für einen Menschen gemacht und im Gedächtnis behalten.',
  skip: 'Zum Inhalt springen',
  loading: 'Wird geladen',
  searchMore: 'Tippen Sie weiter: Ein Name wird ab drei Buchstaben gefunden.',
  retry: 'Noch einmal versuchen',
  more: 'Mehr',
  close: 'Schließen',
  cancel: 'Abbrechen',
  back: 'Zurück',
  optional: 'freiwillig',
  none: 'Keine',
  yes: 'Ja',
  no: 'Nein',
  outOfDate: 'Das ist vielleicht nicht der neueste Stand: Der Server war gerade nicht erreichbar.',
  language: 'Sprache',
  languageName: { en: 'English', de: 'Deutsch' },
  scheme: { label: 'Darstellung', auto: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  doors: {
    label: 'Türen',
    studio: 'Studio',
    orders: 'Meine Bestellungen',
    memory: 'Mein Gedächtnis',
    desk: 'Empfang',
    workshop: 'Werkstatt',
    value: 'Portfolio',
    space: 'Lösungsraum',
    privacy: 'Datenschutz',
    questions: 'Fragen',
    vocabulary: 'Wortschatz',
    staff: 'Team',
  },
  signIn: {
    enter: 'Anmelden',
    leave: 'Abmelden',
    customer: 'Als Kundin oder Kunde anmelden',
    staff: 'Als Team anmelden',
  },
  role: {
    owner: 'Inhaber',
    'product-manager': 'Produktleitung',
    clerk: 'Empfang',
    maker: 'Fertigung',
    'privacy-officer': 'Datenschutz',
    marketing: 'Marketing',
  },
  forbidden: { helpers: 'Offen für: {{roles}} und für Inhaber.' },
  offline: {
    title: 'Sie sind offline',
    advice: 'Sie können weiter entwerfen; gespeichert wird, sobald die Verbindung wieder da ist.',
  },
  unreachable: {
    title: 'Der Server ist nicht erreichbar',
    advice: 'Es wurde nichts geändert. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  },
  notFound: {
    title: 'Hier ist nichts',
    advice: 'Vielleicht ist die Adresse vertippt, oder was hier war, ist fort.',
    home: 'Zum Anfang',
  },
  crash: {
    title: 'Diese Seite ist kaputtgegangen',
    advice:
      'Gespeichertes ist sicher. Laden Sie die Seite neu; geht sie wieder kaputt, sagen Sie uns, wie Sie hierher kamen.',
    reload: 'Neu laden',
  },
};
