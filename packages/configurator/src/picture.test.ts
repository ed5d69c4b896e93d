import { expect, test } from 'vitest';
import type { Family } from './family.ts';
import { composePicture, isSafeLayer } from './picture.ts';
import { fillWords } from './words.ts';
import { parseFamily } from './yaml.ts';

function familyOf(): Family {
  const parsed = parseFamily(`
keepsake: 1
family: cup
name: Cup
currency: EUR
basePrice: 9
attributes:
  - id: colour
    name: Colour
    type: choice
    values: [{ id: red, name: { en: Red, de: Rot }, swatch: '#c00' }, { id: blue, name: Blue, swatch: '#00c' }]
  - { id: handle, name: Handle, type: boolean }
  - { id: motto, name: Motto, type: text, maxLength: 20, optional: true }
picture:
  width: 100
  height: 80
  alt: 'A {colour} cup'
  layers:
    - { file: body.svg, fill: { body: colour.swatch, edge: '#123456' } }
    - { file: handle.svg, when: handle }
    - { text: motto, x: 50, y: 40, size: 9, rotate: -12, fill: '#222' }
`);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const files: Readonly<Record<string, string>> = {
  'body.svg':
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect fill="{{body}}" stroke="{{ edge }}"/></svg>',
  'handle.svg': '<path d="M0 0" fill="{{unnamed}}"/>',
};
const family = familyOf();
const read = (file: string): string | undefined => files[file];

test('CFG-24 layers that hold are painted in order, placeholders with the chosen swatch', () => {
  const values = { colour: 'red', handle: true };
  expect(composePicture(family, { values, texts: { motto: 'A & <b>' } }, read)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="80" viewBox="0 0 100 80">' +
      '<rect fill="#c00" stroke="#123456"/><path d="M0 0" fill="#999999"/>' +
      '<text x="50" y="40" font-size="9" text-anchor="middle" font-family="sans-serif"' +
      ' fill="#222" transform="rotate(-12 50 40)">A &amp; &lt;b&gt;</text></svg>',
  );
  const plain = composePicture(
    family,
    { values: { colour: 'blue', handle: false }, texts: {} },
    read,
  );
  expect(plain).toContain('#00c');
  expect(plain).not.toMatch(/<path|<text/);
});

test('CFG-24 a layer that could run or load something is left out', () => {
  const unsafe = [
    '<script>alert(1)</script>',
    '<scr<!-- -->ipt>alert(1)</script>',
    '<rect onload="x()"/>',
    '<image href="https://example.org/x.png"/>',
    '<use href="other.svg#a"/>',
    '<a href="#x"><rect/></a>',
    '<foreignObject><p/></foreignObject>',
    '<!DOCTYPE svg [<!ENTITY x "y">]><svg/>',
    '<rect style="fill: url(https://example.org/x)"/>',
    '<style>@import "x";</style>',
  ];
  for (const svg of unsafe) {
    expect([svg, isSafeLayer(svg)]).toEqual([svg, false]);
    const values = { colour: 'red', handle: false };
    expect(composePicture(family, { values, texts: {} }, () => svg)).not.toContain('example');
  }
  expect(isSafeLayer('<g><use href="#a"/><rect fill="url(#g)"/></g>')).toBe(true);
});

test('CFG-24 words name the chosen values in the wished language', () => {
  const design = { values: { colour: 'red', handle: false }, texts: {} };
  const alt = family.picture?.alt ?? { en: '' };
  expect(fillWords(family, alt, design, 'en')).toBe('A Red cup');
  expect(fillWords(family, alt, design, 'de-CH')).toBe('A Rot cup');
});
