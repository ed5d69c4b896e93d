interface PictureProps {
  /** An SVG document; where it is empty, nothing is shown. */
  readonly svg: string;
  /** What it shows; an empty text when the words beside it say it already. */
  readonly alt: string;
  readonly className?: string;
}

/** The address of an SVG document as data: as an image it can neither run nor load anything. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A drawing as an image. */
export function Picture({ svg, alt, className }: PictureProps) {
  if (svg === '') return null;
  return <img className={className} src={svgAddress(svg)} alt={alt} decoding="async" />;
}
