/** One mocha run in a process of its own, followed test by test. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { mocha as SETTINGS } from '../../package.json';
import { areaOf, AREAS, TOP, type Area, type Need } from './areas';
import { mayCompile } from './compiled';
import { compiledOf } from './compiled-names';
import { MARK, type TestEvent, type TestPlace } from './events';

export interface Failure {
  readonly title: string;
  readonly why: string;
}

/** How one test, or a hook that failed, ended. */
export interface TestResult extends TestPlace {
  /** Relative to the top; empty for a hook outside of all files. */
  readonly file: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or, if it passed only when it was tried again, why its first try failed. */
  readonly why?: string;
  /** Including its set-up and the clean-up before it. */
  readonly milliseconds: number;
  /** Milliseconds of processor in the same time, with those of programs that ended in it. 0 where it is unknown. */
  readonly processor: number;
}

export interface MochaResult {
  readonly tests: readonly TestResult[];
  /** Why the run did not come to its end. */
  readonly broken: readonly Failure[];
}

export interface Listener {
  readonly test: (passed: boolean) => void;
  /** What a test prints, line by line. */
  readonly line: (text: string) => void;
}

/** Milliseconds that a run may take to exit by itself after its last test. */
const PATIENCE = 30_000;

/** The script that runs the tests itself: `bin/mocha.js` starts it in another process, which would survive a kill. */
const MOCHA = path.join(path.dirname(createRequire(import.meta.url).resolve('mocha/package.json')), 'bin', '_mocha');
const REPORTER = path.join(TOP, 'scripts', 'test', 'reporter.ts');

/** What is broken fails each time. */
const triesOf = (files: readonly string[]): readonly string[] => (files.every(mayRetry) ? ['--retries', '2'] : []);

function mayRetry(file: string): boolean {
  const area = areaOf(file);
  if (area === undefined) return false;
  const { retries = false }: Area = AREAS[area];
  return retries;
}

/** Their areas need what `compileTests` made, and it made all of them. */
const runCompiled = (files: readonly string[]): boolean =>
  mayCompile &&
  files.every((file) => {
    const area = areaOf(file);
    const isWanted = area !== undefined && (AREAS[area].needs as readonly Need[]).includes('compiled');
    return isWanted && existsSync(compiledOf(path.resolve(TOP, file)));
  });

/** The words after Node's that run mocha with these files. */
function wordsOf(files: readonly string[], words: readonly string[]): string[] {
  if (!runCompiled(files)) return ['--import', 'tsx', MOCHA, '--reporter', REPORTER, ...words, ...files];
  const place = (file: string): string => compiledOf(path.resolve(TOP, file));
  return [
    // Of packages that only Node's newer loader could read, until Node 20.19.
    '--disable-warning=ExperimentalWarning',
    ...['--require', place('scripts/test/compiled-loader.ts'), MOCHA, '--no-package', '--reporter', place(REPORTER)],
    ...SETTINGS.require.flatMap((file) => ['--require', place(file)]),
    ...['--timeout', String(SETTINGS.timeout), ...words],
    ...files.map(place),
  ];
}

/**
 * Milliseconds of processor that a process and its ended children have used. 0 where the system has no `/proc`.
 * A tick is 10 ms on each Linux that Node runs on (proc_pid_stat(5): utime, stime, cutime, cstime).
 */
function processorTime(id: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${String(id)}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  } catch {
    return 0;
  }
}

/** `title: message`, on one line. */
export const firstLine = ({ title, why }: Failure): string => `${title}: ${(why.split('\n')[0] ?? '').slice(0, 200)}`;

/** Where to look for what ended a run of many files: none of its later tests was heard of. */
function lastOf(tests: readonly TestResult[]): string {
  const last = tests.at(-1);
  return last === undefined ? 'No test had ended.\n' : `The last test that ended: ${last.file}, ${last.title}\n`;
}

/** Runs these test files, or one `suite` of them. Never throws: a run that does not finish is a failure. */
export function runMocha(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
  listener: Listener,
  suite?: string,
): Promise<MochaResult> {
  const only = suite === undefined ? [] : ['--fgrep', suite];
  const child = spawn(process.execPath, wordsOf(files, [...triesOf(files), ...only]), {
    cwd: TOP,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const broken: Failure[] = [];
  const tests: TestResult[] = [];
  let before = Date.now();
  let processorBefore = 0;
  const tries = new Map<string, string[]>();
  let errors = '';
  let timer: NodeJS.Timeout | undefined;

  const end = (place: TestPlace, outcome: TestResult['outcome'], why?: string): void => {
    tests.push({
      file: place.file === '' ? '' : path.relative(TOP, place.file),
      suite: place.suite,
      title: place.title,
      outcome,
      ...(why === undefined ? {} : { why }),
      milliseconds: Date.now() - before,
      processor: processorTime(child.pid) - processorBefore,
    });
  };
  const heard = (event: TestEvent): void => {
    if (event.kind === 'skip') end(event, 'skipped');
    if (event.kind === 'pass') {
      end(event, 'passed', tries.get(event.title)?.[0]);
      listener.test(true);
    }
    if (event.kind === 'fail') {
      // The first error is the cause more often than the last one.
      const earlier = (tries.get(event.title) ?? []).map((why, index) => `\ntry ${String(index + 1)}: ${why}`);
      end(event, 'failed', [event.why, ...earlier].join(''));
      listener.test(false);
      listener.line(`failed: ${firstLine(event)}`);
    }
    if (event.kind === 'retry') {
      tries.set(event.title, [...(tries.get(event.title) ?? []), event.why]);
      listener.line(`once more: ${firstLine(event)}`);
    }
    before = Date.now();
    processorBefore = processorTime(child.pid);
    if (event.kind === 'end') {
      timer = setTimeout(() => {
        broken.push({
          title: files.join(' '),
          why: `The tests were over, and something in them kept their process alive for another ${String(PATIENCE / 1000)} s.`,
        });
        child.kill('SIGKILL');
      }, PATIENCE);
    }
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (text.startsWith(MARK))
      heard(JSON.parse(text.slice(MARK.length)) as TestEvent); // from our reporter
    else if (text.trim() !== '') listener.line(text);
  });
  createInterface({ input: child.stderr }).on('line', (text) => {
    errors = `${errors}${text}\n`.slice(-20_000);
    listener.line(text);
  });
  return new Promise((resolve) => {
    const finish = (how: string): void => {
      clearTimeout(timer);
      if (timer === undefined)
        broken.push({
          title: files.join(' '),
          why: `The tests did not come to their end: ${how}\n${lastOf(tests)}${errors}`.trimEnd(),
        });
      resolve({ tests, broken });
    };
    child.on('error', (error) => {
      finish(error.message);
    });
    child.on('close', (code, signal) => {
      finish(`mocha ended with ${String(code ?? signal)}`);
    });
  });
}
