import { parseTreatments } from '@keepsake/value';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { findTerms, latestDocument, putDocument } from '../value/index.ts';
import { WINDOW_DAYS } from './lots.rules.ts';
import { unprovableGrounds } from './plan.rules.ts';
import { reportDisparity, reportTreatments } from './report.service.ts';

type TreatmentDeps = Pick<Deps, 'database' | 'clock'>;
