import type { ColumnKind } from './model.ts';

/** What names of columns say; the first that fits decides. Names are small letters, words parted by one blank. */
export const COLUMN_NAMES: readonly (readonly [pattern: RegExp, kind: ColumnKind])[] = [
  [/^(cluster|label|group|truth|ground truth|entity)( id)?$/, 'ignored'],
  [/^(source( dataset)?|dataset|file( name)?|row( no| number)?|index)$/, 'ignored'],
  [/\b(created|updated|modified|imported|inserted|deleted)( at| on| date| time)?$/, 'ignored'],
  [/^(full ?name|name|customer( name)?|person( name)?|contact( name)?|display name)$/, 'name'],
  [/^(first name and surname|first and surname|first and last name|guest( name)?)$/, 'name'],
  // In these languages the word alone is a part of the name where the other part has its own column.
  [/^(nom complet|nombre completo|nome completo|naam|nome|nombres?|nom|фио|имя)$/, 'name'],
  [/\b(e ?mail|mail|mail address|email address|courriel|correo|e ?posta?)\b|(^| )почта$/, 'email'],
  [
    /\b(phone|telephone|tel|mobile?|cell|cellphone|fax|msisdn|telefon|handy|gsm|telefoon)\b/,
    'phone',
  ],
  [/\b(telefono|telefone|movil|celular|cellulare|rufnummer|telefonnummer|handynummer)\b/, 'phone'],
  [/(^| )телефон( |$)/, 'phone'],
  [/\b(birth|birthday|born) (place|city|town|country|parish)\b|^place of birth$/, 'text'],
  [/^(geburtsort|lieu (de )?naissance|lugar (de )?nacimiento|luogo (di )?nascita)$/, 'text'],
  [/^(by|yob|year of birth|(birth|dob|born) ?y(ear)?|y(ear)? of birth|geburtsjahr)$/, 'birthYear'],
  [/^(bm|mob|month of birth|(birth|dob|born) ?m(onth)?|geburtsmonat)$/, 'birthMonth'],
  [/^(bd|day of birth|(birth|dob|born) ?d(ay)?)$/, 'birthDay'],
  [/\b(dob|birth|birthday|birthdate|bday|born|geburtsdatum|geburtstag|geboren|geb)\b/, 'birth'],
  [/\b(naissance|nacimiento|nascita|nascimento|geboortedatum|urodzenia|narozeni|dogum)\b/, 'birth'],
  [/\b(fodelsedatum|fodselsdato|fodselsdag)\b|(^| )рождения$/, 'birth'],
  [
    /\b(given|first|fore|christian|middle) ?names?\b|^f ?name\b|^(given|first|forename|fn)$/,
    'given',
  ],
  [/^(vorname|rufname|prenom|firstname|givenname|fname|primer nombre|primeiro nome)$/, 'given'],
  [/^(voornaam|fornamn|fornavn|imie|jmeno|krestni jmeno|adi?|isim)$/, 'given'],
  [
    /\b(sur|last|family|maiden) ?names?\b|^l ?name\b|^(last|surname|family|lastname|ln)$/,
    'surname',
  ],
  [
    /^(nachname|familienname|zuname|nom de famille|lname|((primer|segundo) )?apellidos?)$/,
    'surname',
  ],
  [/^(apellido (paterno|materno)|cognome|sobrenome|apelido|achternaam|efternamn)$/, 'surname'],
  [/^(efternavn|etternavn|nazwisko|prijmeni|soyadi?|фамилия)$/, 'surname'],
  [
    /\b(post ?code|zip|zip ?code|postal( code)?|plz|postleitzahl|pin ?code|postnummer)\b/,
    'postcode',
  ],
  [/^(pc|cp|cep|cap|code postal|codigo postal|kod pocztowy|psc|(почтовыи )?индекс)$/, 'postcode'],
  [
    /\b(street|house|building) ?(no|num|number|nr)\b|^(hausnummer|hausnr|huisnummer|дом)$/,
    'houseNumber',
  ],
  [/\b(street|address|addr|road|strasse|str|residence|adresse?|anschrift|direccion)\b/, 'street'],
  [/\b(domicilio|calle|rue|indirizzo|endereco|rua|straat|adres|ulica|gata|gate)\b/, 'street'],
  [/\b(address|addr|street) ?\d\b|(^| )(улица|адрес)( |$)/, 'street'],
  [
    /\b(city|town|suburb|locality|village|municipality|parish|ort|wohnort|stadt|ville|place)\b/,
    'city',
  ],
  [/^(ciudad|localidad|poblacion|municipio|citta|comune|cidade|plaats|woonplaats|stad)$/, 'city'],
  [/^(miasto|mesto|sehir|ortschaft|commune|by|город)$/, 'city'],
  [/^(state|region|province|county|country|land|canton|bundesland)( code| name)?$/, 'region'],
  [/^(provincia|estado|kanton|pais|pays|paese|departement|wojewodztwo|область|страна)$/, 'region'],
  [
    /^(gender|sex|title|salutation|geschlecht|anrede|sexe|sexo|sesso|genre|genero|пол)$/,
    'category',
  ],
  [/\b(id|ssn|nin|nino|passport|identifier|ref|no|number|nr|key)$/, 'identifier'],
  [/^(ssn|soc sec|social security|passport|tax|national|loyalty|membership)\b/, 'identifier'],
  [/(nummer|nr)$|^(dni|nie|curp|rfc|cpf|nif|codice fiscale|pesel|инн|снилс)$/, 'identifier'],
];

/** Identifiers of which a person has one. */
export const UNIQUE_NAMES: RegExp =
  /\b(ssn|soc sec|social security|passport|tax|national|nin|nino|loyalty|membership)\b/;
