import type { ValueSettings } from '@keepsake/contract';
import { typedNumber } from './cost-form.view.ts';

/** Settings in the order in which they are shown. */
export const SETTING_NAMES = ['horizonWeeks', 'growthReach', 'growthCost', 'newWeeks'] as const;

/** Settings as they are typed: the reach in percent. */
export type SettingFields = Readonly<Record<(typeof SETTING_NAMES)[number], string>>;

/** Settings out of what was typed, or which of them do not hold. */
export type SettingsTyped =
  | { readonly kind: 'typed'; readonly settings: ValueSettings }
  | { readonly kind: 'wrong'; readonly names: readonly (typeof SETTING_NAMES)[number][] };

const PERCENT = 100;

const RANGES = {
  horizonWeeks: [13, 520, true],
  growthReach: [0, 100, false],
  growthCost: [0, 1e9, false],
  newWeeks: [0, 104, true],
} as const;

/** What is set, as it is typed again. */
export function settingFields(settings: ValueSettings): SettingFields {
  return {
    horizonWeeks: String(settings.horizonWeeks),
    growthReach: String(Number((settings.growthReach * PERCENT).toFixed(2))),
    growthCost: String(settings.growthCost),
    newWeeks: String(settings.newWeeks),
  };
}

/** Reads what was typed; the server holds it to the same bounds. */
export function typedSettings(fields: SettingFields): SettingsTyped {
  const read = SETTING_NAMES.map((name) => {
    const [low, high, isWhole] = RANGES[name];
    const value = typedNumber(fields[name]) ?? Number.NaN;
    const holds = value >= low && value <= high && (!isWhole || Number.isInteger(value));
    return { name, value, holds };
  });
  const names = read.filter(({ holds }) => !holds).map(({ name }) => name);
  if (names.length > 0) return { kind: 'wrong', names };
  const [horizonWeeks = 0, reach = 0, growthCost = 0, newWeeks = 0] = read.map(
    ({ value }) => value,
  );
  return {
    kind: 'typed',
    settings: { horizonWeeks, growthReach: reach / PERCENT, growthCost, newWeeks },
  };
}
