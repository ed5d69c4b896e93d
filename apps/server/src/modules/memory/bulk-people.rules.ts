/** Works out which subject each line is about. Pure but for the making of ids. */

import { type Draft, type LineHandle, type Refusal, refuse } from './bulk.rules.ts';
import type { HandleKey } from './bulk.store.ts';

/** A line and whom it is about. */
export interface Assigned {
  readonly draft: Draft;
  readonly subject: string;
  /** Handles that the subject does not have yet, as far as is known. */
  readonly handles: readonly LineHandle[];
  /** Other subjects that own what the line proves: one person with this one. */
  readonly others: readonly string[];
}

/** What is known of the handles of all lines. */
export interface Directory {
  /** By `handleId`: the subject that proved it. */
  readonly owners: ReadonlyMap<string, string>;
  /** By `handleId`: the person who had it had everything erased. */
  readonly erased: ReadonlySet<string>;
  /** Whether a mere claim of such a handle is enough to refuse a line. */
  readonly doClaimsRefuse: boolean;
  readonly newSubject: () => string;
}

/** Who each line is about. */
export interface People {
  readonly assigned: readonly Assigned[];
  /** Subjects that are not there yet. */
  readonly made: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
  /** What lines prove to be of people who had everything erased, beside what is known of them. */
  readonly alsoErased: readonly LineHandle[];
}

/** One text for a handle. */
export function handleId({ kind, hmac }: HandleKey): string {
  return `${kind} ${hmac}`;
}

/**
 * Gives each line its subject, in the order of the lines: what a line proves counts for those after
 * it. A line that names somebody who was erased is refused, not taken for somebody new; what else it
 * proves is theirs, too, unless somebody else has it.
 */
export function assignPeople(drafts: readonly Draft[], directory: Directory): People {
  const owners = new Map(directory.owners);
  const erased = new Set(directory.erased);
  const alsoErased: LineHandle[] = [];
  const made = new Set<string>();
  const assigned: Assigned[] = [];
  const refusals: Refusal[] = [];
  for (const draft of drafts) {
    const gone = findErased(draft, erased, directory.doClaimsRefuse);
    if (gone !== undefined) {
      refusals.push(refuse(draft.line, 'erased', gone.kind));
      for (const handle of gone.isProved ? unknownOf(draft, owners, erased) : []) {
        erased.add(handleId(handle));
        alsoErased.push(handle);
      }
      continue;
    }
    let subject = draft.guest ?? ownerOf(draft, owners);
    if (subject === undefined) {
      subject = directory.newSubject();
      made.add(subject);
    }
    assigned.push(assign(draft, subject, owners));
  }
  return { assigned, made, refusals, alsoErased };
}

/** The handle that a line is refused for: one that it proves before one that it claims. */
function findErased(
  { handles }: Draft,
  erased: ReadonlySet<string>,
  doClaimsRefuse: boolean,
): LineHandle | undefined {
  const gone = handles.filter((one) => erased.has(handleId(one)));
  return gone.find((one) => one.isProved) ?? (doClaimsRefuse ? gone[0] : undefined);
}

/** What a line proves and neither anybody is known by nor anybody who is gone. */
function unknownOf(
  { handles }: Draft,
  owners: ReadonlyMap<string, string>,
  erased: ReadonlySet<string>,
): readonly LineHandle[] {
  return handles.filter((one) => {
    const id = handleId(one);
    return one.isProved && !owners.has(id) && !erased.has(id);
  });
}

/** A key of the source is its own; else whoever proved the first handle that anybody proved. */
function ownerOf(draft: Draft, owners: ReadonlyMap<string, string>): string | undefined {
  const proved = draft.handles.filter((one) => one.isProved);
  const [first] = proved;
  if (first?.kind.includes('.') === true) return owners.get(handleId(first));
  return proved.map((one) => owners.get(handleId(one))).find((owner) => owner !== undefined);
}

function assign(draft: Draft, subject: string, owners: Map<string, string>): Assigned {
  const handles: LineHandle[] = [];
  const others = new Set<string>();
  for (const handle of draft.handles) {
    const owner = owners.get(handleId(handle));
    if (owner === subject) continue;
    if (!handle.isProved) handles.push(handle);
    else if (owner !== undefined) others.add(owner);
    else {
      handles.push(handle);
      owners.set(handleId(handle), subject);
    }
  }
  return { draft, subject, handles, others: [...others] };
}
