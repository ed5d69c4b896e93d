import { fork } from 'node:child_process';

/** Node's flags under which these programs run from source. */
const FROM_SOURCE = ['--import', 'tsx', '-C', '@keepsake/source'];

/**
 * Runs a program of the benches in a process of its own, so that who asks does not take the time of
 * who answers: hands it a task, answers what it sends back. Ends it after `seconds` at the latest.
 * `flags` are Node's, where they are to be others than those for running from source.
 */
export async function runChild<Task extends object, Answer>(
  file: string,
  task: Task,
  seconds: number,
  flags: readonly string[] = FROM_SOURCE,
): Promise<Answer> {
  const child = fork(file, { execArgv: [...flags] });
  const timer = setTimeout(() => child.kill(), seconds * 1000);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // Both programs are of one checkout: what one sends is what the other expects.
      child.once('message', (answer) => resolve(answer as Answer));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
      child.send(task);
    });
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}

/** The other side: waits for the task, sends the answer. */
export function answerParent<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  process.once('message', (task) => {
    work(task as Task).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
