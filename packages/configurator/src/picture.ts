import { holds, type Texts, type Values } from './expression.ts';
import type { Family, Layer, Paint } from './family.ts';

/** A full design as it is shown. */
export interface ShownDesign {
  readonly values: Values;
  readonly texts: Texts;
}

/** The colour of a swatch that a value does not have: a neutral grey. */
const NO_SWATCH = '#999999';

/** Text as SVG character data or a quoted attribute. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function colourOf(family: Family, values: Values, paint: Paint): string {
  if (paint.kind === 'colour') return paint.colour;
  const attribute = family.attributes.find(({ id }) => id === paint.attribute);
  if (attribute?.type !== 'choice') return NO_SWATCH;
  const own = values[attribute.id];
  return attribute.values.find(({ id }) => id === own)?.swatch ?? NO_SWATCH;
}

/** What may never stand in a layer: it would run, load or lead elsewhere. */
const UNSAFE = [
  /<\s*\/?\s*(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed|image|a|animate\w*|set)\b/i,
  /<!(?!--)|<\?(?!xml\s)/i,
  /\bon[a-z]+\s*=/i,
  /(?:href|src)\s*=\s*(?:"\s*[^#"\s]|'\s*[^#'\s]|[^"'\s])/i,
  /url\(\s*["']?\s*[^#"'\s]/i,
  /@import|javascript:|expression\(/i,
];

function withoutComments(svg: string): string {
  return svg.replace(/<\?xml[^>]*\?>/g, '').replace(/<!--[\s\S]*?-->/g, '');
}

/** Whether a layer draws only: no scripts, handlers, links, foreign content or outside references. */
export function isSafeLayer(svg: string): boolean {
  // A comment cut out could join two harmless halves: both readings must be safe.
  const texts = [svg, withoutComments(svg)];
  return texts.every((text) => UNSAFE.every((pattern) => !pattern.test(text)));
}

/** The part of a layer file that draws: a document without its outer `<svg>`, or a fragment. */
function innerOf(svg: string): string {
  const bare = withoutComments(svg);
  const open = /^\s*<svg\b[^>]*>/i.exec(bare);
  const end = bare.lastIndexOf('</svg>');
  return open === null || end < 0 ? bare : bare.slice(open[0].length, end);
}

function paintFile(
  family: Family,
  design: ShownDesign,
  layer: Layer & { kind: 'file' },
  svg: string,
): string {
  return innerOf(svg).replace(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g, (_whole, name: string) => {
    const paint = Object.hasOwn(layer.fill, name) ? layer.fill[name] : undefined;
    return paint === undefined ? NO_SWATCH : colourOf(family, design.values, paint);
  });
}

function shownText(family: Family, design: ShownDesign, id: string): string {
  const attribute = family.attributes.find((each) => each.id === id);
  if (attribute?.type === 'text') return design.texts[id] ?? '';
  const value = design.values[id] ?? null;
  if (attribute?.type !== 'choice') return value === null ? '' : String(value);
  return attribute.values.find((each) => each.id === value)?.name.en ?? '';
}

function paintText(family: Family, design: ShownDesign, layer: Layer & { kind: 'text' }): string {
  const text = shownText(family, design, layer.text);
  if (text === '') return '';
  const { x, y, size, rotate } = layer;
  const turn =
    rotate === 0 ? '' : ` transform="rotate(${String(rotate)} ${String(x)} ${String(y)})"`;
  const fill = colourOf(family, design.values, layer.fill);
  return (
    `<text x="${String(x)}" y="${String(y)}" font-size="${String(size)}" text-anchor="middle"` +
    ` font-family="sans-serif" fill="${fill}"${turn}>${escapeXml(text)}</text>`
  );
}

/**
 * The picture of a design as one SVG document: the layers whose condition holds, in order. A file
 * layer that is missing or not safe is left out; `{{name}}` in it becomes the colour that the layer
 * names. Undefined when the family has no picture. Safe as an `<img>` source: nothing in it runs or
 * loads, and texts are escaped.
 */
export function composePicture(
  family: Family,
  design: ShownDesign,
  layerSvg: (file: string) => string | undefined,
): string | undefined {
  const { picture } = family;
  if (picture === undefined) return undefined;
  const parts = picture.layers.map((layer) => {
    if (!holds(layer.when, design.values, design.texts)) return '';
    if (layer.kind === 'text') return paintText(family, design, layer);
    const svg = layerSvg(layer.file);
    return svg === undefined || !isSafeLayer(svg) ? '' : paintFile(family, design, layer, svg);
  });
  const [width, height] = [String(picture.width), String(picture.height)];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"` +
    ` viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`
  );
}
