/** The small words of English and German that carry no fact but decide how one is meant. */

/** What a small word or a fixed phrase does to what stands near it. */
export type Role =
  | 'like'
  | 'dislike'
  | 'require'
  | 'only'
  | 'not'
  | 'never'
  | 'no'
  | 'too'
  | 'neutral'
  | 'past'
  | 'had'
  | 'question'
  | 'maybe'
  | 'trouble'
  | 'contrast'
  | 'except'
  | 'change'
  | 'filler';

/** Phrases by role, parted by `|`. Small letters, accents kept, no apostrophes. */
export const PHRASES: Readonly<Record<Role, string>> = {
  like: `want|wants|wanted|wish|wishes|like|likes|liked|would like|love|loves|enjoy|enjoys|prefer|prefers
    |preferred|preference|would rather|rather have|favours|favors|favourite|favorite|please|pls|asked for
    |asks for|asking for|requests|requested|would be nice|would be great|would be lovely|is happy with
    |fond of|sleeps better|sleeps best|sleeps much better|better on|mag|mögen|möchte|moechte|möchten|will|wollen|wünscht|wünscht sich|hätte gern
    |hätte gerne|gern|gerne|lieber|am liebsten|liebt|bevorzugt|schätzt|bitte|bittet um|bat um|wäre schön
    |wären schön|wäre gut|wäre toll|freut sich über|vorzugsweise|soll|sollte|schläft besser|schläft am besten|if possible|if available|if at all possible|wenn möglich
    |falls möglich|falls verfügbar|wenn verfügbar`,
  dislike: `hate|hates|hated|dislike|dislikes|detest|detests|avoid|avoids|cant stand|cannot stand
    |badly|poorly|annoyed by|hasst|meidet|vermeidet|vermeiden|verabscheut|schlecht|stört|stören|ungern
    |ungerne|gegen seinen willen`,
  require: `must|must have|need|needs|needed|require|requires|required|essential|insists on|has to have
    |braucht|brauchen|benötigt|muss|unbedingt|zwingend|besteht auf|notwendig`,
  only: 'only|nur|ausschliesslich',
  not: `not|dont|doesnt|does not|didnt|wont|cant|cannot|isnt|arent|neednt|nicht|auch nicht`,
  never: `never|under no circumstances|on no account|must not|mustnt|at no time|nie|niemals
    |auf keinen fall|unter keinen umständen|keinesfalls|darf nicht|dürfen nicht|absolutely no
    |absolutely not`,
  no: 'no|neither|nor|without|skip|skips|verzichtet auf|keinerlei|kein|keine|keinen|keinem|keiner|keines|ohne|weder',
  too: 'too|much too|far too|zu|viel zu|allzu',
  neutral: `is fine|are fine|is ok|is okay|fine with|ok with|does not mind|doesnt mind|dont mind|no preference
    |doesnt care|nothing against|nichts gegen|ist egal|egal|geht auch|geht|in ordnung|hat kein problem mit
    |macht nichts|no problem with`,
  past: `used to|no longer|not any more|any more|anymore|last time|last year|in the past|formerly|previously
    |once had|früher|nicht mehr|mehr|letztes mal|letztes jahr|ehemals|damals|mochte|wollte|bisher`,
  had: 'had|was|were|hatte|hatten|war|waren|got|bekam|stayed',
  question: `asked|asks|asking|asked about|asked whether|asked if|wonders|wondered|wants to know|wanted to know
    |would like to know|inquired|enquired|whether|fragt|fragte|fragten|hat gefragt|gefragt|ob|möchte wissen
    |wollte wissen|will wissen|erkundigt sich|erkundigte sich`,
  maybe: `maybe|perhaps|might|possibly|considering|thinking about|thinks about|if|unless|in case|would be
    |vielleicht|eventuell|evtl|möglicherweise|überlegt|könnte|falls|wenn|sofern`,
  trouble: `complained|complains|complaint|complain|broken|broke|missing|stolen|dirty|defective|afraid|fear
    |price|cost|costs|beschwert|beschwerte|beschweren|beschwerde|reklamiert|defekt|kaputt|fehlt|fehlte
    |schmutzig|gestohlen|angst|preis|kostet|kosten`,
  contrast:
    'instead of|rather than|more than|better than|statt|anstatt|anstelle|anstelle von|im gegensatz zu|unlike',
  except:
    'except|except in|except at|except for|but not in|but not at|other than in|ausser|ausser in|ausgenommen',
  change: 'but|however|although|though|aber|jedoch|sondern|allerdings|doch|because|weil|denn',
  filler: `as always|wie immer|as usual|not only|nicht nur|at all|gar|überhaupt|zu hause|zuhause|at home
    |a bit|ein bisschen|ein wenig`,
};

