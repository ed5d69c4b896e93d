export { readDimacs } from './dimacs.ts';
export { readFeatureIde } from './feature-ide/feature-ide.ts';
export type { FormatIssue, FormatIssueCode } from './issue.ts';
export { formatOf, type ModelFormat, type ReadOptions, readModel } from './read-model.ts';
export { readTableJson } from './table-json.ts';
export { readUvl } from './uvl/uvl.ts';
export { writeUvl } from './write/uvl.ts';
