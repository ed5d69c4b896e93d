import type { start as english } from '../en/start.ts';
import type { SameKeys } from '../texts.ts';

/** Words of the start page and of a company's front page. */
export const start: SameKeys<typeof english> = {
  title: 'Für Sie gemacht und im Gedächtnis behalten',
  lead: 'Entwerfen Sie Ihr eigenes Stück und sehen Sie sofort, was es kostet und wann Sie es haben. Wer es fertigt, weiß genau, was Sie wünschen, und Sie müssen es nie zweimal sagen.',
  how: {
    title: 'So geht es',
    design: 'Sie entwerfen',
    designText:
      'Jede Wahl zeigt, was noch dazu passt, den genauen Preis und den Tag, an dem es fertig ist.',
    make: 'Es wird für Sie gefertigt',
    makeText:
      'Aus Ihrem Entwurf werden Arbeitsaufträge und Teile. Nichts wird gefertigt, bevor Sie es wünschen.',
    remember: 'Es bleibt im Gedächtnis',
    rememberText:
      'Wir behalten nur, was Sie erlauben. Sie können es lesen, berichtigen, mitnehmen und löschen.',
  },
  companies: 'Drei Firmen zum Ausprobieren',
  companiesText: 'Erfundene Häuser mit echten Produktfamilien: entwerfen, bestellen, fertigen.',
  from: 'ab {{price}}',
  perNight: 'ab {{price}}',
  design: 'Selbst entwerfen',
  enter: '{{company}} betreten',
  doors: {
    studio: 'Etwas Eigenes entwerfen',
    memory: 'Was über mich bekannt ist',
    desk: 'Für alle, die Gäste begrüßen',
    workshop: 'Für alle, die fertigen',
  },
  mailbox: 'Entwicklungspostfach',
  makes: 'Was für Sie gefertigt werden kann',
  stays: 'Was für Sie vorbereitet werden kann',
  empty: 'Noch wird nichts angeboten',
  emptyText: 'Produktfamilien erscheinen hier, sobald eine veröffentlicht ist.',
  noCompanies: 'Hier wohnt noch keine Firma',
  noCompaniesText:
    'Sobald auf diesem Server eine Firma eingerichtet ist, erscheint sie hier mit ihren Türen.',
  places: 'Wo',
};
