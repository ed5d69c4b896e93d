import type { Choice, Family } from '@keepsake/configurator';
import type { SpaceLine } from '@keepsake/configurator/worker';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** A published version of a family, as this page needs it. */
export interface SpaceFamily {
  readonly company: string;
  readonly family: Family;
  readonly modelHash: string;
}

/** Which version is looked at; the one that customers see where none is named. */
export interface SpaceKey {
  readonly company: string;
  readonly family: string;
  readonly version: string | undefined;
}

/** A version of a family. The server publishes only what the engine has read. */
export const spaceFamilyQuery = ({ company, family, version }: SpaceKey) =>
  queryOptions({
    queryKey: ['space-family', company, family, version ?? ''],
    queryFn: async (): Promise<SpaceFamily> => {
      const named = version === undefined ? {} : { modelHash: version };
      const { model, modelHash } = await client.families.get({ company, family, ...named });
      return { company, family: model as unknown as Family, modelHash };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The versions that were published, newest first. */
export const versionsQuery = (company: string, family: string) =>
  queryOptions({
    queryKey: ['space-versions', company, family],
    queryFn: () => client.families.versions({ company, family }),
  });

/** A thread with an open space; `name` tells one from the next. */
export interface OpenSpace {
  readonly name: string;
  readonly line: SpaceLine;
  /** Search answers until everything is compiled; then the answers hold more. */
  readonly isCompiled: boolean;
}

function stageOf(space: OpenSpace): string {
  return `${space.name} ${space.isCompiled ? 'compiled' : 'searched'}`;
}

/** What the space looks like after some choices; the last look stays while the next is worked out. */
export const lookQuery = (space: OpenSpace, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: ['space-look', stageOf(space), choices],
    queryFn: () => space.line.ask('look', { choices }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** How prices are spread over the designs that are left; null where only search answers. */
export const pricesQuery = (space: OpenSpace, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: ['space-prices', stageOf(space), choices],
    queryFn: async () => (await space.line.ask('prices', { choices })).bins ?? null,
    enabled: space.isCompiled,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Why a value cannot be had after some choices, and what to change. */
export const whyQuery = (space: OpenSpace, choices: readonly Choice[], choice: Choice) =>
  queryOptions({
    queryKey: ['space-why', stageOf(space), choices, choice],
    queryFn: () => space.line.ask('why', { choices, choice }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Dead and forced values, contradictions, idle rules. */
export const findingsQuery = (space: OpenSpace) =>
  queryOptions({
    queryKey: ['space-findings', space.name],
    queryFn: () => space.line.ask('check', {}),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
