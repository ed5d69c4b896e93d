/** Names classes of one CSS module; falsy names are left out. */
export type ClassNames = (...names: readonly (string | false | undefined)[]) => string;

/** Binds a CSS module: `const c = classesOf(styles)`, then `c('card', isWide && 'wide')`. */
export function classesOf(styles: Readonly<Record<string, string>>): ClassNames {
  return (...names) =>
    names
      .map((name) => (name ? styles[name] : undefined))
      .filter((name) => name !== undefined)
      .join(' ');
}
