import { describe, expect, it } from 'vitest';
import { backtrackSolutions } from '../../testing/backtrack.ts';
import { readFeatureIde } from './feature-ide.ts';

function document(struct: string, rules: readonly string[] = []): string {
  const constraints = rules.map((rule) => `\n<rule>${rule}</rule>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<featureModel><struct>${struct}</struct>
<constraints>${constraints}</constraints></featureModel>`;
}

function read(text: string) {
  const result = readFeatureIde(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function count(struct: string, rules: readonly string[] = []): number {
  return backtrackSolutions(read(document(struct, rules)).problem).length;
}

function faults(text: string): readonly string[] {
  const result = readFeatureIde(text);
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error.map(({ line, column, message }) => {
    return `${String(line)}:${String(column)} ${message}`;
  });
}

const A = '<feature name="a"/>';
const B = '<feature name="b"/>';
const C = '<feature name="c"/>';
const VARS = ['a', 'b', 'c'].map((name) => `<var>${name}</var>`);
const [VA = '', VB = '', VC = ''] = VARS;
const FREE = `<and name="r">${A}${B}${C}</and>`;

describe('models of FeatureIDE', () => {
  it('CFG-57 groups', () => {
    expect(count(FREE)).toBe(8);
    expect(count(`<and name="r">${A}<feature mandatory="true" name="b"/></and>`)).toBe(2);
    expect(count(`<or name="r">${A}${B}${C}</or>`)).toBe(7);
    expect(count(`<alt name="r">${A}${B}${C}</alt>`)).toBe(3);
    expect(
      count(
        `<and name="r"><or name="x">${A}${B}</or><alt name="y" mandatory="true">${C}</alt></and>`,
      ),
    ).toBe(4);
  });

  it('CFG-57 operators, alone and within each other', () => {
    expect(count(FREE, [`<disj>${VARS.join('')}</disj>`])).toBe(7);
    expect(count(FREE, [`<conj>${VA}${VB}</conj>`])).toBe(2);
    expect(count(FREE, [`<imp>${VA}${VB}</imp>`, `<not>${VC}</not>`])).toBe(3);
    expect(count(FREE, [`<eq>${VA}<not><conj>${VB}${VC}</conj></not></eq>`])).toBe(4);
    expect(count(FREE, [`<atmost1>${VARS.join('')}</atmost1>`])).toBe(4);
    expect(count(FREE, [`<imp>${VC}<atmost1>${VA}${VB}</atmost1></imp>`])).toBe(7);
    expect(count(FREE, ['<conj></conj>'])).toBe(8);
  });

  it('tells rules in words, with lines', () => {
    const rule = `<description>x</description><imp><conj>${VA}<not>${VB}</not></conj>${VC}</imp>`;
    expect(read(document(FREE, [rule])).rules.at(-1)).toEqual({
      id: 'constraint-1',
      text: '(a & !b) => c',
      line: 4,
    });
  });

  it('CFG-57 attributes and names with signs and entities', () => {
    const attribute = (name: string, type: string, value: string): string =>
      `<attribute name="${name}" type="${type}" unit="" value="${value}"/>`;
    const a = `<feature name="+8% &amp; &lt;x&gt;">${attribute('Price', 'double', '1.5E-3')}${attribute('Note', 'string', 'x')}</feature>`;
    const model = read(
      document(`<and abstract="true" name="r">${a}<description>d</description></and>`),
    );
    expect(model.variables.map(({ name }) => name)).toEqual(['r', '+8% & <x>']);
    expect(model.amounts).toEqual({ Price: Float64Array.of(0, 0, 0, 0.0015) });
  });

  it('CFG-59 tells what it cannot read', () => {
    const entity = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<featureModel/>';
    expect(faults(entity)).toEqual(['1:57 a DOCTYPE is not read']);
    expect(faults('<featureModel>&x;</featureModel>')).toHaveLength(1);
    expect(faults('<project/>')).toEqual(["1:1 a document of 'project' is no feature model"]);
    expect(faults('<featureModel/>')).toEqual(['1:1 a feature model has one struct with one root']);
    expect(faults('')).toEqual(['1:1 document must contain a root element']);
    expect(
      faults(
        document(`<and name="r">${A}${A}<feature name=""/><x/></and>`, [
          VB,
          '<xor/>',
          `<not>${VA}${VA}</not>`,
        ]),
      ),
    ).toEqual([
      "2:56 'a' is in line 2 already",
      '2:75 a name has 1 to 1000 characters',
      "2:93 'x' is no kind of feature",
      "4:7 no feature is called 'b'",
      "5:7 'xor' is no operator that is read here",
      "6:7 'not' needs one operand",
    ]);
  });

  it('CFG-59 nesting has a limit', () => {
    const deep = `${'<and name="a">'.repeat(100_000)}`;
    expect(faults(document(deep))).toEqual([expect.stringContaining('nested too deeply')]);
    const rule = `${'<not>'.repeat(100_000)}`;
    expect(faults(document(FREE, [rule]))).toHaveLength(1);
  });
});
