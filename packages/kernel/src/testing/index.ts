export { benchmarkFolder, benchmarkText } from './benchmark-data.ts';
