import type { AttributeLook, SpaceLook } from '@keepsake/configurator/worker';
import { replaceEqualDeep } from '@tanstack/react-query';
import { type RefObject, startTransition, useEffect, useRef, useState } from 'react';

/** Attributes that are drawn anew between two frames: those in sight, and those that are not. */
const STEP_IN_SIGHT = 1;
const STEP_BEYOND = 6;
/** What is not there yet is made, which costs more than to change it. */
const STEP_MADE = 2;

type Looks = ReadonlyMap<string, AttributeLook>;

/** What of a look is on the page. */
export interface Stages {
  /** The looks of attributes as they are shown, by id. */
  readonly shown: Looks;
  /** Whether all of it is. */
  readonly isWhole: boolean;
}

/**
 * Takes the looks of attributes over a few a frame, those in sight first: hundreds of values change
 * with a choice, and all at once would hold up the page. What stays equal is not drawn again. `list`
 * holds the attributes, each an element with an id made by `anchorOf`.
 */
export function useStages(
  look: SpaceLook,
  list: RefObject<HTMLElement | null>,
  anchorOf: (id: string) => string,
): Stages {
  const [shown, setShown] = useState<Looks>(new Map());
  const [whole, setWhole] = useState<SpaceLook | undefined>();
  const isInSight = useSight(list, shown.size);
  useEffect(() => {
    if (whole === look) return;
    const { attributes } = look;
    const due = attributes.filter(({ id }) => isInSight(anchorOf(id)));
    const inSight = freshOf(shown, due, STEP_IN_SIGHT);
    const step = shown.size < attributes.length ? STEP_MADE : STEP_BEYOND;
    const fresh = inSight.length > 0 ? inSight : freshOf(shown, attributes, step);
    const frame = requestAnimationFrame(() =>
      startTransition(() => {
        if (fresh.length === 0) setWhole(look);
        else setShown(new Map([...shown, ...fresh]));
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [look, shown, whole, isInSight, anchorOf]);
  return { shown, isWhole: whole === look };
}

/** The first looks that are not shown yet as they are now. */
function freshOf(
  shown: Looks,
  looks: readonly AttributeLook[],
  most: number,
): readonly (readonly [string, AttributeLook])[] {
  const fresh: (readonly [string, AttributeLook])[] = [];
  for (const look of looks) {
    if (fresh.length === most) break;
    const before = shown.get(look.id);
    const now = before === look ? look : replaceEqualDeep(before, look);
    if (now !== before) fresh.push([look.id, now]);
  }
  return fresh;
}

/** Which elements of a list are in sight, or nearly; asked for by their ids. */
function useSight(list: RefObject<HTMLElement | null>, count: number): (anchor: string) => boolean {
  const near = useRef(new Set<string>());
  const [isInSight] = useState(() => (anchor: string) => near.current.has(anchor));
  // biome-ignore lint/correctness/useExhaustiveDependencies: there are others to watch when more are there.
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.current.add(target.id);
        else near.current.delete(target.id);
      }
    });
    for (const each of list.current?.querySelectorAll('section[id]') ?? []) observer.observe(each);
    return () => observer.disconnect();
  }, [list, count]);
  return isInSight;
}
