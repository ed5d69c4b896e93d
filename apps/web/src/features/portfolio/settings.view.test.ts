import { expect, test } from 'vitest';
import { settingFields, typedSettings } from './settings.view.ts';

const settings = { horizonWeeks: 156, growthReach: 0.3, growthCost: 15, newWeeks: 8 };

test('settings that are typed again are the same', () => {
  expect(settingFields(settings).growthReach).toBe('30');
  expect(typedSettings(settingFields(settings))).toEqual({ kind: 'typed', settings });
});

test('what lies outside of its bounds is named', () => {
  const fields = { horizonWeeks: '12', growthReach: '101', growthCost: '', newWeeks: '1,5' };
  expect(typedSettings(fields)).toEqual({
    kind: 'wrong',
    names: ['horizonWeeks', 'growthReach', 'growthCost', 'newWeeks'],
  });
});
