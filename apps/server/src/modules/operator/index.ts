export { clearBackups } from './backup.service.ts';
export { DemoError } from './demo.files.ts';
export { demoSignInFile } from './demo.sign-in.ts';
export { operatorRoutes } from './operator.routes.ts';
export { examplesFolder, type Seeded, seedDemo, seedWhenEmpty } from './seed.service.ts';
