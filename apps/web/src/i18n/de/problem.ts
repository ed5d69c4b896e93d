import type { problem as english } from '../en/problem.ts';
import type { SameKeys } from '../texts.ts';

/** Every problem of the API in the reader's words. */
export const problem: SameKeys<typeof english> = {
  'request/malformed': {
    title: 'Die Seite hat etwas Unlesbares gesendet',
    advice:
      'Es wurde nichts geändert. Laden Sie die Seite neu und wiederholen Sie den letzten Schritt.',
  },
  'request/invalid': {
    title: 'Etwas passt hier nicht',
    advice: 'Es wurde nichts geändert. Prüfen Sie Ihre Eingaben und versuchen Sie es noch einmal.',
  },
  'request/too-large': {
    title: 'Das ist zu viel auf einmal',
    advice: 'Es wurde nichts geändert. Kürzen Sie und versuchen Sie es noch einmal.',
  },
  'request/too-many': {
    title: 'Zu viele Versuche in kurzer Zeit',
    advice: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  },
  'request/key-reused': {
    title: 'Das wurde schon einmal mit anderem Inhalt gesendet',
    advice: 'Laden Sie die Seite neu, um den Stand zu sehen.',
  },
  'request/in-progress': {
    title: 'Ihr erster Versuch wird noch bearbeitet',
    advice: 'Warten Sie einen Moment und sehen Sie dann nach. Es geschieht nicht doppelt.',
  },
  'route/not-found': { title: 'Hier ist nichts', advice: 'Prüfen Sie die Adresse.' },
  'session/required': {
    title: 'Bitte melden Sie sich zuerst an',
    advice: 'Das gehört jemandem. Nach dem Anmelden kommen Sie gleich hierher zurück.',
  },
  'session/forbidden': {
    title: 'Dafür braucht es eine andere Rolle',
    advice: 'Die Inhaberin oder der Inhaber der Firma kann sie Ihnen geben.',
  },
  'session/link-invalid': {
    title: 'Dieser Link ist verbraucht oder zu alt',
    advice: 'Jeder Link gilt einmal und nur kurz. Lassen Sie sich einen neuen schicken.',
  },
  'company/not-found': {
    title: 'Diese Firma gibt es hier nicht',
    advice: 'Prüfen Sie die Adresse oder gehen Sie zurück zum Anfang.',
  },
  'family/not-found': {
    title: 'Das wird hier nicht gefertigt',
    advice: 'Sehen Sie nach, was die Firma fertigt.',
  },
  'family/space-missing': {
    title: 'Von dieser Fassung gibt es keinen übersetzten Lösungsraum',
    advice: 'Vielleicht wird er gerade gemacht; bis dahin rechnet diese Seite selbst.',
  },
  'family/invalid': {
    title: 'Die Produktfamilie kann nicht veröffentlicht werden',
    advice: 'Beheben Sie, was unten steht. Die veröffentlichte Fassung bleibt, wie sie ist.',
  },
  'family/contradictory': {
    title: 'Mit diesen Regeln ist kein Entwurf möglich',
    advice: 'Lockern Sie eine der Regeln unten; zusammen schließen sie alles aus.',
  },
  'design/not-found': {
    title: 'Diesen Entwurf gibt es nicht',
    advice: 'Prüfen Sie den Link oder beginnen Sie einen neuen Entwurf.',
  },
  'design/stale': {
    title: 'Dieser Entwurf wurde anderswo geändert',
    advice: 'Nichts ist verloren: Entscheiden Sie, welchen von beiden Sie behalten.',
  },
  'design/conflict': {
    title: 'Diese Wahl passt nicht zu den anderen',
    advice: 'Ändern Sie eine der beteiligten Entscheidungen.',
  },
  'design/unknown-attribute': {
    title: 'Dieser Entwurf enthält etwas, das nicht mehr angeboten wird',
    advice: 'Öffnen Sie ihn im Studio und speichern Sie ihn neu.',
  },
  'design/unknown-value': {
    title: 'Dieser Entwurf enthält eine Wahl, die nicht mehr angeboten wird',
    advice: 'Öffnen Sie ihn im Studio und wählen Sie neu.',
  },
  'design/text-refused': {
    title: 'Dieser Text lässt sich nicht gravieren',
    advice: 'Verzichten Sie auf ungewöhnliche Zeichen und Umbrüche und halten Sie die Länge ein.',
  },
  'design/undecided': {
    title: 'Das ließ sich nicht rechtzeitig ausrechnen',
    advice: 'Treffen Sie zuerst eine andere Wahl oder versuchen Sie es noch einmal.',
  },
  'promise/moved': {
    title: 'Der Termin hat sich verschoben',
    advice:
      'Es wurde nichts bestellt. Sehen Sie sich den neuen Termin an und bestellen Sie erneut.',
  },
  'promise/impossible': {
    title: 'Dafür gibt es keinen Termin',
    advice: 'Wählen Sie einen anderen Ort, ein anderes Datum oder einen anderen Entwurf.',
  },
  'price/moved': {
    title: 'Der Preis hat sich geändert',
    advice: 'Es wurde nichts bestellt. Sehen Sie sich den neuen Preis an und bestellen Sie erneut.',
  },
  'site/not-found': {
    title: 'Diesen Ort gibt es nicht',
    advice: 'Wählen Sie einen der gezeigten Orte.',
  },
  'order/not-found': {
    title: 'Diese Bestellung gibt es nicht',
    advice: 'Prüfen Sie die Nummer oder sehen Sie in Ihren Bestellungen nach.',
  },
  'order/released': {
    title: 'Die Fertigung hat begonnen',
    advice: 'Ändern oder stornieren geht nicht mehr; zurückgeben können Sie das fertige Stück.',
  },
  'order/not-returnable': {
    title: 'Diese Bestellung kann jetzt nicht zurückgegeben werden',
    advice: 'Zurückgeben geht, sobald sie fertig ist.',
  },
  'order/delivery-unavailable': {
    title: 'Diese Lieferung gibt es für diese Adresse nicht',
    advice: 'Wählen Sie eine andere Lieferung oder ein anderes Land.',
  },
  'order/stay-required': {
    title: 'Ein Aufenthalt braucht Daten',
    advice: 'Geben Sie An- und Abreise an, höchstens 60 Nächte, Anreise nicht vor heute.',
  },
  'operation/not-found': {
    title: 'Diesen Schritt gibt es nicht mehr',
    advice: 'Laden Sie die Tafel neu.',
  },
  'operation/not-ready': {
    title: 'Das geht bei diesem Schritt jetzt nicht',
    advice: 'Vielleicht war jemand schneller. Laden Sie die Tafel neu.',
  },
  'stock/unknown-item': {
    title: 'Dieses Teil wird hier nicht geführt',
    advice: 'Sehen Sie im Lager nach.',
  },
  'stock/insufficient': {
    title: 'Nicht genug am Lager',
    advice: 'Zählen Sie nach oder buchen Sie ein, was angekommen ist.',
  },
  'guest/not-found': { title: 'Diesen Gast gibt es nicht', advice: 'Suchen Sie noch einmal.' },
  'guest/identifier-taken': {
    title: 'Diese Adresse oder Nummer gehört schon jemandem',
    advice: 'Öffnen Sie den Gast, dem sie gehört.',
  },
  'contact/not-found': {
    title: 'Dieser Kontakt ist nicht mehr da',
    advice: 'Laden Sie die Karte neu: Vielleicht hat ihn jemand zurückgenommen.',
  },
  'contact/undo-ended': {
    title: 'Dieser Kontakt lässt sich nicht mehr zurücknehmen',
    advice: 'Das geht zehn Minuten lang, nachdem er festgehalten wurde.',
  },
  'verdict/not-found': {
    title: 'Das wurde nicht entschieden, oder es ist nicht mehr da',
    advice: 'Laden Sie die Karte neu: Vielleicht wurde der Gast gelöscht.',
  },
  'verdict/stands': {
    title: 'Über diese beiden wurde schon anders entschieden',
    advice: 'Öffnen Sie einen der beiden, und nehmen Sie das zuerst zurück.',
  },
  'memory/unknown-predicate': {
    title: 'Dergleichen merken wir uns hier nicht',
    advice: 'Wählen Sie etwas von dem, was angeboten wird.',
  },
  'memory/value-refused': {
    title: 'Das passt nicht',
    advice: 'Wählen Sie einen der gezeigten Werte.',
  },
  'memory/fact-not-found': {
    title: 'Das ist nicht mehr gemerkt',
    advice: 'Laden Sie die Seite neu.',
  },
  'memory/consent-required': {
    title: 'Das dürfen wir nur mit Einwilligung merken',
    advice: 'Fragen Sie ausdrücklich danach und setzen Sie den Haken.',
  },
  'memory/purpose-not-found': {
    title: 'Diesen Zweck gibt es nicht',
    advice: 'Laden Sie die Seite neu.',
  },
  'memory/erase-unconfirmed': {
    title: 'Das Löschen muss bestätigt werden',
    advice: 'Geben Sie die Worte genau so ein, wie sie dastehen.',
  },
  'memory/ontology-refused': {
    title: 'Das passt noch nicht zusammen',
    advice: 'Bessern Sie nach, was markiert ist. Es wurde nichts geändert.',
  },
  'memory/ontology-changed': {
    title: 'Jemand anders hat es inzwischen geändert',
    advice: 'Laden Sie es neu und ändern Sie es noch einmal. Es wurde nichts geändert.',
  },
  'valuation/costs-missing': {
    title: 'Noch ist nicht angegeben, was Bestellungen bringen und Kunden kosten',
    advice: 'Geben Sie zuerst eine Kostentabelle an.',
  },
  'valuation/terms-refused': {
    title: 'Damit kann nicht gerechnet werden',
    advice: 'Bessern Sie nach, was unten steht. Es wurde nichts geändert.',
  },
  'valuation/version-taken': {
    title: 'Es gibt schon eine andere Fassung dieses Namens',
    advice: 'Geben Sie dem Geänderten einen neuen Namen. Es wurde nichts geändert.',
  },
  'valuation/not-reckoned': {
    title: 'Über diesen Kunden ist nichts berechnet',
    advice: 'Wer gekauft hat, ist beim nächsten Lauf dabei.',
  },
  'valuation/month-not-found': {
    title: 'In diesem Monat wurde nichts entschieden',
    advice: 'Wählen Sie einen anderen Monat.',
  },
  'valuation/run-not-found': {
    title: 'Diesen Lauf gibt es nicht',
    advice: 'Laden Sie die Seite neu.',
  },
  'valuation/review-not-found': {
    title: 'Diese Prüfung gibt es nicht',
    advice: 'Laden Sie die Liste neu.',
  },
  'valuation/review-closed': {
    title: 'Das hat schon jemand entschieden',
    advice: 'Laden Sie die Liste neu, um zu lesen, wie.',
  },
  'valuation/outcome-refused': {
    title: 'So kann eine Prüfung nicht enden',
    advice: 'Tun Sie, was unten steht. Es wurde nichts geändert.',
  },
  'treatments/not-found': {
    title: 'Diese Maßnahme gibt es nicht',
    advice: 'Laden Sie die Liste neu.',
  },
  'memory/orders-open': {
    title: 'Für Sie wird noch etwas gefertigt',
    advice: 'Stornieren Sie es zuerst oder warten Sie, bis es fertig ist.',
  },
  'staff/not-found': {
    title: 'Diese Person steht nicht mehr auf der Liste',
    advice: 'Laden Sie die Liste neu.',
  },
  'staff/last-owner': {
    title: 'Eine Firma behält mindestens eine Inhaberin oder einen Inhaber',
    advice: 'Geben Sie diese Rolle zuerst jemand anderem.',
  },
  'store/unavailable': {
    title: 'Der Server erreicht seinen Speicher nicht',
    advice: 'Es wurde nichts geändert. Ein neuer Versuch schadet nicht.',
  },
  'store/full': {
    title: 'Die Festplatte des Servers ist voll',
    advice: 'Es wurde nichts geändert. Wer den Server betreibt, muss Platz schaffen.',
  },
  'store/not-empty': {
    title: 'Der Speicher ist nicht leer',
    advice: 'Stellen Sie in einen leeren Speicher wieder her.',
  },
  'store/backup-invalid': {
    title: 'Das ist keine brauchbare Sicherung',
    advice: 'Wählen Sie eine andere Datei.',
  },
  'server/failed': {
    title: 'Bei uns ist etwas schiefgegangen',
    advice:
      'Nichts Halbfertiges wurde behalten. Versuchen Sie es noch einmal; bleibt es so, sagen Sie es uns.',
  },
};
