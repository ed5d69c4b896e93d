import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './popover.module.css';

const c = classesOf(styles);

interface PopoverProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The button that opens it. */
  readonly trigger?: ReactElement;
  /** Where it stands when something else opens it. */
  readonly anchor?: Element | null;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** A small sheet beside what it explains; focus moves in, Escape and a click outside close it. */
export function Popover({ title, children, trigger, anchor, isOpen, onOpenChange }: PopoverProps) {
  return (
    <Base.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined
        ? {}
        : { onOpenChange: (open: boolean) => onOpenChange(open) })}
    >
      {trigger !== undefined && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner
          className={c('positioner')}
          sideOffset={8}
          collisionPadding={12}
          {...(anchor === undefined ? {} : { anchor })}
        >
          <Base.Popup className={c('popup')}>
            <Base.Title className={c('title')}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
