import type { ColumnKind } from './model.ts';

/** What names of columns say; the first that fits decides. Names are small letters, words parted by one blank. */
export const COLUMN_NAMES: readonly (readonly [pattern: RegExp, kind: ColumnKind])[] = [
  [/^(cluster|label|group|truth|ground truth|entity)( id)?$/, 'ignored'],
  [/^(source( dataset)?|dataset|file( name)?|row( no| number)?|index)$/, 'ignored'],
  [/\b(created|updated|modified|imported|inserted|deleted)( at| on| date| time)?$/, 'ignored'],
  [/^(full ?name|name|customer( name)?|person( name)?|contact( name)?|display name)$/, 'name'],
  [/^(first name and surname|first and surname|first and last name|guest( name)?)$/, 'name'],
  [/\b(e ?mail|mail address|email address)\b/, 'email'],
  [/\b(phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|telefon|handy)\b/, 'phone'],
  [/\b(birth|birthday|born) (place|city|town|country|parish)\b|^place of birth$/, 'text'],
  [/^(by|yob|year of birth|(birth|dob|born) ?y(ear)?|y(ear)? of birth)$/, 'birthYear'],
  [/^(bm|mob|month of birth|(birth|dob|born) ?m(onth)?)$/, 'birthMonth'],
  [/^(bd|day of birth|(birth|dob|born) ?d(ay)?)$/, 'birthDay'],
  [/\b(dob|birth|birthday|birthdate|born|geburtsdatum|geburtstag|naissance)\b/, 'birth'],
  [/\b(given|first|fore|christian|middle) ?names?\b|^f ?name\b|^(given|first|forename)$/, 'given'],
  [/^(vorname|prenom|firstname|givenname|fname|nombre)$/, 'given'],
  [/\b(sur|last|family|maiden) ?names?\b|^l ?name\b|^(last|surname|family|lastname)$/, 'surname'],
  [/^(nachname|familienname|nom|lname|apellidos?)$/, 'surname'],
  [/\b(post ?code|zip|zip ?code|postal( code)?|plz)\b/, 'postcode'],
  [/\b(street|house|building) ?(no|num|number|nr)\b|^hausnummer$/, 'houseNumber'],
  [/\b(street|address|addr|road|strasse|residence|adresse)\b/, 'street'],
  [/\b(city|town|suburb|locality|village|municipality|parish|ort|stadt|ville|place)\b/, 'city'],
  [/^(state|region|province|county|country|land|canton|bundesland)( code| name)?$/, 'region'],
  [/^(gender|sex|title|salutation)$/, 'category'],
  [/\b(id|ssn|nin|nino|passport|identifier|ref|no|number|nr|key)$/, 'identifier'],
  [/^(ssn|soc sec|social security|passport|tax|national|loyalty|membership)\b/, 'identifier'],
];

/** Identifiers of which a person has one. */
export const UNIQUE_NAMES: RegExp =
  /\b(ssn|soc sec|social security|passport|tax|national|nin|nino|loyalty|membership)\b/;
