export { readDimacs } from './dimacs.ts';
export type { FormatIssue, FormatIssueCode } from './issue.ts';
export { readTableJson } from './table-json.ts';
export { readUvl } from './uvl/uvl.ts';
