import type { signIn as english } from '../en/sign-in.ts';
import type { SameKeys } from '../texts.ts';

/** Words of signing in, for customers and staff, and of the development mailbox. */
export const signIn: SameKeys<typeof english> = {
  customer: {
    title: 'Anmelden',
    lead: 'Kein Passwort nötig: Wir schicken Ihnen einen Link.',
    email: 'E-Mail-Adresse',
    send: 'Link schicken',
    sentTitle: 'Sehen Sie in Ihr Postfach',
    sentText:
      'Wenn {{email}} Post empfangen kann, ist ein Link unterwegs. Er gilt einmal und nur kurz.',
    openMailbox: 'Entwicklungspostfach öffnen',
    again: 'Andere Adresse verwenden',
    as: 'Sie sind angemeldet als {{email}}.',
  },
  link: {
    title: 'Anmeldung',
    ready: 'Noch ein Tippen',
    readyText: 'Damit niemand außer Ihnen den Link verbraucht.',
    enter: 'Jetzt anmelden',
    missing: 'In dieser Adresse steckt kein Link.',
    newLink: 'Neuen Link anfordern',
  },
  mailbox: {
    title: 'Entwicklungspostfach',
    lead: 'Diese Installation hat keinen Mailserver. Was verschickt worden wäre, liegt hier.',
    to: 'Post zeigen für',
    all: 'Alle',
    empty: 'Noch keine Post',
    emptyText: 'Anmeldelinks, Einladungen und Bestellbestätigungen erscheinen hier.',
    sentTo: 'an {{to}}',
    offTitle: 'Hier gibt es kein Postfach',
    offText: 'Diese Installation verschickt echte Post.',
  },
  staff: {
    title: 'Anmeldung für das Team',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    enter: 'Anmelden',
    refused: 'E-Mail-Adresse und Passwort passen nicht zusammen',
    refusedText: 'Prüfen Sie beides oder wählen Sie ein neues Passwort.',
    tooMany: 'Zu viele Versuche',
    tooManyText: 'Warten Sie eine Minute, bevor Sie es noch einmal versuchen.',
    forgotten: 'Passwort vergessen?',
    reset: 'Link für ein neues Passwort schicken',
    resetSent: 'Sehen Sie in Ihr Postfach',
    resetSentText: 'Wenn es zu dieser Adresse ein Konto gibt, ist ein Link unterwegs.',
  },
  newPassword: {
    title: 'Ein neues Passwort',
    label: 'Neues Passwort',
    hint: 'Mindestens 10 Zeichen. Ein Satz lässt sich gut merken.',
    save: 'Speichern und anmelden',
    saved: 'Ihr neues Passwort gilt',
    missing: 'Dieser Link ist verbraucht oder zu alt',
    missingText: 'Lassen Sie sich auf der Anmeldeseite einen neuen schicken.',
  },
};
