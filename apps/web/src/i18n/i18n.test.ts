import { PROBLEMS } from '@keepsake/contract';
import { createInstance } from 'i18next';
import { describe, expect, test } from 'vitest';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { chooseLanguage } from './i18n.ts';

function leavesOf(tree: object, path = ''): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') leaves.set(here, value);
    else for (const [inner, text] of leavesOf(value, here)) leaves.set(inner, text);
  }
  return leaves;
}

const namesIn = (text: string) =>
  [...text.matchAll(/\{\{(\w+)[,}]/g)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  const english = leavesOf(en);
  const german = leavesOf(de);

  test('have the same keys', () => {
    expect(english.size).toBeGreaterThan(200);
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('fill in the same names, and leave no text empty', () => {
    for (const [key, text] of english) {
      expect(text.trim(), key).not.toBe('');
      expect(german.get(key)?.trim(), key).not.toBe('');
      // A singular may do without its number.
      if (!key.endsWith('_one')) expect(namesIn(german.get(key) ?? ''), key).toEqual(namesIn(text));
    }
  });

  test('tell counts as the language writes numbers', async () => {
    const language = createInstance();
    await language.init({
      resources: { en, de },
      lng: 'de',
      interpolation: { escapeValue: false },
    });
    const figures = { count: 12_045, needed: 17_826 };
    expect(language.t('treatments:waiting.counting', figures)).toContain('17.826');
    await language.changeLanguage('en');
    expect(language.t('treatments:waiting.counting', figures)).toBe(
      '12,045 outcomes are known; an answer takes about 17,826.',
    );
  });

  test('have words for every problem of the API', () => {
    for (const code of Object.keys(PROBLEMS)) {
      expect(english.has(`problem.${code}.title`), code).toBe(true);
      expect(english.has(`problem.${code}.advice`), code).toBe(true);
    }
  });
});

describe('the language', () => {
  test('is the stored one, else the device’s first that there is, else English', () => {
    expect(chooseLanguage('de', ['en-GB'])).toBe('de');
    expect(chooseLanguage(null, ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(chooseLanguage(null, ['fr-FR'])).toBe('en');
    expect(chooseLanguage('xx', [])).toBe('en');
  });
});
