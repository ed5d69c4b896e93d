/** Tells whether something that was built is as new as its sources, without reading them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './install.mjs';

const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist-types']);

/**
 * A stamp for what is built from `sources`, paths in the checkout: `isFresh` compares, `set` records.
 * Paths, sizes and times stand for contents; looking costs some milliseconds.
 */
export function stampOf(name, sources) {
  const file = join(root, '.cache', `${name}.stamp`);
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of sources) addTo(hash, path);
  const wanted = hash.digest('hex');
  return {
    isFresh: () => existsSync(file) && readFileSync(file, 'utf8') === wanted,
    set: () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, wanted);
    },
  };
}

function addTo(hash, path) {
  const full = join(root, path);
  const stat = statSync(full);
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(full).sort()) {
    if (!NOT_SOURCES.has(name) && !name.endsWith('.tsbuildinfo')) addTo(hash, `${path}/${name}`);
  }
}
