/**
 * A place as people say it: `us/fl/key-west` becomes `Key West, United States`. Whatever is no path
 * of a country and a town stays as it is.
 */
export function placeWords(place: string, locale: string): string {
  const parts = place.split('/');
  const [country = ''] = parts;
  const town = parts.at(-1) ?? '';
  if (parts.length < 2 || !/^[a-z]{2}$/.test(country)) return place;
  const named = town
    .split('-')
    .map((word) => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1))
    .join(' ');
  const countryName = new Intl.DisplayNames(locale, { type: 'region' }).of(country.toUpperCase());
  return `${named}, ${countryName ?? country.toUpperCase()}`;
}
