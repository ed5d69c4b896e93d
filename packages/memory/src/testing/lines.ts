import { DAY_MS } from '@keepsake/kernel';
import type { Interaction, InteractionBody } from '../journal.ts';
import { JOURNAL_START } from './arbitraries.ts';

/** What a line of an example journal may say about itself; days count from `JOURNAL_START`. */
export interface LineDetails {
  readonly subject?: string;
  readonly day?: number;
  readonly recordedDay?: number;
}

/** Example journals in few words: each call makes the next line, with ids `i0`, `i1`, … */
export function journalWriter(): (body: InteractionBody, details?: LineDetails) => Interaction {
  let seq = 0;
  return (body, { subject = 's1', day = 0, recordedDay = day } = {}) => ({
    id: `i${seq}`,
    subject,
    seq: seq++,
    occurredAt: JOURNAL_START + day * DAY_MS,
    recordedAt: JOURNAL_START + recordedDay * DAY_MS,
    channel: 'desk',
    touchpoint: 'us/ca/monterey',
    actor: { kind: 'staff', id: 'desk-1' },
    body,
  });
}
