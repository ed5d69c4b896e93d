import { composePicture, type Family, type Values } from '@keepsake/configurator';

/** An SVG document of a design of a family; empty where the family has no picture. */
export function pictureOf(
  source: { readonly family: Family; readonly layers: Readonly<Record<string, string>> },
  values: Values,
  texts: Readonly<Record<string, string>>,
): string {
  return composePicture(source.family, { values, texts }, (file) => source.layers[file]) ?? '';
}
