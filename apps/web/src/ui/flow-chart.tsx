import { type ReactNode, useState } from 'react';
import { classesOf } from './classes.ts';
import styles from './flow-chart.module.css';
import {
  type FlowLink,
  type FlowNode,
  layOutFlows,
  type PlacedLink,
  type PlacedNode,
} from './flow-chart.view.ts';

const c = classesOf(styles);

/** A place with its name and colour. */
export interface FlowPlace extends FlowNode {
  readonly name: string;
  /** How much it is, in words. */
  readonly amount: string;
  /** A CSS colour. */
  readonly colour: string;
}

interface FlowChartProps {
  /** What the drawing shows, in a sentence; its figures stand in a table beside it. */
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly left: readonly FlowPlace[];
  readonly right: readonly FlowPlace[];
  readonly links: readonly FlowLink[];
  /** What is told below of the link that is pointed at. */
  readonly tell: (link: FlowLink) => ReactNode;
  readonly rest: ReactNode;
}

const HEIGHT = 320;
const ROOM = { height: HEIGHT, gap: 8, nameMin: 22 };
const WIDTH = 100;
const BAR = 2;

/** Flows between the same places at two times, as bands as thick as what goes along them. */
export function FlowChart(props: FlowChartProps) {
  const { label, left, right, links, tell, rest } = props;
  const [shown, setShown] = useState<PlacedLink>();
  const layout = layOutFlows({ left, right, links }, ROOM);
  const colours = new Map([...left, ...right].map(({ key, colour }) => [key, colour]));
  return (
    <figure className={c('chart')}>
      <div className={c('heads')} aria-hidden="true">
        <span>{props.from}</span>
        <span>{props.to}</span>
      </div>
      <div className={c('flow')}>
        <Names side="left" places={left} nodes={layout.left} />
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
          onPointerLeave={() => setShown(undefined)}
        >
          {layout.links.map((link) => (
            <path
              key={`${link.from} ${link.to}`}
              className={c('band', isSame(shown, link) && 'shown')}
              d={bandOf(link)}
              fill={colours.get(link.from)}
              onPointerEnter={() => setShown(link)}
              onPointerDown={() => setShown(link)}
            />
          ))}
          <Bars nodes={layout.left} x={0} colours={colours} />
          <Bars nodes={layout.right} x={WIDTH - BAR} colours={colours} />
        </svg>
        <Names side="right" places={right} nodes={layout.right} />
      </div>
      <figcaption className={c('tell')}>{shown === undefined ? rest : tell(shown)}</figcaption>
    </figure>
  );
}

function isSame(a: FlowLink | undefined, b: FlowLink): boolean {
  return a?.from === b.from && a.to === b.to;
}

/** Thinner bands could not be seen, nor pointed at. */
const THICKNESS_MIN = 1;

function bandOf({ fromTop, toTop, thickness }: PlacedLink): string {
  const thick = Math.max(THICKNESS_MIN, thickness);
  const middle = WIDTH / 2;
  const [from, to] = [fromTop.toFixed(2), toTop.toFixed(2)];
  const [fromEnd, toEnd] = [(fromTop + thick).toFixed(2), (toTop + thick).toFixed(2)];
  return (
    `M${BAR} ${from}C${middle} ${from} ${middle} ${to} ${WIDTH - BAR} ${to}` +
    `V${toEnd}C${middle} ${toEnd} ${middle} ${fromEnd} ${BAR} ${fromEnd}Z`
  );
}

interface BarsProps {
  readonly nodes: readonly PlacedNode[];
  readonly x: number;
  readonly colours: ReadonlyMap<string, string>;
}

function Bars({ nodes, x, colours }: BarsProps) {
  return nodes.map((node) => (
    <rect
      key={node.key}
      className={c('bar')}
      x={x}
      y={node.top}
      width={BAR}
      height={Math.max(THICKNESS_MIN, node.height)}
      fill={colours.get(node.key)}
    />
  ));
}

interface NamesProps {
  readonly side: 'left' | 'right';
  readonly places: readonly FlowPlace[];
  readonly nodes: readonly PlacedNode[];
}

function Names({ side, places, nodes }: NamesProps) {
  return (
    <div className={c('names', side)} aria-hidden="true">
      {/* Gives the column its width. */}
      {places.map((place) => (
        <span key={place.key} className={c('ghost')}>
          {place.name} {place.amount}
        </span>
      ))}
      {places.map((place, index) => (
        <span
          key={place.key}
          className={c('name')}
          style={{ insetBlockStart: `${nodes[index]?.middle ?? 0}px` }}
        >
          {place.name} <span className={c('amount')}>{place.amount}</span>
        </span>
      ))}
    </div>
  );
}
