const made = new Map<string, Intl.NumberFormat>();

/**
 * How numbers read in a language. Making a format takes a hundred times as long as using it, and a
 * page full of values uses the same few: so each is made once.
 */
export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}