/** Words that say nothing by themselves: articles, pronouns, auxiliaries, plain verbs, courtesy. */
export const EMPTY = `a an the to for of in on at by with from into onto under over up down and or as
  is are be been being am do does did has have having he she they it its his her their him them himself
  herself guest guests mr mrs ms mister madam this that these those there here i we us our you your so very
  really always usually often again also just still quite some any one ones all every each when while
  sleep sleeps sleeping stay stays staying sit sits drink drinks read reads reading eat eats eating get take takes
  be have give bring brings come comes coming travel travels keep keeps put make use uses keen
  rest near next close today tonight tomorrow morning evening night day nights days time times
  strong strongly severe severely extremely definitely particularly especially
  der die das den dem des ein eine einen einem einer eines zu zur zum im in an am auf aus bei beim mit nach
  von vom vor für um unter über durch und oder als wie ist sind sei war wird werden haben hat habe
  er sie es ihm ihr ihn ihre ihren ihrem seine seinen seinem sein sich selbst gast gäste herr frau dies diese
  dieser da hier ich wir uns unser so sehr wirklich immer meist meistens oft wieder auch noch ganz etwas alle
  alles jede jeden jedes schlafen schläft trinkt trinken liest lesen isst essen sitzt wohnt wohnen bleibt
  bekommt bekommen nimmt nehmen kommt kommen reist bringt geben gibt stellen legen machen benutzt
  should would could may what which how where who whose we you sollen dürfen möchten brauchen was wie
  wo wohin womit welche welches welchen welcher welchem ihnen heute abend abends morgen morgens nacht tag mal zeit stark starke schwere besonders dort damit dass wegen due`;

/** Words before a noun that change nothing about it. */
export const ARTICLES = `a an the his her their its my our your this that some any der die das den dem des
  ein eine einen einem einer eines sein seine seinen seinem ihr ihre ihren ihrem im am zum zur vom beim`;

/** People beside the guest: women, men, and who may be either. */
export const OTHERS: Readonly<Record<'she' | 'he' | 'they', string>> = {
  she: `wife daughter mother mum mom sister girlfriend grandmother aunt niece ehefrau gattin tochter mutter
    schwester freundin partnerin kollegin oma tante nichte chefin`,
  he: `husband son father dad brother boyfriend grandfather uncle nephew ehemann mann gatte sohn vater bruder
    kollege opa onkel neffe chef`,
  they: `partner spouse child children kid kids baby toddler friend friends colleague colleagues parents family
    companion boss assistant secretary neighbour visitor kinder kindern eltern familie freund freunde
    begleitung kollegen sekretärin nachbar söhne töchter geschwister beide beiden both`,
};

/** Words for the guest that end a passage about somebody else, by what they can stand for. */
export const GUEST_WORDS: Readonly<Record<'she' | 'he' | 'guest', string>> = {
  she: 'she herself sie',
  he: 'he himself er',
  guest: 'guest gast selbst mr mrs herr',
};

/** Numbers as words. `one` and `ein` before a noun are articles more often than numbers. */
export const NUMBERS: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 },
  ...{ ten: 10, eleven: 11, twelve: 12, null: 0, eins: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
  ...{ sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, elf: 11, zwölf: 12 },
};

/** Words that make a number a bound or a difference, so that it is no value. */
export const COMPARING = `more less extra another additional further least most than above below under over
  mehr weniger extra weitere weiteres weiterer weiteren zusätzlich zusätzliche zusätzliches mindestens höchstens
  über unter als noch maximal minimal`;

/** Units as people write them, by the unit's own sign. */
export const UNIT_WORDS: Readonly<Record<string, string>> = {
  '°c': '° °c degrees degree celsius c grad',
  cm: 'cm centimetres centimeters zentimeter',
  '%': '% percent prozent',
  g: 'g gram grams gramm',
  kg: 'kg kilo kilos kilogram kilograms kilogramm',
};

/** Words of a label that name a measure or a kind rather than a thing. */
export const MEASURE_WORDS = `number count amount quantity how many much often kind type sort title form layout
  anzahl zahl menge wie viele viel art`;

/** Derived words that mean one thing, by the key they share. */
export const FAMILIES: Readonly<Record<string, string>> = {
  harm: `allergy allergies allergic intolerance intolerant allergie allergien allergisch intoleranz
    unverträglichkeit unverträglichkeiten`,
  free: 'free frei freie freies freier freien',
};

/** Ends of German compounds that belong to a family. */
export const FAMILY_ENDS: Readonly<Record<string, string>> = {
  harm: 'allergie unvertraglichkeit intoleranz',
  free: 'frei',
};

/** Fixed phrases that mean a family. */
export const FAMILY_PHRASES: Readonly<Record<string, string>> = {
  harm: 'cannot eat|cant eat|verträgt kein|verträgt keine|verträgt keinen|cannot tolerate|cant tolerate|does not tolerate',
};

/** Words of place with one meaning, and those that say the opposite of one. */
export const NEARNESS = {
  far: 'away far abseits weg fern entfernt',
  near: 'near close next beside nearby neben nah nahe nähe',
} as const;
