import { expect, test } from 'vitest';
import { DEFAULT_TIER_POLICY } from './default-policy.data.ts';
import { parseTierPolicy } from './parse-policy.ts';

/** The default policy as a file would say it, with one member of it replaced. */
function file(changes: Readonly<Record<string, unknown>> = {}): unknown {
  return JSON.parse(JSON.stringify({ ...DEFAULT_TIER_POLICY, ...changes }));
}

function faultsOf(data: unknown): readonly string[] {
  const parsed = parseTierPolicy(data);
  return parsed.kind === 'ok' ? [] : parsed.error.map(({ code, path }) => `${path} ${code}`);
}

test('VAL-98 a policy is read back as it is', () => {
  expect(parseTierPolicy(file())).toEqual({ kind: 'ok', value: DEFAULT_TIER_POLICY });
});

test('VAL-98 losses that are not said are none', () => {
  const losses = { keep: {}, grow: {}, maintain: {}, 'below-zero': {}, undecided: {} };
  const parsed = parseTierPolicy(file({ losses }));
  expect(parsed.kind === 'ok' && parsed.value.losses.keep.top.ofValue).toBe(0);
});

test('VAL-98 all faults are told at once, each with its place', () => {
  expect(
    faultsOf(
      file({
        gates: { keep: 0.3, grow: 'high', belowZero: 0.6 },
        top: { of: 'orders', share: 0.2 },
        gateSlack: 0.31,
        runsToChange: 1.5,
        color: 'red',
        losses: { ...DEFAULT_TIER_POLICY.losses, keep: { top: { fixed: -1 }, best: {} } },
        remedies: [
          { id: 'Fee', words: '', cuts: {}, cost: 0 },
          { id: 'fee', words: 'Fee', cuts: { returns: 2 } },
          { id: 'fee', words: { de: 'Gebühr' }, cuts: { returns: 1 } },
        ],
      }),
    ).toSorted(),
  ).toEqual(
    [
      'color unknown-key',
      'gateSlack out-of-range',
      'gates.belowZero out-of-range',
      'gates.grow not-a-number',
      'gates.keep out-of-range',
      'losses.keep.best unknown-key',
      'losses.keep.top.fixed out-of-range',
      'remedies[0].cuts missing',
      'remedies[0].id bad-name',
      'remedies[0].words not-words',
      'remedies[1].cuts.returns out-of-range',
      'remedies[2].id duplicate',
      'remedies[2].words not-words',
      'runsToChange not-a-number',
      'top.of not-one-of',
    ].toSorted(),
  );
});

test('VAL-98 what is no policy at all is refused and not thrown at', () => {
  for (const data of [undefined, null, 7, 'policy', [], { losses: 5, remedies: {} }]) {
    expect(parseTierPolicy(data).kind).toBe('refused');
  }
});
