/**
 * The thread in which PGlite runs, so that a long statement does not stop the server's event loop.
 * Plain JavaScript, because a worker thread must start without the TypeScript loader of its parent.
 * It knows nothing of queues or transactions: one request, one answer, in the order of arrival.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';

/** @param {string} text */
const asText = (text) => text;

/** @returns {Promise<PGlite>} */
async function open() {
  const template = workerData.template;
  return await PGlite.create({
    ...(workerData.dataDir === undefined ? {} : { dataDir: workerData.dataDir }),
    ...(template === undefined ? {} : { loadDataDir: new Blob([await readFile(template)]) }),
    parsers: {
      [types.INT8]: (/** @type {string} */ text) => BigInt(text),
      [types.DATE]: asText,
      [types.NUMERIC]: asText,
    },
  });
}

/**
 * @typedef {{ message?: string, code?: string, constraint?: string, table?: string }} Refusal
 * @param {unknown} error
 */
function describe(error) {
  const refusal = /** @type {Refusal} */ (error ?? {});
  return {
    message: refusal.message ?? String(error),
    code: refusal.code,
    constraint: refusal.constraint,
    table: refusal.table,
  };
}

/**
 * @param {PGlite} lite
 * @param {{ kind: string, sql: string, parameters: unknown[] }} request
 */
async function answer(lite, request) {
  if (request.kind === 'dump') {
    const tar = await lite.dumpDataDir('none');
    return new Uint8Array(await tar.arrayBuffer());
  }
  if (request.kind === 'close') return await lite.close();
  const result =
    request.parameters.length === 0
      ? (await lite.exec(request.sql)).at(-1)
      : await lite.query(request.sql, request.parameters);
  return { command: result?.command, rowCount: result?.rowCount ?? 0, rows: result?.rows ?? [] };
}

const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');
try {
  const lite = await open();
  port.on('message', async (request) => {
    try {
      port.postMessage({ id: request.id, value: await answer(lite, request) });
    } catch (error) {
      port.postMessage({ id: request.id, error: describe(error) });
    }
  });
  port.postMessage({ id: 0, value: undefined });
} catch (error) {
  port.postMessage({ id: 0, error: describe(error) });
}
