import { describe, expect, test } from 'vitest';
import type { Choice } from '../answers.ts';
import type { Family } from '../family.ts';
import { randomFamily } from '../testing/random-family.ts';
import { parseFamily } from '../yaml.ts';
import type { SpaceLook, SpaceReply, SpaceRequest } from './messages.ts';
import { createSpaceHost } from './space-host.ts';
import { askSpace } from './space-line.ts';

/** Large enough that compiling takes some slices, small enough that it is done at once. */
function someFamily(): Family {
  const size = { attributes: 14, rules: 14, tables: 5, formulas: 1, prices: 3 };
  const parsed = parseFamily(randomFamily({ seed: 2, ...size }));
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** The first value of the family that can be had, as a choice. */
function someChoice(look: SpaceLook): Choice {
  for (const { id, values, standing } of look.attributes) {
    const valid = values.filter(({ validity }) => validity === 'valid');
    if (standing === 'open' && valid[1] !== undefined) {
      return { attribute: id, value: valid[1].value };
    }
  }
  throw new Error('the family has something to choose');
}

/** A host with the line to it, as two ends of one thread. */
function connect() {
  const sent: SpaceRequest[] = [];
  const progress: number[] = [];
  const replies: SpaceReply[] = [];
  const host = createSpaceHost((reply) => {
    // What cannot be copied from thread to thread fails here as it would there.
    const copy = structuredClone(reply);
    replies.push(copy);
    line.receive(copy);
  });
  const line = askSpace(
    {
      send: (request) => {
        sent.push(request);
        host.receive(structuredClone(request));
      },
      stop: () => undefined,
    },
    (doneCount, ofCount) => progress.push(doneCount / Math.max(1, ofCount)),
  );
  return { host, line, replies, progress };
}

describe('a host', () => {
  test('answers by search at once, and by diagrams once compiled; the two agree', async () => {
    const { host, line, replies } = connect();
    await line.ask('open', { family: someFamily() });
    const choices = [someChoice(await line.ask('look', { choices: [] }))];
    const searched = await line.ask('look', { choices });
    expect(searched.designs).toBeUndefined();
    const figures = line.ask('compile', {});
    expect(host.work()).toBe(false);
    expect(replies.filter(({ kind }) => kind === 'answer')).toHaveLength(3);
    while (!host.work());
    expect((await figures).engine).toBe('diagram');
    expect((await figures).designs).toBeGreaterThan(1000n);
    const compiled = await line.ask('look', { choices });
    expect(compiled.designs).toBeGreaterThan(0n);
    expect(compiled.price).toEqual(searched.price);
    const validities = (look: typeof searched) =>
      look.attributes.map(({ id, values }) => [id, values.map(({ validity }) => validity)]);
    expect(validities(compiled)).toEqual(validities(searched));
  });

  test('tells how far it has come, never less than before, and ends', async () => {
    const { host, line, progress } = connect();
    expect(host.work()).toBe(true);
    await line.ask('open', { family: someFamily() });
    while (!host.work());
    expect(progress.length).toBeGreaterThan(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
    expect(host.work()).toBe(true);
  });

  test('refuses questions before a space is open, and what fails fails alone', async () => {
    const { line } = connect();
    await expect(line.ask('check', {})).rejects.toThrow('no space is open');
    await line.ask('open', { family: someFamily() });
    expect((await line.ask('check', {})).isComplete).toBe(true);
  });

  test('refuses a file that is none, and goes on compiling', async () => {
    const { host, line } = connect();
    await line.ask('open', { family: someFamily() });
    expect(await line.ask('adopt', { file: new Uint8Array(100) })).toEqual({ isTaken: false });
    expect(host.work()).toBe(false);
  });
});

describe('a line', () => {
  test('rejects what was asked when its thread ends, and whatever is asked after', async () => {
    let stops = 0;
    const line = askSpace({ send: () => undefined, stop: () => stops++ });
    const asked = line.ask('check', {});
    line.end('it was stopped');
    line.end('again');
    await expect(asked).rejects.toThrow('it was stopped');
    await expect(line.ask('check', {})).rejects.toThrow('it was stopped');
    expect(stops).toBe(1);
  });
});
