import { expect, test } from 'vitest';
import { layOutFlows } from './flow-chart.view.ts';

const room = { height: 300, gap: 6, nameMin: 20 };
const flows = {
  left: [
    { key: 'keep', size: 100 },
    { key: 'grow', size: 40 },
    { key: 'few', size: 1 },
  ],
  right: [
    { key: 'keep', size: 90 },
    { key: 'grow', size: 51 },
  ],
  links: [
    { from: 'few', to: 'grow', size: 1 },
    { from: 'keep', to: 'keep', size: 80 },
    { from: 'keep', to: 'grow', size: 20 },
    { from: 'grow', to: 'keep', size: 10 },
    { from: 'grow', to: 'grow', size: 30 },
    { from: 'grow', to: 'none', size: 0 },
  ],
};

test('places fill the room, and each is as high as all that leaves it', () => {
  const { left, right, links } = layOutFlows(flows, room);
  for (const side of [left, right]) {
    const last = side.at(-1);
    expect((last?.top ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(300 + 1e-9);
  }
  for (const node of left) {
    const own = links.filter(({ from }) => from === node.key);
    const thickness = own.reduce((sum, link) => sum + link.thickness, 0);
    expect(thickness).toBeCloseTo(node.height, 9);
  }
  expect((left[0]?.height ?? 0) / (right[0]?.height ?? 1)).toBeCloseTo(100 / 90, 9);
});

test('names of small places keep apart', () => {
  const { left } = layOutFlows(flows, room);
  const middles = left.map(({ middle }) => middle);
  expect((middles[2] ?? 0) - (middles[1] ?? 0)).toBeGreaterThanOrEqual(20);
});

test('links lie side by side within their place on both sides', () => {
  const { links, right } = layOutFlows(flows, room);
  expect(links).toHaveLength(5);
  const intoGrow = links.filter(({ to }) => to === 'grow').toSorted((a, b) => a.toTop - b.toTop);
  expect(intoGrow.map(({ from }) => from)).toEqual(['keep', 'grow', 'few']);
  expect(intoGrow[0]?.toTop).toBeCloseTo(right[1]?.top ?? 0, 9);
  expect(intoGrow[1]?.toTop).toBeCloseTo((right[1]?.top ?? 0) + (intoGrow[0]?.thickness ?? 0), 9);
});

test('nothing is drawn of nothing', () => {
  expect(layOutFlows({ left: [], right: [], links: [] }, room)).toEqual({
    left: [],
    right: [],
    links: [],
  });
});
