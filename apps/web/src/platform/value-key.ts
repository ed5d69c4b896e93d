/** Begins the key of everything about what customers are worth, so that all of it grows stale together. */
export const valueKey = (company: string) => ['value', company] as const;

/** The key of all that is reckoned of one customer. */
export const customerValueKey = (company: string, guest: string) =>
  [...valueKey(company), 'customer', guest] as const;
