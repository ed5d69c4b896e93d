import { classesOf } from './classes.ts';
import styles from './skeleton.module.css';

const c = classesOf(styles);

interface SkeletonProps {
  /** Any CSS length; the whole width unless said. */
  readonly width?: string;
  readonly height?: string;
  readonly ratio?: string;
}

/** A pale block in the place of what is coming. */
export function Skeleton({ width = '100%', height = '1em', ratio }: SkeletonProps) {
  const size = ratio === undefined ? { blockSize: height } : { aspectRatio: ratio };
  return <span className={c('block')} style={{ inlineSize: width, ...size }} />;
}

/** Pale lines in the place of a text; `label` says to readers what is on its way. */
export function SkeletonLines(props: { readonly lines: number; readonly label: string }) {
  const lines = Array.from({ length: props.lines }, (_, index) => index);
  return (
    <div className={c('stack')} role="status">
      <span className="visually-hidden">{props.label}</span>
      {lines.map((line) => (
        <Skeleton key={line} width={`${[92, 100, 78, 86][line % 4]}%`} height="1.1em" />
      ))}
    </div>
  );
}
