/** Finds a Chromium to drive: one that is installed, else the one that npm brings for Linux. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../architecture/sources.ts';

/** A browser that can be started, or why there is none. */
export type FoundBrowser =
  | {
      readonly kind: 'found';
      readonly executable: string;
      /** What its process needs beside the environment of this one. */
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'missing'; readonly why: string };

/** The flags of every journey: no sandbox for root, nothing asked of the network, no GPU. */
export const BROWSER_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const BUNDLED = '@sparticuz/chromium';

/**
 * Answers the browser to use: `CHROME_PATH` where it is set, else one on the path or in its usual
 * place, else the one inside `@sparticuz/chromium`, which is unpacked once into `.cache`.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const { CHROME_PATH: told = '', PATH: path = '' } = process.env;
  if (told !== '') {
    return isProgram(told)
      ? installed(told)
      : { kind: 'missing', why: `CHROME_PATH is ${told}, and there is no program` };
  }
  const folders = path.split(delimiter).filter((each) => each !== '');
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executable = [...paths, ...PLACES].find(isProgram);
  return executable === undefined ? unpackBundled() : installed(executable);
}

function installed(executable: string): FoundBrowser {
  return { kind: 'found', executable, environment: {} };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function unpackBundled(): Promise<FoundBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const why = 'there is no Chromium or Chrome here; install one, or set CHROME_PATH';
    return { kind: 'missing', why };
  }
  try {
    const folder = join(ROOT, '.cache', `chromium-${bundledVersion()}`);
    if (!existsSync(folder)) await unpackInto(folder);
    return {
      kind: 'found',
      executable: join(folder, 'chromium'),
      environment: {
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
        FONTCONFIG_PATH: join(folder, 'fonts'),
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'missing', why: `no Chromium is installed, and ${BUNDLED} failed: ${reason}` };
  }
}

function bundledVersion(): string {
  // The package exports its code alone, so its package.json is found beside it.
  const main = createRequire(import.meta.url).resolve(BUNDLED);
  const manifest: unknown = JSON.parse(readFileSync(join(main, '../../../package.json'), 'utf8'));
  return manifest !== null && typeof manifest === 'object' && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

/** The package unpacks into the temporary folder and looks at the environment while it loads. */
async function unpackInto(folder: string): Promise<void> {
  const before = { ...process.env };
  const part = `${folder}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  try {
    Object.assign(process.env, { TMPDIR: part, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    renameSync(part, folder);
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
  }
}
