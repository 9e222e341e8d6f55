/** Runs test files in the scratch copy, and hears which test was red first. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Red {
  /** Relative to the top; empty when the tests could not even be loaded. */
  readonly file: string;
  readonly title: string;
  readonly why: string;
}

/** The titles of what is no test. */
export const UNENDED = 'the tests end';
export const UNBUILT = 'the programs are built';

/** What mocha's reporter `json-stream` says: one event a line. */
type Event = readonly [
  'fail' | 'pass' | 'start' | 'end',
  { readonly fullTitle?: string; readonly file?: string; readonly err?: string },
];

/**
 * Milliseconds without any test that ends, after which a run counts as hung: that is red, too. A busy machine must not
 * be mistaken for a fault, neither here nor by mocha's own limit.
 */
export const PATIENCE = 20 * 60_000;

/** The red tests, only the first when `stopAtFirst`. Where no test could be loaded there is one without a file. */
export function redOf(
  top: string,
  files: readonly string[],
  {
    stopAtFirst,
    title,
    everyday = false,
  }: { readonly stopAtFirst: boolean; readonly title?: string; readonly everyday?: boolean },
): Promise<Red[]> {
  const words = [
    ...['--import', 'tsx', path.join('node_modules', 'mocha', 'bin', '_mocha'), '--reporter', 'json-stream', '--exit'],
    '--timeout',
    String(PATIENCE),
    ...(stopAtFirst ? ['--bail'] : []),
    ...(title === undefined ? [] : ['--fgrep', title]),
    ...files,
  ];
  const env = { ...process.env, ...(everyday ? { LINEKEEPER_TESTS: 'everyday' } : {}) };
  const child = spawn(process.execPath, words, { cwd: top, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const reds: Red[] = [];
  let ended = false;
  let errors = '';
  const hung = setTimeout(() => {
    errors = `no test ended for ${String(PATIENCE / 1000)} s`;
    child.kill('SIGKILL');
  }, PATIENCE);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    hung.refresh();
    if (!/^\["(?:fail|pass|start|end)",/.test(line)) return;
    const [kind, { fullTitle = '', file = '', err = '' }] = JSON.parse(line) as Event; // from mocha
    if (kind === 'end') ended = true;
    if (kind === 'fail') reds.push({ file: path.relative(top, file), title: fullTitle, why: err.split('\n')[0] ?? '' });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(hung);
      if (!ended && reds.length === 0)
        reds.push({
          file: files.length === 1 ? (files[0] ?? '') : '',
          title: UNENDED,
          why:
            errors
              .trim()
              .split('\n')
              .find((line) => /error|hung|no test/i.test(line)) ?? `mocha ended with ${String(code)}`,
        });
      resolve(reds);
    });
  });
}
