import type { ReactNode } from 'react';

interface IconProps {
  /** Pixels; 16 unless said. */
  readonly size?: number;
}

function Icon({ size = 16, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

const icon = (name: string, shape: ReactNode) => {
  const Named = (props: IconProps) => <Icon {...props}>{shape}</Icon>;
  Named.displayName = name;
  return Named;
};

/** The own small icons: strokes in the colour of the text, hidden from readers. */
export const UndoIcon = icon('UndoIcon', <path d="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6" />);
export const RedoIcon = icon('RedoIcon', <path d="m10 3 3 3-3 3m3-3H6.5a3.5 3.5 0 0 0 0 7H10" />);
export const ShareIcon = icon(
  'ShareIcon',
  <path d="M7 9.5 9.5 7M6 7 4.2 8.8a2.3 2.3 0 0 0 3.2 3.2L9 10.4M7 5.6 8.6 4a2.3 2.3 0 0 1 3.3 3.3L10 9" />,
);
export const CloseIcon = icon('CloseIcon', <path d="m4 4 8 8m0-8-8 8" />);
export const TickIcon = icon('TickIcon', <path d="m3 8.5 3.2 3.2L13 5" />);
export const WrongIcon = icon('WrongIcon', <path d="M8 2.5 14.5 14h-13L8 2.5ZM8 7v3m0 1.9v.1" />);
export const InfoIcon = icon(
  'InfoIcon',
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 7.4v3.4M8 5.1v.1" />
  </>,
);
export const SunIcon = icon(
  'SunIcon',
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.4m0 10.2v1.4M1.5 8h1.4m10.2 0h1.4M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1M4.4 11.6l-1 1" />
  </>,
);
export const MoonIcon = icon(
  'MoonIcon',
  <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z" />,
);
export const AutoIcon = icon(
  'AutoIcon',
  <>
    <circle cx="8" cy="8" r="5.5" />
    <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor" />
  </>,
);
export const MinusIcon = icon('MinusIcon', <path d="M3.5 8h9" />);
export const PlusIcon = icon('PlusIcon', <path d="M3.5 8h9M8 3.5v9" />);
export const ArrowIcon = icon('ArrowIcon', <path d="M3 8h10M9.5 4.5 13 8l-3.5 3.5" />);
export const SearchIcon = icon(
  'SearchIcon',
  <>
    <circle cx="7" cy="7" r="4.2" />
    <path d="m10.2 10.2 3.3 3.3" />
  </>,
);
export const ClockIcon = icon(
  'ClockIcon',
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 4.5V8l2.3 1.6" />
  </>,
);

export const LockIcon = icon(
  'LockIcon',
  <>
    <rect x="3.5" y="7" width="9" height="6.5" rx="1" fill="currentColor" />
    <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
  </>,
);
export const UnlockIcon = icon(
  'UnlockIcon',
  <>
    <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
    <path d="M5.5 7V4.5a2.5 2.5 0 0 1 4.9-.7" />
  </>,
);
export const CompleteIcon = icon('CompleteIcon', <path d="m2.5 8.5 2.2 2.2L9 6M8.5 10.7 13.5 5" />);

/** The mark of Keepsake. */
export const MarkIcon = icon('MarkIcon', <path d="M5 2.5v11M5 9l6-6.5M6.8 7l4.2 6.5" />);
