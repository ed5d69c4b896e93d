import { type Import, importsOf, type Source } from './sources.ts';

/** Who may import whom: a place, and the places it may import from beside itself. */
export interface Layer {
  readonly place: string;
  readonly allowed: readonly string[];
}

/** Reads the table "Who may import whom" of ARCHITECTURE.md. */
export function parseLayers(markdown: string): readonly Layer[] {
  const section = markdown.split('## Who may import whom')[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| *(packages|apps)\//.test(line))
    .map((line) => {
      const [place = '', allowed = ''] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      return { place, allowed: allowed.split(',').flatMap((name) => name.trim() || []) };
    });
}

function placeOf(layers: readonly Layer[], path: string): Layer | undefined {
  const holding = layers.filter((layer) => path.startsWith(`${layer.place}/`));
  return holding.sort((a, b) => b.place.length - a.place.length)[0];
}

function unitOf(path: string, folder: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  const [unit, ...rest] = path.slice(folder.length + 1).split('/');
  return rest.length === 0 ? undefined : unit;
}

/** Why an import is not allowed, or undefined where it is. */
function fault(layers: readonly Layer[], entry: Import): string | undefined {
  const { from, target, specifier } = entry;
  if (target === undefined) return undefined;
  const here = placeOf(layers, from);
  const there = placeOf(layers, target);
  if (here === undefined) return undefined;
  if (there === undefined) return `${from} imports ${specifier}, which no layer holds`;
  if (here.place !== there.place && !here.allowed.includes(there.place)) {
    return `${from} (${here.place}) may not import ${specifier} (${there.place})`;
  }
  return (
    throughFront(entry, 'apps/server/src/modules', true) ??
    throughFront(entry, 'apps/web/src/features', false)
  );
}

function throughFront(entry: Import, folder: string, viaIndex: boolean): string | undefined {
  const { from, target = '' } = entry;
  const here = unitOf(from, folder);
  const there = unitOf(target, folder);
  if (there === undefined || here === there) return undefined;
  if (target === `${folder}/${there}/index.ts` && (viaIndex || here === undefined))
    return undefined;
  if (here === undefined) return undefined;
  return viaIndex
    ? `${from} reaches into module ${there}: import its index.ts`
    : `${from} imports another feature, ${there}`;
}

/** Every import that the layers forbid, as sentences. */
export function layerFaults(
  layers: readonly Layer[],
  sources: readonly Source[],
): readonly string[] {
  return sources.flatMap(importsOf).flatMap((entry) => fault(layers, entry) ?? []);
}

/**
 * Cycles among the files by value imports: each as the list of its files. A page that is loaded when
 * it is opened may name the route that opens it.
 */
export function importCycles(sources: readonly Source[]): readonly (readonly string[])[] {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).flatMap((entry) =>
        entry.isTypeOnly || entry.isDynamic ? [] : (entry.target ?? []),
      ),
    ]),
  );
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'closed'>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'closed') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'closed');
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}
