import type { Family } from '@keepsake/configurator';
import { instantToText } from '@keepsake/kernel';
import type { Binding, MoveReason, QuoteRefusal } from '@keepsake/production';
import type { Reason } from './orders.store.ts';

/** Reasons shown with a date at most: the longest delays. */
const REASONS_MAX = 3;

/** Turns the kernel's reasons into those of the API, with names from the family. */
export function reasonsOf(family: Family, bindings: readonly Binding[]): Reason[] {
  return bindings.slice(0, REASONS_MAX).map((binding) => bindingReason(family, binding));
}

function named(family: Family, binding: { readonly operation: string }) {
  const { operation } = binding;
  const name = family.operations.find((each) => each.id === operation)?.name;
  return { operation, ...(name === undefined ? {} : { name }) };
}

function itemName(family: Family, item: string) {
  const name = family.components.find((each) => each.item === item)?.name;
  return { item, ...(name === undefined ? {} : { name }) };
}

function bindingReason(family: Family, binding: Binding): Reason {
  switch (binding.kind) {
    case 'waits-for-part': {
      const until = instantToText(binding.availableAt);
      return { code: 'waits-for-part', ...itemName(family, binding.item), until };
    }
    case 'work-centre-busy':
    case 'closed-hours': {
      const { workCentre, kind, until } = binding;
      return { code: kind, workCentre, ...named(family, binding), until: instantToText(until) };
    }
    case 'work':
      return {
        code: 'work-content',
        workCentre: binding.workCentre,
        ...named(family, binding),
      };
    case 'arrival':
      return { code: 'arrival', until: instantToText(binding.at) };
  }
}

/** Why a promised date has moved, for the API. */
export function moveReason(family: Family, reason: MoveReason): Reason {
  switch (reason.kind) {
    case 'operation-blocked':
      return { code: 'operation-blocked', ...named(family, reason), note: reason.reason };
    case 'waits-for-part': {
      const until = instantToText(reason.availableAt);
      return { code: 'waits-for-part', ...itemName(family, reason.item), until };
    }
    case 'operation-overran':
    case 'operation-not-started':
      return { code: 'running-late', ...named(family, reason) };
    case 'work-centre-busy': {
      const { workCentre, until } = reason;
      const code = 'work-centre-busy';
      return { code, workCentre, ...named(family, reason), until: instantToText(until) };
    }
    case 'no-capacity':
      return {
        code: 'work-centre-busy',
        workCentre: reason.workCentre,
        ...named(family, reason),
      };
    case 'sooner':
      return { code: 'work-content', note: 'sooner' };
  }
}

/** Why there is no date at all. */
export function refusalReasons(family: Family, refusal: QuoteRefusal): Reason[] {
  switch (refusal.kind) {
    case 'unknown-item':
      return [{ code: 'waits-for-part', ...itemName(family, refusal.item) }];
    case 'unknown-work-centre':
    case 'no-capacity':
    case 'stay-taken':
      return [
        {
          code: 'work-centre-busy',
          workCentre: refusal.workCentre,
          ...named(family, refusal),
        },
      ];
    case 'deadline-missed':
      return reasonsOf(family, refusal.binding);
    case 'malformed-request':
      return [{ code: 'work-content', note: refusal.fault }];
  }
}
