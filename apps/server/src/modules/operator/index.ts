export { clearBackups } from './backup.service.ts';
export { DemoError, examplesFolder } from './demo.files.ts';
export { demoSignInFile } from './demo.sign-in.ts';
export { type DemoTerms, readDemoTerms } from './demo-history.files.ts';
export {
  type DemoHistoryDeps,
  type DemoHistoryOptions,
  type DemoHistoryProgress,
  type DemoHistorySeeded,
  followDemoHistory,
  resumeDemoHistory,
  seedDemoHistory,
} from './demo-history.service.ts';
export { operatorRoutes } from './operator.routes.ts';
export { type Seeded, seedDemo, seedWhenEmpty } from './seed.service.ts';
