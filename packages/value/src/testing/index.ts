export { valueBenchmark } from './benchmark-data.ts';
