import { SaxesParser } from 'saxes';
import type { Faults } from '../faults.ts';

/** Levels of elements at most. */
const LEVELS_MAX = 500;
const ELEMENTS_MAX = 1_000_000;

/** An element of a document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** The texts directly in it, joined. */
  text: string;
  readonly offset: number;
  readonly line: number;
}

interface Building {
  readonly open: XmlElement[];
  root: XmlElement | undefined;
  count: number;
  hasFailed: boolean;
}

/** What the parser says of a fault, without the place that it puts in front. */
function messageOf({ message }: Error): string {
  return message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
}

/**
 * Reads an XML document as elements, or tells its first fault: what follows one cannot be trusted.
 * A DOCTYPE is refused, so there are no entities but the five of XML and nothing to expand.
 */
export function readXml(text: string, faults: Faults): XmlElement | undefined {
  const parser = new SaxesParser({ fragment: false, xmlns: false });
  const building: Building = { open: [], root: undefined, count: 0, hasFailed: false };
  const fail = (code: 'text/malformed' | 'text/too-deep' | 'limit/exceeded', message: string) => {
    if (!building.hasFailed) faults.report(parser.position, { code, message });
    building.hasFailed = true;
  };
  parser.on('error', (error) => fail('text/malformed', messageOf(error)));
  parser.on('doctype', () => fail('text/malformed', 'a DOCTYPE is not read'));
  parser.on('opentag', ({ name, attributes }) => {
    if (building.hasFailed) return;
    building.count++;
    if (building.open.length >= LEVELS_MAX) fail('text/too-deep', 'elements are nested too deeply');
    if (building.count > ELEMENTS_MAX) {
      fail('limit/exceeded', `at most ${String(ELEMENTS_MAX)} elements`);
    }
    const offset = Math.max(0, text.lastIndexOf('<', parser.position - 1));
    const element: XmlElement = {
      ...{ name, attributes, children: [], text: '' },
      ...{ offset, line: parser.line },
    };
    building.open.at(-1)?.children.push(element);
    building.root ??= element;
    building.open.push(element);
  });
  parser.on('text', (piece) => {
    const above = building.open.at(-1);
    if (above !== undefined && !building.hasFailed) above.text += piece;
  });
  parser.on('closetag', () => {
    building.open.pop();
  });
  // In pieces, so that a fault at the beginning of a long text ends the reading.
  for (let at = 0; at < text.length && !building.hasFailed; at += 65_536) {
    parser.write(text.slice(at, at + 65_536));
  }
  if (!building.hasFailed) parser.close();
  return building.hasFailed ? undefined : building.root;
}
