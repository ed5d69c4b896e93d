export { type ActsOf, type HeldAct, type HeldActs, listActs, lockAct } from './acts.service.ts';
export { drawLots, type EndedRun } from './lots.service.ts';
export { exportTreatments } from './person-treatments.service.ts';
export { listTreatmentsOf, type TreatmentWords } from './report.service.ts';
export { treatmentsRoutes } from './treatments.routes.ts';
export { deleteAssignments as eraseAssignments, listTreated } from './treatments.store.ts';
