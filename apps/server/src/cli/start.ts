import type { Command } from 'commander';

/** `keepsake start`: the server in the foreground. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the server in the foreground; build the web app first with npm start')
    .action(async () => {
      // Only this command needs the whole server: the others start without reading it.
      const { runServer } = await import('../run-server.ts');
      await runServer();
    });
}
