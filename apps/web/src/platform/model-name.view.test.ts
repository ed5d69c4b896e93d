import { expect, test } from 'vitest';
import { modelName } from './model-name.view.ts';

test('a model is named as the literature does', () => {
  expect(modelName('pareto-nbd')).toBe('Pareto/NBD');
  expect(modelName('mine')).toBe('mine');
});
