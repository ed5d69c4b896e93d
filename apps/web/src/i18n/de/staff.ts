import type { staff as english } from '../en/staff.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the staff pages. */
export const staff: SameKeys<typeof english> = {
  title: 'Team',
  lead: 'Wer hier arbeitet und was sie dürfen.',
  edit: 'Rollen ändern',
  invited: 'eingeladen, offen bis {{date}}',
  invite: 'Jemanden einladen',
  email: 'E-Mail-Adresse',
  roles: 'Rollen',
  send: 'Einladung schicken',
  sent: 'Die Einladung an {{email}} ist unterwegs',
  save: 'Speichern',
  remove: 'Von der Liste nehmen',
  removeText: 'Ohne Rolle kommt diese Person nicht mehr herein.',
  may: {
    owner: 'Alles, auch andere einladen',
    'product-manager': 'Produktfamilien, Lager, alle Bestellungen',
    clerk: 'Gäste, ihre Bestellungen und Ankünfte',
    maker: 'Die Werkstatt: was als Nächstes zu tun ist',
    'privacy-officer': 'Was gemerkt ist und wer es gelesen hat',
    marketing: 'Was Kunden wert sind, und was für sie getan wird',
  },
  accept: {
    title: 'Willkommen',
    lead: 'Sie sind eingeladen. Wählen Sie, wie Sie heißen, und ein Passwort.',
    name: 'Ihr Name',
    password: 'Passwort',
    passwordHint: 'Mindestens 10 Zeichen. Ein Satz lässt sich gut merken.',
    accept: 'Einladung annehmen',
    done: 'Sie sind dabei, {{name}}',
    enter: 'Anmelden',
    missing: 'In dieser Adresse steckt keine Einladung',
    missingText:
      'Öffnen Sie den Link in Ihrer Post noch einmal oder bitten Sie um eine neue Einladung.',
  },
};
