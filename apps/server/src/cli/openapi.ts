import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';

/** `keepsake openapi FILE`: the OpenAPI document of the API, as it is checked in. */
export function addOpenApi(program: Command): void {
  program
    .command('openapi')
    .description('write the OpenAPI document of the API')
    .argument('<file>', 'for example docs/reference/openapi.json')
    .action(async (name: string) => {
      const { openApiDocument } = await import('../platform/http/openapi.ts');
      await writeFile(resolve(name), `${JSON.stringify(await openApiDocument(), null, 2)}\n`);
      console.log(`Wrote ${resolve(name)}`);
    });
}
