import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { App } from './app.ts';
import { openApiDocument } from './openapi.ts';

const START = `window.addEventListener('load', () => {
  window.SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    validatorUrl: null,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
  });
});
`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Keepsake API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<main id="docs"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

/** The files of the reference page that come from the package, with their media types. */
const FILES: Readonly<Record<string, string>> = {
  'favicon-32x32.png': 'image/png',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Serves `/openapi.json`, and at `/docs` a page to read and try it, all from this server. */
export function mountDocs(app: App): void {
  let document: Promise<string> | undefined;
  app.get('/openapi.json', async (context) => {
    document ??= openApiDocument().then((each) => JSON.stringify(each));
    return context.body(await document, 200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache',
    });
  });
  app.get('/docs', (context) => context.html(PAGE));
  app.get('/docs/start.js', (context) =>
    context.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of Object.entries(FILES)) {
    app.get(`/docs/${name}`, async (context) => {
      const bytes = new Uint8Array(await readFile(join(folder, name)));
      const headers = { 'content-type': type, 'cache-control': 'public, max-age=3600' };
      return context.body(bytes, 200, headers);
    });
  }
}
