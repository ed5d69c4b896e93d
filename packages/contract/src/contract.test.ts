import { describe, expect, test } from 'vitest';
import { contract, type EndpointMeta, PROBLEMS, Problem, type ProblemCode } from './index.ts';

interface Definition {
  readonly meta: EndpointMeta;
  readonly route: { readonly method?: string; readonly path?: string; readonly summary?: string };
  readonly errorMap: Readonly<Record<string, { readonly status?: number }>>;
}

const endpoints = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs).map(([verb, procedure]) => {
    const definition = (procedure as unknown as { '~orpc': Definition })['~orpc'];
    return [`${noun}.${verb}`, definition] as const;
  }),
);

describe('every endpoint', () => {
  test('there are some', () => {
    expect(endpoints.length).toBeGreaterThan(40);
  });

  test.each(endpoints)('%s says its address, summary and who may call it', (_, definition) => {
    expect(definition.route.path).toMatch(/^\/api\//);
    expect(definition.route.summary?.length ?? 0).toBeGreaterThan(5);
    expect(definition.meta.access.kind).toMatch(
      /^(anyone|customer|staff|customer-or-staff|operator-or-staff|operator)$/,
    );
    expect(definition.meta.idempotent).toBe(definition.route.method !== 'GET');
  });

  test('no two share an address', () => {
    const addresses = endpoints.map(([, { route }]) => `${route.method} ${route.path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test.each(endpoints)('%s answers with problems of the catalogue', (_, definition) => {
    for (const [code, { status }] of Object.entries(definition.errorMap)) {
      expect(PROBLEMS[code as ProblemCode]?.status).toBe(status);
    }
  });
});

describe('the catalogue of problems', () => {
  test.each(Object.entries(PROBLEMS))('%s says what to do', (code, { status, title, advice }) => {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).not.toMatch(/[.!]$/);
    expect(advice).toMatch(/\.$/);
    expect(Problem.safeParse({ type: code, status, title, advice }).success).toBe(true);
  });
});
