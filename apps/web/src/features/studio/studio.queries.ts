import type { Family } from '@keepsake/configurator';
import type { Order, PublishedFamily } from '@keepsake/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { Decision } from './design-session.ts';

/** A published family as the Studio needs it. */
export interface StudioFamily {
  readonly family: Family;
  readonly modelHash: string;
  readonly layers: Readonly<Record<string, string>>;
}

/** The server publishes only what the engine has read: its model is a `Family`. */
function parsePublished(published: PublishedFamily): StudioFamily {
  const family = published.model as unknown as Family;
  return { family, modelHash: published.modelHash, layers: published.layers };
}

/** A family as published now. */
export const studioFamilyQuery = (company: string, family: string) =>
  queryOptions({
    queryKey: ['studio-family', company, family],
    queryFn: () => client.families.get({ company, family }),
    select: parsePublished,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the Studio starts from: a stored design, a shared one, an order, memory, or nothing. */
export interface StudioStart {
  readonly decisions: readonly Decision[];
  readonly texts: Readonly<Record<string, string>>;
  readonly saved?: { readonly id: string; readonly shareId: string; readonly version: number };
  readonly needs?: Awaited<ReturnType<typeof client.designs.prefill>>['needs'];
  /** Where the company begins for this customer, of what memory left open. */
  readonly begun?: Awaited<ReturnType<typeof client.designs.prefill>>['start'];
  readonly amends?: AmendedOrder;
}

/** An order whose design is changed, and what its price and date depend on beside the design. */
export interface AmendedOrder {
  readonly order: string;
  readonly number: string;
  readonly version: number;
  readonly to: Pick<QuoteKey, 'site' | 'stay' | 'delivery' | 'country' | 'region' | 'order'>;
}

function amendedOf(order: Order): AmendedOrder {
  const { id, number, version, site, stay, delivery, address } = order;
  const to = {
    order: id,
    site,
    delivery: delivery.id,
    ...(stay === null ? {} : { stay }),
    ...(address === null ? {} : { country: address.country }),
    ...(address?.region === undefined ? {} : { region: address.region }),
  };
  return { order: id, number, version, to };
}

/** Where to look for it. */
export interface StudioStartKey {
  readonly company: string;
  readonly family: string;
  readonly design?: string | undefined;
  readonly share?: string | undefined;
  readonly order?: string | undefined;
  readonly occasion: 'self' | 'gift';
  readonly isSignedIn: boolean;
}

async function loadStart(key: StudioStartKey): Promise<StudioStart> {
  const { company } = key;
  if (key.order !== undefined) {
    const order = await client.orders.get({ company, order: key.order });
    return { decisions: order.decisions, texts: order.texts, amends: amendedOf(order) };
  }
  if (key.design !== undefined) {
    const design = await client.designs.get({ company, design: key.design });
    const { id, shareId, version, decisions, texts } = design;
    return { decisions, texts, saved: { id, shareId, version } };
  }
  if (key.share !== undefined) {
    return client.designs.shared({ company, share: key.share });
  }
  if (!key.isSignedIn) return { decisions: [], texts: {} };
  const memory = await loadMemory(key);
  return { decisions: memory.decisions, texts: {}, needs: memory.needs, begun: memory.start };
}

/** What memory answers of a new design for oneself or for somebody else. */
export function loadMemory(
  about: Pick<StudioStartKey, 'company' | 'family' | 'occasion'>,
): ReturnType<typeof client.designs.prefill> {
  const { company, family, occasion } = about;
  return client.designs.prefill({ company, family, occasion });
}

/** Loads what the Studio starts from; asked once, then the browser holds the design. */
export const studioStartQuery = (key: StudioStartKey) =>
  queryOptions({
    queryKey: ['studio-start', key],
    queryFn: () => loadStart(key),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** A question about price and date. */
export interface QuoteKey {
  readonly company: string;
  readonly family: string;
  readonly decisions: readonly Decision[];
  readonly texts: Readonly<Record<string, string>>;
  readonly site?: string;
  readonly stay?: { readonly arrive: string; readonly depart: string };
  readonly delivery?: string;
  readonly country?: string;
  readonly region?: string;
  /** The order that it is to amend. */
  readonly order?: string;
}

/** Price lines and promise date as the server says them; the last answer stays while it asks. */
export const quoteQuery = (key: QuoteKey, isEnabled: boolean) =>
  queryOptions({
    queryKey: ['quote', key],
    queryFn: () =>
      client.families.quote({ ...key, decisions: [...key.decisions], texts: { ...key.texts } }),
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
