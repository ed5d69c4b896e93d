/** A place that flows come from or go to. */
export interface FlowNode {
  readonly key: string;
  readonly size: number;
}

/** What goes from a place on the left to one on the right. */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly size: number;
}

/** A place as it is drawn, in pixels from the top. */
export interface PlacedNode extends FlowNode {
  readonly top: number;
  readonly height: number;
  /** The middle of its name; names of small places keep apart. */
  readonly middle: number;
}

/** A link as it is drawn: its upper edge on both sides, and how thick it is. */
export interface PlacedLink extends FlowLink {
  readonly fromTop: number;
  readonly toTop: number;
  readonly thickness: number;
}

/** How a drawing of flows is laid out, in pixels. */
export interface FlowLayout {
  readonly left: readonly PlacedNode[];
  readonly right: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

interface Room {
  readonly height: number;
  readonly gap: number;
  /** Room that a name takes at least. */
  readonly nameMin: number;
}

/** Pixels of one unit such that all fits, where small places still have room for their names. */
function unitOf(nodes: readonly FlowNode[], { height, gap, nameMin }: Room): number {
  const small = new Set<string>();
  for (;;) {
    const large = nodes.filter(({ key }) => !small.has(key));
    const sum = large.reduce((total, { size }) => total + size, 0);
    if (sum <= 0) return 0;
    const room = height - gap * Math.max(0, nodes.length - 1) - nameMin * small.size;
    const unit = Math.max(0, room / sum);
    const found = large.filter(({ size }) => size * unit < nameMin);
    if (found.length === 0) return unit;
    for (const { key } of found) small.add(key);
  }
}

function placeNodes(nodes: readonly FlowNode[], unit: number, room: Room): readonly PlacedNode[] {
  let top = 0;
  return nodes.map((node) => {
    const height = node.size * unit;
    const slot = Math.max(height, room.nameMin);
    const placed = { ...node, top: top + (slot - height) / 2, height, middle: top + slot / 2 };
    top += slot + room.gap;
    return placed;
  });
}

/** Takes the next piece of each place, from the top. */
function edgesOf(nodes: readonly PlacedNode[]): (key: string, thickness: number) => number {
  const next = new Map(nodes.map(({ key, top }) => [key, top]));
  return (key, thickness) => {
    const top = next.get(key) ?? 0;
    next.set(key, top + thickness);
    return top;
  };
}

/**
 * Lays out flows between two columns: places stand in the order in which they are given, each as high
 * as what leaves or reaches it, and links meet them in the order of the other side, so that few cross.
 */
export function layOutFlows(
  flows: {
    readonly left: readonly FlowNode[];
    readonly right: readonly FlowNode[];
    readonly links: readonly FlowLink[];
  },
  room: Room,
): FlowLayout {
  const unit = Math.min(unitOf(flows.left, room), unitOf(flows.right, room));
  const left = placeNodes(flows.left, unit, room);
  const right = placeNodes(flows.right, unit, room);
  const orderOf = (nodes: readonly FlowNode[], key: string) =>
    nodes.findIndex((node) => node.key === key);
  const leave = edgesOf(left);
  const reach = edgesOf(right);
  const links = flows.links
    .filter(({ size }) => size > 0)
    .toSorted(
      (a, b) =>
        orderOf(left, a.from) - orderOf(left, b.from) ||
        orderOf(right, a.to) - orderOf(right, b.to),
    )
    .map((link) => {
      const thickness = link.size * unit;
      const fromTop = leave(link.from, thickness);
      return { ...link, thickness, fromTop, toTop: reach(link.to, thickness) };
    });
  return { left, right, links };
}
