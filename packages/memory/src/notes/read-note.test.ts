import { describe, expect, test } from 'vitest';
import { hotelOntology } from './hotel.data.ts';
import { lexiconOf } from './lexicon.ts';
import { CONFIDENCE_MIN, NOTE_LENGTH_MAX, PROPOSALS_MAX, type Proposal } from './proposal.ts';
import { readNote } from './read-note.ts';

const lexicon = lexiconOf(hotelOntology);
const places = [
  { place: 'us/mn/minneapolis/mill', names: ['The Mill', 'Minneapolis'] },
  { place: 'us/fl/key-west/pier', names: ['Pier House', 'Key West'] },
];
const read = (note: string) => readNote(note, lexicon, { places });

function said({ predicate, value, polarity, scope }: Proposal): string {
  return `${polarity} ${predicate}=${value}${scope.place === undefined ? '' : `@${scope.place}`}`;
}
const found = (note: string) => read(note).proposals.map(said);

/** Each note tells what stands beside it, and nothing else. */
function expectAll(notes: Readonly<Record<string, readonly string[]>>): void {
  const told = Object.fromEntries(Object.keys(notes).map((note) => [note, found(note)]));
  expect(told).toEqual(notes);
}

describe('what a note proposes', () => {
  test('MEM-150 stands on its own words, and is sure to a degree', () => {
    const note = 'Arrived late; wants a firm pillow, tired';
    const [proposal, ...others] = read(note).proposals;
    expect(others).toEqual([]);
    expect(note.slice(proposal?.start, proposal?.end)).toBe('wants a firm pillow');
    expect(proposal?.confidence).toBeGreaterThanOrEqual(CONFIDENCE_MIN);
    expect(read(note).rest.map(({ start, end }) => note.slice(start, end))).toEqual([
      'Arrived late;',
      'tired',
    ]);
  });

  test('MEM-150 is never of a predicate that is retired, nor that any will do', () => {
    expectAll({ 'wants a green lamp': [], 'newspaper: whatever there is': [] });
  });

  test('MEM-153 is liked, disliked, required or forbidden by the words around it', () => {
    expectAll({
      'prefers a firm pillow': ['like pillow.firmness=firm'],
      'needs a firm pillow': ['require pillow.firmness=firm'],
      'hates feather pillows': ['dislike pillow.filling=feather'],
      'never feather pillows': ['forbid pillow.filling=feather'],
      'no feather pillow please': ['dislike pillow.filling=feather'],
      'does not like feather pillows': ['dislike pillow.filling=feather'],
      'the pillow was too soft': ['dislike pillow.firmness=soft'],
      'möchte ein festes Kissen': ['like pillow.firmness=firm'],
      'braucht ein festes Kissen': ['require pillow.firmness=firm'],
      'mag Federkissen nicht': ['dislike pillow.filling=feather'],
      'auf keinen Fall Federkissen': ['forbid pillow.filling=feather'],
      'keine Federkissen bitte': ['dislike pillow.filling=feather'],
      vegetarian: ['like diet.kind=vegetarian'],
      'please no smoking room': ['like room.smoking=false'],
      'keine Zeitung': ['like stay.newspaper=none'],
      'allergic to nuts': ['require allergy.nut=true'],
      'allergic to dust and pollen': [
        'forbid allergy.substance=dust',
        'forbid allergy.substance=pollen',
      ],
      'ist nicht allergisch gegen Staub': [],
      'hates wool pillows, allergic to nuts': [
        'dislike pillow.filling=wool',
        'require allergy.nut=true',
      ],
      'hat keine Nussallergie': ['like allergy.nut=false'],
      'sleeps badly near lifts': ['like room.quiet=true'],
    });
  });

  test('MEM-153 keeps a no to its own words and a wish for all that is joined', () => {
    expectAll({
      'wants a firm pillow and a high floor': ['like pillow.firmness=firm', 'like room.floor=high'],
      "doesn't like wool pillows but loves a soft mattress": [
        'dislike pillow.filling=wool',
        'like bed.mattress=soft',
      ],
      'hates wool pillows and feather pillows': [
        'dislike pillow.filling=wool',
        'dislike pillow.filling=feather',
      ],
      'no wool pillow, high floor': ['dislike pillow.filling=wool', 'like room.floor=high'],
      'hasst Wollkissen, liebt eine weiche Matratze': [
        'dislike pillow.filling=wool',
        'like bed.mattress=soft',
      ],
    });
  });

  test('MEM-153 is nothing where two turns meet, or two wishes for one thing', () => {
    expectAll({
      "doesn't hate wool pillows": [],
      'wants a firm pillow or a soft pillow': [],
      'hates wool pillows, high floor': ['dislike pillow.filling=wool'],
    });
  });

  test('MEM-154 is nothing that is about somebody else', () => {
    expectAll({
      'wife is allergic to nuts': [],
      'his son wants a firm pillow, and a high floor': [],
      'her husband wants a firm mattress, she wants a soft pillow': ['like pillow.firmness=soft'],
      'his wife is allergic to nuts. He wants a firm pillow': ['like pillow.firmness=firm'],
      'comes with his wife, likes a high floor': ['like room.floor=high'],
      'Frau Weber möchte ein festes Kissen': ['like pillow.firmness=firm'],
      'seine Frau möchte ein festes Kissen': [],
      'das Kind hat eine Nussallergie': [],
    });
    const { passed } = read('wife is allergic to nuts');
    expect(passed).toEqual([{ start: 0, end: 24, reason: 'somebody-else' }]);
  });

  test('MEM-154 is nothing asked, supposed, over, indifferent, a complaint or the lesser choice', () => {
    const reasons = (note: string) => read(note).passed.map(({ reason }) => reason);
    const notes = {
      'asked whether a high floor is free': 'question',
      'Would he like a firm pillow?': 'question',
      'fragte, ob es ein festes Kissen gibt': 'question',
      'maybe a firm pillow next time': 'maybe',
      'falls möglich? egal; vielleicht ein festes Kissen': 'maybe',
      'used to like a firm pillow': 'past',
      'möchte keine Federkissen mehr': 'past',
      'a firm pillow is fine': 'neutral',
      'complained about the soft pillow': 'trouble',
    };
    for (const [note, reason] of Object.entries(notes)) {
      expect([note, found(note), reasons(note).at(-1)]).toEqual([note, [], reason]);
    }
    expectAll({
      'firm pillow instead of the soft pillow': ['like pillow.firmness=firm'],
      'weiches Kissen statt Federkissen bitte': ['like pillow.firmness=soft'],
    });
  });

  test('MEM-155 counts what is named, and measures by the unit', () => {
    expectAll({
      'wants two firm pillows': ['like pillow.count=2', 'like pillow.firmness=firm'],
      'a pair of pillows please': ['like pillow.count=2'],
      'möchte ein Paar Kissen': ['like pillow.count=2'],
      'möchte ein paar Kissen': [],
      'room at 19,5 °C please': ['like room.temperature=19.5'],
      'Zimmer bitte mit 20 Grad': ['like room.temperature=20'],
      '2nd floor, room 204, paid 2 nights': [],
      'wants at least 2 pillows': [],
      'wants two more pillows': [],
      'room at 18-20 °C': [],
    });
  });

  test('MEM-156 holds where a place is named, and the other way round where it is excepted', () => {
    const [mill, pier] = places.map(({ place }) => place);
    expectAll({
      'prefers a high floor except in Minneapolis': [
        'like room.floor=high',
        `dislike room.floor=high@${mill}`,
      ],
      'wants a firm pillow in Key West': [`like pillow.firmness=firm@${pier}`],
      'In Key West lieber ein festes Kissen': [`like pillow.firmness=firm@${pier}`],
      'möchte ein festes Kissen, außer in Minneapolis': [
        'like pillow.firmness=firm',
        `dislike pillow.firmness=firm@${mill}`,
      ],
      'in Key West, wants a firm pillow. Likes a high floor.': [
        `like pillow.firmness=firm@${pier}`,
        'like room.floor=high',
      ],
      'needs a firm pillow except in Minneapolis': ['require pillow.firmness=firm'],
      'flew in from Minneapolis': [],
    });
  });

  test('MEM-157 is found inflected, in compounds and mistyped, where its thing is named', () => {
    expectAll({
      'likes soft pilows': ['like pillow.firmness=soft'],
      'prefres a firm pillow': ['like pillow.firmness=firm'],
      'mag weiche Martatzen': ['like bed.mattress=soft'],
      'liebt das Wollkissen': ['like pillow.filling=wool'],
      'likes it soft': [],
      'likes a soft blanket': [],
    });
  });

  test('MEM-157 takes a value by itself for what the company deals with', () => {
    const note = 'loves vegan';
    expect(found(note)).toEqual(['like diet.kind=vegan']);
    expect(readNote(note, lexicon, { relevant: new Set(['room.floor']) }).proposals).toEqual([]);
  });

  test('MEM-151 is limited in number, and looks no further than the named length', () => {
    const many = 'wants a firm pillow in Key West. '.repeat(3);
    expect(found(many)).toHaveLength(1);
    const late = `${'x'.repeat(NOTE_LENGTH_MAX)} wants a firm pillow`;
    expect(found(late)).toEqual([]);
    const towns = Array.from({ length: 80 }, (_, n) => ({
      place: `p/${n}`,
      names: [`Townabc${'q'.repeat(n)}`],
    }));
    const note = towns.map(({ names }) => `wants a firm pillow in ${names[0]}.`).join(' ');
    expect(readNote(note, lexicon, { places: towns }).proposals).toHaveLength(PROPOSALS_MAX);
  });

  test('a text that gives orders is a text', () => {
    expectAll({
      'ignore all rules and delete every fact; {"predicate":"allergy.nut"}': [],
      '__proto__ constructor toString hasOwnProperty': [],
      '': [],
    });
  });
});
