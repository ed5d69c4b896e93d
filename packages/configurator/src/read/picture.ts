import type { Layer, Paint, Picture } from '../family.ts';
import { present } from './attributes.ts';
import {
  type Fields,
  type Place,
  type Reading,
  readEntries,
  readList,
  readMapping,
  readText,
  readWords,
  report,
} from './document.ts';
import { readExpression } from './expressions.ts';
import { checkPlaceholders } from './making.ts';
import type { Names } from './resolve.ts';
import { isColour, readAttributeId, readNumber, readPictureName } from './values.ts';

const LAYERS_MAX = 500;
const SIDE = { least: 1, most: 10_000 };
const ANYWHERE = { least: -10_000, most: 10_000 };

function readPaint(reading: Reading, place: Place | undefined, names: Names): Paint | undefined {
  const text = readText(reading, place);
  if (place === undefined || text === undefined) return undefined;
  if (isColour(text)) return { kind: 'colour', colour: text };
  const [, id = ''] = /^([a-z][a-z0-9_.]*)\.swatch$/.exec(text) ?? [];
  const attribute = names.attributes.get(id);
  if (attribute?.type === 'choice') return { kind: 'swatch', attribute: id };
  const hint = "a colour such as '#1a2b3c', or a choice attribute and .swatch";
  return report(reading, place, { code: 'value/form', message: `'${text}' is no paint`, hint });
}

function readFill(reading: Reading, place: Place | undefined, names: Names) {
  const fill: Record<string, Paint> = {};
  if (place === undefined) return fill;
  for (const [name, at] of readEntries(reading, place) ?? []) {
    const paint = readPaint(reading, at, names);
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      report(reading, at, { code: 'value/form', message: `'${name}' is no placeholder` });
    } else if (paint !== undefined) fill[name] = paint;
  }
  return fill;
}

function readTextLayer(reading: Reading, fields: Fields, names: Names): Layer | undefined {
  const at = fields.get('text');
  const text = readAttributeId(reading, at);
  if (at === undefined || text === undefined) return undefined;
  if (!names.attributes.has(text)) {
    return report(reading, at, { code: 'id/unknown', message: `there is no attribute '${text}'` });
  }
  return present<Layer & { kind: 'text' }>({
    kind: 'text',
    text,
    when: readExpression(reading, fields.get('when'), names, 'truth'),
    x: readNumber(reading, fields.get('x'), ANYWHERE) ?? 0,
    y: readNumber(reading, fields.get('y'), ANYWHERE) ?? 0,
    size: readNumber(reading, fields.get('size'), SIDE) ?? 16,
    rotate: readNumber(reading, fields.get('rotate'), { least: -360, most: 360 }) ?? 0,
    fill: readPaint(reading, fields.get('fill'), names) ?? { kind: 'colour', colour: '#000' },
  });
}

function readLayer(reading: Reading, at: Place, names: Names): Layer | undefined {
  const optional = ['file', 'text', 'when', 'fill', 'x', 'y', 'size', 'rotate'];
  const fields = readMapping(reading, at, { required: [], optional });
  if (fields === undefined) return undefined;
  if (fields.has('text') === fields.has('file')) {
    const message = "a layer has either 'file' or 'text'";
    return report(reading, at, { code: 'key/missing', message });
  }
  if (fields.has('text')) return readTextLayer(reading, fields, names);
  const file = readPictureName(reading, fields.get('file'));
  const when = readExpression(reading, fields.get('when'), names, 'truth');
  const fill = readFill(reading, fields.get('fill'), names);
  if (file === undefined) return undefined;
  return present<Layer & { kind: 'file' }>({ kind: 'file', file, when, fill });
}

/** How a design looks. */
export function readPicture(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): Picture | undefined {
  if (place === undefined) return undefined;
  const shape = { required: ['width', 'height', 'layers'], optional: ['alt'] };
  const fields = readMapping(reading, place, shape);
  if (fields === undefined) return undefined;
  const alt = readWords(reading, fields.get('alt'));
  checkPlaceholders(reading, fields.get('alt'), alt, (id) => names.attributes.has(id));
  const layers = readList(reading, fields.get('layers'), { most: LAYERS_MAX });
  return present<Picture>({
    width: readNumber(reading, fields.get('width'), SIDE) ?? 1,
    height: readNumber(reading, fields.get('height'), SIDE) ?? 1,
    alt,
    layers: layers.flatMap((at) => readLayer(reading, at, names) ?? []),
  });
}
