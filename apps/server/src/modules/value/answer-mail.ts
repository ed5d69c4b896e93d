/** Tells customers how their objection was answered. */
import { inLocale, type Words } from '@keepsake/kernel';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import { queueMail } from '../mail/index.ts';
import { readProfile } from '../memory/index.ts';

/** What a customer is told. */
export interface ObjectionAnswered {
  readonly company: string;
  readonly subjects: readonly string[];
  /** The language that the customer read. */
  readonly locale: string;
  readonly because: string;
  readonly hasChanged: boolean;
}

const SUBJECT: Words = {
  en: '{company} has answered your objection',
  de: '{company} hat auf Ihren Widerspruch geantwortet',
};

const BODIES: Readonly<Record<'changed' | 'kept', Words>> = {
  changed: {
    en: 'you objected to how we differentiate you as a customer. A person has looked at it and changed it.\n\nThe reason:\n\n{because}\n\nWhat holds now, and what it changes for you, is here:\n\n{link}',
    de: 'Sie haben der Art widersprochen, wie wir Sie als Kundin oder Kunden einordnen. Ein Mensch hat sich das angesehen und es geändert.\n\nDie Begründung:\n\n{because}\n\nWas jetzt gilt und was es für Sie ändert, steht hier:\n\n{link}',
  },
  kept: {
    en: 'you objected to how we differentiate you as a customer. A person has looked at it and left it as it was.\n\nThe reason:\n\n{because}\n\nWhat it rests on, and what it changes for you, is here. You can object again:\n\n{link}',
    de: 'Sie haben der Art widersprochen, wie wir Sie als Kundin oder Kunden einordnen. Ein Mensch hat sich das angesehen und es so gelassen.\n\nDie Begründung:\n\n{because}\n\nWorauf es beruht und was es für Sie ändert, steht hier. Sie können erneut widersprechen:\n\n{link}',
  },
};

const GREETING: Words = { en: 'Hello,', de: 'Guten Tag,' };

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Queues the mail in the transaction that answers; nothing where no address is known. */
export async function mailAnswer(
  tx: Tx,
  deps: Pick<Deps, 'keys' | 'clock' | 'random' | 'config'>,
  answered: ObjectionAnswered,
): Promise<void> {
  const company = await findCompany(tx, answered.company);
  if (company === undefined) return;
  const { locale, because } = answered;
  const values = {
    ...{ company: company.name, because },
    link: `${deps.config.publicUrl}/c/${company.id}/memory`,
  };
  for (const subject of answered.subjects) {
    const { email } = await readProfile(tx, deps, company.id, subject);
    if (email === null) continue;
    const body = inLocale(BODIES[answered.hasChanged ? 'changed' : 'kept'], locale);
    await queueMail(tx, deps, {
      ...{ company: company.id, subject, to: email, kind: 'value-answered' },
      subjectLine: fill(inLocale(SUBJECT, locale), values),
      text: `${inLocale(GREETING, locale)}\n\n${fill(body, values)}\n\n${company.name}\n`,
    });
    return;
  }
}
