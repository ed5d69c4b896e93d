import { inLocale, type Words } from '@keepsake/kernel';

/** The subject line and the text of a mail. */
export interface MailText {
  readonly subjectLine: string;
  readonly text: string;
}

interface Template {
  readonly subjectLine: Words;
  readonly lines: Words;
}

/** `{name}` is filled in; a blank line is a paragraph. */
const TEMPLATES = {
  'sign-in': {
    subjectLine: { en: 'Sign in to {company}', de: 'Anmelden bei {company}' },
    lines: {
      en: 'Hello,\n\nthis link signs you in to {company}:\n\n{link}\n\nIt works once, for 15 minutes. If you did not ask for it, you can ignore this mail.',
      de: 'Guten Tag,\n\nmit diesem Link melden Sie sich bei {company} an:\n\n{link}\n\nEr gilt einmal, für 15 Minuten. Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren.',
    },
  },
  invitation: {
    subjectLine: { en: 'Join the team of {company}', de: 'Ins Team von {company}' },
    lines: {
      en: 'Hello,\n\nyou are invited to work on Keepsake for {company}. Choose your password here:\n\n{link}\n\nThe link works for 7 days.',
      de: 'Guten Tag,\n\nSie sind eingeladen, für {company} mit Keepsake zu arbeiten. Hier wählen Sie Ihr Passwort:\n\n{link}\n\nDer Link gilt 7 Tage.',
    },
  },
  'password-reset': {
    subjectLine: { en: 'Choose a new password', de: 'Neues Passwort wählen' },
    lines: {
      en: 'Hello,\n\nhere you can choose a new password:\n\n{link}\n\nThe link works for one hour. If you did not ask for it, you can ignore this mail.',
      de: 'Guten Tag,\n\nhier wählen Sie ein neues Passwort:\n\n{link}\n\nDer Link gilt eine Stunde. Wenn Sie ihn nicht angefordert haben, können Sie diese Nachricht ignorieren.',
    },
  },
} as const satisfies Record<string, Template>;

/** Mails that this server words itself. */
export type TemplateName = keyof typeof TEMPLATES;

/** A mail in the reader's language, English where there is none. */
export function wordMail(
  name: TemplateName,
  locale: string,
  values: Readonly<Record<string, string>>,
): MailText {
  const { subjectLine, lines } = TEMPLATES[name];
  return {
    subjectLine: fill(inLocale(subjectLine, locale), values),
    text: `${fill(inLocale(lines, locale), values)}\n`,
  };
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}
