import { execFileSync } from 'node:child_process';
import { cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';

/** The checkout. */
export const ROOT: string = join(import.meta.dirname, '../..');

/** What figures depend on, without saying whose machine it is. */
export interface Machine {
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
}

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
};

/** The machine that this runs on. */
export function thisMachine(): Machine {
  const [major = '', minor = ''] = process.versions.node.split('.');
  return {
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: SYSTEMS[platform()] ?? platform(),
    node: `${major}.${minor}`,
  };
}

/** Such as `2 cores, 24 GB, Linux, Node 20.20`. */
export function describeMachine({ cores, memoryGib, system, node }: Machine): string {
  return `${cores} cores, ${memoryGib} GB, ${system}, Node ${node}`;
}

/** The same for a file name: `2-cores-24-gb-linux-node-20.20`. */
export function machineSlug(machine: Machine): string {
  return describeMachine(machine)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-');
}

/** The commit that is measured; `-dirty` where the checkout differs from it. */
export function describeCommit(): string {
  try {
    const args = ['describe', '--always', '--dirty', '--exclude', '*'];
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
