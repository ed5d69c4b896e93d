import type { Context } from 'hono';
import type { AppEnv } from './app.ts';

/** Stands for a caller without a socket, such as a test. */
const NOWHERE = '0.0.0.0';

/**
 * The network address of the caller. Behind a proxy of ours it is the last one that the proxy
 * names: what stands before it was written by the caller.
 */
export function clientAddress(context: Context<AppEnv>, isBehindProxy: boolean): string {
  const direct = context.env?.incoming?.socket.remoteAddress ?? NOWHERE;
  if (!isBehindProxy) return direct;
  return context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? direct;
}
