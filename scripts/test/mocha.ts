/** One mocha run in a process of its own, followed test by test. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TOP } from './areas';
import { MARK, type TestEvent } from './events';

export interface Failure {
  readonly title: string;
  readonly why: string;
}

/** How long one test took, including its set-up and the clean-up before it. */
export interface TestTime {
  /** Relative to the top. */
  readonly file: string;
  readonly title: string;
  readonly milliseconds: number;
}

export interface MochaResult {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** Tests that passed only when they were tried again, with what the first try failed of. */
  readonly retried: readonly Failure[];
  readonly times: readonly TestTime[];
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
const REPORTER = path.join(import.meta.dirname, 'reporter.ts');

/**
 * Other people's programs (a key press in the real editor, an agent's session) may be slow on a busy machine: such a
 * test gets two more tries, each from its own beginning. What is broken fails each time.
 */
const OTHERS = ['editor', 'agents'].map((area) => path.join('test', area));
const triesOf = (files: readonly string[]): readonly string[] =>
  files.every((file) => OTHERS.some((area) => file.startsWith(area))) ? ['--retries', '2'] : [];

/** `title: message`, on one line. */
export const firstLine = ({ title, why }: Failure): string => `${title}: ${(why.split('\n')[0] ?? '').slice(0, 200)}`;

/** Runs these test files. Never throws: a run that does not finish is a failure. */
export function runMocha(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
  listener: Listener,
): Promise<MochaResult> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', MOCHA, '--reporter', REPORTER, ...triesOf(files), ...files],
    { cwd: TOP, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const failures: Failure[] = [];
  const times: TestTime[] = [];
  let before = Date.now();
  const tries = new Map<string, string[]>();
  let passed = 0;
  let skipped = 0;
  let errors = '';
  let timer: NodeJS.Timeout | undefined;

  const heard = (event: TestEvent): void => {
    if (event.kind === 'skip') skipped++;
    if (event.kind === 'pass') {
      passed++;
      times.push({ file: path.relative(TOP, event.file), title: event.title, milliseconds: Date.now() - before });
      listener.test(true);
    }
    if (event.kind === 'fail') {
      // The first error is the cause more often than the last one.
      const earlier = (tries.get(event.title) ?? []).map((why, index) => `\ntry ${String(index + 1)}: ${why}`);
      failures.push({ title: event.title, why: [event.why, ...earlier].join('') });
      listener.test(false);
      listener.line(`failed: ${firstLine(event)}`);
    }
    if (event.kind === 'retry') {
      tries.set(event.title, [...(tries.get(event.title) ?? []), event.why]);
      listener.line(`once more: ${firstLine(event)}`);
    }
    before = Date.now();
    if (event.kind === 'end') {
      timer = setTimeout(() => {
        failures.push({
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
        failures.push({
          title: files.join(' '),
          why: `The tests did not come to their end: ${how}\n${errors}`.trimEnd(),
        });
      const failed = new Set(failures.map(({ title }) => title));
      const retried = [...tries].flatMap(([title, [why = '']]) => (failed.has(title) ? [] : [{ title, why }]));
      resolve({ passed, skipped, failures, retried, times });
    };
    child.on('error', (error) => {
      finish(error.message);
    });
    child.on('close', (code, signal) => {
      finish(`mocha ended with ${String(code ?? signal)}`);
    });
  });
}
