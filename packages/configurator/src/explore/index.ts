export { type Compiled, type Explorer, openExplorer } from './explorer.ts';
export { countOf, type Figures, figuresOf } from './figures.ts';
export {
  decideAt,
  type Position,
  positionAt,
  retractAt,
  startPosition,
} from './position.ts';
export { type Prepared, type PrepareOptions, prepareExplorer } from './prepare.ts';
