import type { ProblemCode } from '@keepsake/contract';
import { databaseCode, isUnavailable } from '../database/failure.ts';

const DISK_FULL = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/**
 * The problem that a thrown error is answered with: `store/full` and `store/unavailable` where
 * trying later can help, otherwise `server/failed`.
 */
export function failureCode(error: unknown): ProblemCode {
  if (DISK_FULL.has(databaseCode(error) ?? '')) return 'store/full';
  return isUnavailable(error) ? 'store/unavailable' : 'server/failed';
}
