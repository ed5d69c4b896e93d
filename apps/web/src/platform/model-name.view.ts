const MODEL_NAMES: Readonly<Record<string, string>> = {
  nbd: 'NBD',
  'pareto-nbd': 'Pareto/NBD',
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'mbg-cnbd-k': 'MBG/CNBD-k',
  'bg-bb': 'BG/BB',
};

/** A model as the literature names it; as it is where it has no other name. */
export function modelName(model: string): string {
  return MODEL_NAMES[model] ?? model;
}
