import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Running = z.object({ pid: z.int(), url: z.url() });

/** A server that uses a home at this moment. */
export type RunningServer = z.infer<typeof Running>;

/** Leaves word in the home of where its server listens, for the command line. */
export function announceServer(home: string, server: RunningServer): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(home), `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

/** Takes the word back. */
export function withdrawServer(home: string): void {
  rmSync(fileOf(home), { force: true });
}

/** The server that uses a home, if it answers; one that was killed has left word but does not. */
export async function findRunningServer(home: string): Promise<RunningServer | undefined> {
  const server = readAnnouncement(home);
  if (server === undefined) return undefined;
  try {
    await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(5_000) });
    return server;
  } catch {
    return undefined;
  }
}

function readAnnouncement(home: string): RunningServer | undefined {
  try {
    return Running.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    return undefined;
  }
}

function fileOf(home: string): string {
  return join(home, 'server.json');
}
