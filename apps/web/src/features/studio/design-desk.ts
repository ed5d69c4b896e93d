import {
  type Choice,
  compileSpace,
  completeDesign,
  composePicture,
  explain,
  priceDesign,
  redo,
  repairs,
  type Session,
  type Space,
  undo,
  viewSession,
  writeText,
} from '@keepsake/configurator';
import {
  adoptSpaceFile,
  type DesignCounter,
  openDesignCounter,
} from '@keepsake/configurator/worker';
import type {
  Act,
  DesignQuestions,
  DesignRequest,
  DesignStart,
  OpenedScene,
  Outcome,
  Refusal,
  Scene,
  Way,
} from './design-messages.ts';
import {
  type Acted,
  applyRepair,
  choose,
  completeRest,
  decisionsOf,
  isUntouched,
  leaveOpen,
  lockChoice,
  refillFromMemory,
  restoreDesign,
  unlockChoice,
  withoutLock,
} from './design-session.ts';

/** Repairs that are offered at most. */
const REPAIRS_MAX = 3;

/** The thread's end of a design: it holds the session, and answers one question after the other. */
export interface DesignDesk {
  answer(request: DesignRequest): DesignQuestions[DesignRequest['kind']]['answer'];
}

/** What stands on the desk once a design is open. */
interface Work {
  readonly start: DesignStart;
  readonly space: Space;
  readonly count: DesignCounter | undefined;
  readonly session: Session;
}

/** Makes a desk with nothing on it; what comes before `open` throws. */
export function makeDesk(): DesignDesk {
  let work: Work | undefined;
  return {
    answer: (request) => {
      if (request.kind === 'open') {
        const opened = openWork(request.ask);
        work = opened.work;
        return opened.answer;
      }
      if (work === undefined) throw new Error('no design is open');
      if (request.kind === 'adopt') {
        const count = adopt(work.space, request.ask);
        if (count === undefined) return {};
        work = { ...work, count };
        return { scene: sceneOf(work) };
      }
      const acted = actOn(work.session, request.ask);
      if (acted.kind === 'refused') return { kind: 'refused', ...refusalOf(work.session, acted) };
      work = { ...work, session: acted.session };
      const { forced, impossible } = acted;
      return { kind: 'done', scene: sceneOf(work), forced, impossible } satisfies Outcome;
    },
  };
}

function openWork(start: DesignStart): { readonly work: Work; readonly answer: OpenedScene } {
  const space = compileSpace(start.family);
  const { session, droppedCount } = restoreDesign(space, start.decisions, start.texts);
  const work: Work = { start, space, count: undefined, session };
  return { work, answer: { scene: sceneOf(work), droppedCount } };
}

function adopt(space: Space, file: Uint8Array): DesignCounter | undefined {
  return adoptSpaceFile(space, file) ? openDesignCounter(space, file) : undefined;
}

function sceneOf({ start, session, count }: Work): Scene {
  const { family, layers } = start;
  const { texts } = session;
  const view = viewSession(session);
  const values = view.completion?.values;
  return {
    view,
    picture: values && composePicture(family, { values, texts }, (file) => layers[file]),
    ...(count === undefined ? {} : { designs: count(session) }),
    decisions: decisionsOf(session),
    texts,
    locked: session.locks.map(({ attribute }) => attribute),
    canUndo: undo(session) !== session,
    canRedo: redo(session) !== session,
    isUntouched: isUntouched(session),
  };
}

type Taken = Extract<Acted, { readonly kind: 'done' }>;
type Kept = { readonly kind: 'refused'; readonly choice: Choice };

function plainly(session: Session): Taken {
  return { kind: 'done', session, forced: [], impossible: [] };
}

function hasChosen({ choices }: Session, { attribute, value }: Choice): boolean {
  return choices.some((own) => own.attribute === attribute && own.value === value);
}

function wishing(acted: Acted, choice: Choice): Taken | Kept {
  return acted.kind === 'done' ? acted : { kind: 'refused', choice };
}

function actOn(session: Session, act: Act): Taken | Kept {
  switch (act.kind) {
    case 'choose':
      if (hasChosen(session, act.choice)) return plainly(session);
      return wishing(choose(session, act.choice), act.choice);
    case 'repair':
      return wishing(applyRepair(session, act.choice, act.repair), act.choice);
    case 'leaveOpen':
      return plainly(leaveOpen(session, act.attribute));
    case 'write': {
      const written = writeText(session, act.attribute, act.text);
      const isNew =
        written.kind === 'ok' &&
        written.value.texts[act.attribute] !== session.texts[act.attribute];
      return plainly(isNew ? written.value : session);
    }
    case 'undo':
      return plainly(undo(session));
    case 'redo':
      return plainly(redo(session));
    case 'refill':
      return plainly(refillFromMemory(session, act.before, act.now));
    case 'complete':
      return plainly(completeRest(session, act.wishes));
    case 'lock':
      return plainly(lockChoice(session, act.attribute));
    case 'unlock':
      return plainly(unlockChoice(session, act.attribute));
    case 'replace':
      return plainly(restoreDesign(session.space, act.decisions, act.texts).session);
  }
}

function refusalOf(held: Session, { choice }: Kept): Refusal {
  const session = withoutLock(held, choice.attribute);
  return { choice, reason: explain(session, choice), ways: waysTo(session, choice) };
}

function waysTo(session: Session, choice: Choice): readonly Way[] {
  const { family } = session.space;
  const totalOf = (of: Session): number | undefined => {
    const values = completeDesign(of);
    return values && priceDesign(family, values, of.texts).totalMinor;
  };
  const now = totalOf(session);
  return repairs(session, choice, { most: REPAIRS_MAX }).repairs.map((repair) => {
    const acted = applyRepair(session, choice, repair);
    const then = acted.kind === 'done' ? totalOf(acted.session) : undefined;
    const changeMinor = now === undefined || then === undefined ? undefined : then - now;
    return { repair, changeMinor };
  });
}
