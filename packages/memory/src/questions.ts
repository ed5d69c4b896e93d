import { decidedBy } from './derive.ts';
import type { Ontology, Predicate } from './ontology.ts';

/** One question to put, and what its answer would give besides. */
export interface Question {
  readonly predicate: Predicate;
  /** From 0: the order in which to ask. */
  readonly rank: number;
  /** Names of the other open needs. */
  readonly decides: readonly string[];
}

/** How many questions there may be, and what it is worth to know each predicate. */
export interface QuestionBudget {
  readonly ontology: Ontology;
  readonly limit: number;
  /** By name; 1 for those not named. */
  readonly weights?: Readonly<Record<string, number>>;
}

/**
 * Which questions to put, the one first whose answer is worth most: its own weight and that of the
 * open needs it would give. Whatever an earlier answer gives for sure is not asked besides. Greedy,
 * as the value of information of single questions (Howard 1966).
 */
export function rankQuestions(
  open: readonly Predicate[],
  request: QuestionBudget,
): readonly Question[] {
  const { ontology, weights = {}, limit } = request;
  const weight = ({ name }: Predicate): number =>
    Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1;
  let left = open.map((predicate) => ({ predicate, ...decidedBy(predicate, open, ontology) }));
  const put: Question[] = [];
  while (left.length > 0 && put.length < limit) {
    const isLeft = (one: Predicate): boolean => left.some(({ predicate }) => predicate === one);
    const worth = ({ predicate, any }: (typeof left)[number]): number =>
      [predicate, ...any.filter(isLeft)].reduce((sum, one) => sum + weight(one), 0);
    const best = left.reduce((first, next) => (worth(next) > worth(first) ? next : first));
    const decides = best.any.filter(isLeft).map(({ name }) => name);
    put.push({ predicate: best.predicate, rank: put.length, decides });
    const gone = new Set([best.predicate, ...best.surely]);
    left = left.filter(({ predicate }) => !gone.has(predicate));
  }
  return put;
}
