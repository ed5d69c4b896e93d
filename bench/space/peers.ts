/** Published solvers on the same instance and the same choices, asked for valid values alone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import type { Clauses } from './clauses.ts';
import type { PeerAnswer, PeerTask } from './peer-child.ts';

/** Exact versions, so that figures can be compared. */
const PEERS = { 'logic-solver': '2.0.1', 'z3-solver': '5.2.0', highs: '1.15.3' } as const;

/** Who is compared. */
export type PeerName = keyof typeof PEERS;

const INSTALL_SECONDS = 120;

/** A folder with a peer installed; `fault` says why there is none. */
export interface Installed {
  readonly name: PeerName;
  readonly version: string;
  readonly folder: string;
  readonly fault?: string;
}

/** Installs each peer in a temporary folder that is removed when this process ends. */
export function installPeers(): readonly Installed[] {
  const parent = mkdtempSync(join(tmpdir(), 'keepsake-peers-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true, maxRetries: 10 }));
  writeFileSync(join(parent, 'package.json'), '{ "name": "peers", "private": true }\n');
  // The keys of a literal object are its names.
  const names = Object.keys(PEERS) as readonly PeerName[];
  return names.map((name) => {
    progress(`installing ${name}`);
    const version = PEERS[name];
    const fault = install(parent, `${name}@${version}`);
    return { name, version, folder: parent, ...(fault === undefined ? {} : { fault }) };
  });
}

function install(folder: string, wanted: string): string | undefined {
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  try {
    execFileSync('npm', ['install', ...quiet, '--loglevel=error', wanted], {
      cwd: folder,
      stdio: 'ignore',
      timeout: INSTALL_SECONDS * 1000,
      shell: platform() === 'win32',
    });
    return undefined;
  } catch {
    return 'npm could not install it';
  }
}

/** Choices by option, one session after the other; each session begins anew. */
export type Sessions = readonly (readonly number[])[];

/** What one peer is asked. */
export interface Question {
  readonly clauses: Clauses;
  /** Options of each variable, from 1 on. */
  readonly variables: readonly (readonly number[])[];
  readonly sessions: Sessions;
  /** When to stop asking. */
  readonly seconds: number;
}

/** How a peer did, in a process of its own; a sentence where it did not run. */
export async function askPeer(peer: Installed, question: Question): Promise<PeerAnswer | string> {
  if (peer.fault !== undefined) return peer.fault;
  progress(`${peer.name} on the same choices`);
  const task: PeerTask = { ...question, name: peer.name, folder: peer.folder };
  const file = join(import.meta.dirname, 'peer-child.ts');
  try {
    return await runChild<PeerTask, PeerAnswer>(file, task, question.seconds + 60);
  } catch (error) {
    return `it did not run: ${error instanceof Error ? error.message.split('/').at(-1) : 'why is not known'}`;
  }
}
