/** What the start and test commands do first: look at Node, install what the lockfile names. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How the server runs: with room for what requests leave behind, which is most of what it makes. The
 * default of 16 MiB has it collected several times as often.
 */
export const asServer = ['--max-semi-space-size=64'];

/** Node's flags under which TypeScript runs from source, in this order. */
export const fromSource = ['--import', 'tsx', '-C', '@keepsake/source'];

const NODE_NEEDED = [20, 19];
const STILL_AT_IT_MS = 15_000;

/** Ends the process with a plain message where Node is too old to go on. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = NODE_NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  console.error(
    `Keepsake needs Node ${NODE_NEEDED.join('.')} or later; this is ${process.versions.node}.\n` +
      'Get a newer one at https://nodejs.org and try again.',
  );
  process.exit(1);
}

/** Runs `npm ci` where node_modules is missing or is not what package-lock.json says. */
export async function installIfNeeded() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.keepsake-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (!isInstalled(JSON.parse(lock))) {
    console.log('Installing the packages that package-lock.json names (once) …');
    await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  writeFileSync(stamp, hash);
}

/**
 * Whether npm's own record in node_modules agrees with the lockfile. Optional packages may be
 * missing: most of them are for other systems.
 */
function isInstalled(lock) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

async function npm(args) {
  const cli = process.env.npm_execpath;
  const start = Date.now();
  const timer = setInterval(() => {
    console.log(`… still installing (${Math.round((Date.now() - start) / 1000)} s)`);
  }, STILL_AT_IT_MS);
  const isScript = cli !== undefined && /\.[cm]?js$/.test(cli);
  try {
    const code = isScript
      ? await run(process.execPath, [cli, ...args])
      : await run('npm', args, { shell: process.platform === 'win32' });
    if (code !== 0) {
      console.error(`npm ${args[0]} failed. Its messages above say why; mend that and try again.`);
      process.exit(1);
    }
  } finally {
    clearInterval(timer);
  }
}

/** Runs a program in the checkout with its output shown; answers its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}
