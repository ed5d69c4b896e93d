import type { Family, Values } from '@keepsake/configurator';
import { type NameReading, valueName } from '../../platform/value-name.view.ts';
import { textIn } from '../../ui/locale.tsx';

/** What the picture shows, in words: `A gravel bicycle in bottle green, drop handlebar`. */
export function altOf(family: Family, values: Values, words: NameReading): string {
  const alt = family.picture?.alt;
  if (alt === undefined) return textIn(family.name, words.locale);
  return textIn(alt, words.locale).replace(/\{([a-z][a-z0-9_.]*)\}/g, (_whole, id: string) => {
    const attribute = family.attributes.find((each) => each.id === id);
    const value = values[id];
    if (attribute === undefined || value === undefined) return '';
    const name = valueName(attribute, value, words);
    // German nouns keep their capitals inside a sentence.
    return words.locale.startsWith('de') ? name : name.toLocaleLowerCase(words.locale);
  });
}
