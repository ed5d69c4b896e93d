import { useSyncExternalStore } from 'react';

/** Light, dark, or as the device says. */
export type Scheme = 'auto' | 'light' | 'dark';

const KEY = 'keepsake.scheme';
const listeners = new Set<() => void>();

function read(): Scheme {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

function apply(scheme: Scheme): void {
  const root = document.documentElement;
  if (scheme === 'auto') delete root.dataset['scheme'];
  else root.dataset['scheme'] = scheme;
}

/** Applies the stored choice; call once before the first paint. */
export function startScheme(): void {
  apply(read());
}

/** Keeps and applies a choice. */
export function setScheme(scheme: Scheme): void {
  if (scheme === 'auto') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, scheme);
  apply(scheme);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choice as it stands. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, read);
}
