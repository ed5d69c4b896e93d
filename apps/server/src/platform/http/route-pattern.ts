import { contract } from '@keepsake/contract';

interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly matches: RegExp;
}

interface Procedure {
  readonly '~orpc': { readonly route: { readonly method?: string; readonly path?: string } };
}

const ROUTES: readonly Route[] = Object.values(contract)
  .flatMap((verbs) => Object.values(verbs) as readonly Procedure[])
  .map((procedure) => {
    const { method = '', path = '' } = procedure['~orpc'].route;
    const source = path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
    return { method, pattern: path, matches: new RegExp(`^${source}$`) };
  });

/**
 * The pattern of the endpoint at a path, such as `/api/c/{company}/orders`, for the log and the
 * metrics: a path itself may hold what is nobody else's business. `(none)` where there is none.
 */
export function routePattern(method: string, path: string): string {
  const route = ROUTES.find((each) => each.method === method && each.matches.test(path));
  return route?.pattern ?? '(none)';
}
