/** Mocha's reporter for a run in a process of its own. */
import { inspect } from 'node:util';
import Mocha, { reporters, type MochaOptions, type Runner } from 'mocha';
import { placeInSource, sourceOf } from './compiled-names';
import { MARK, type TestEvent, type TestPlace } from './events';

const { EVENT_TEST_PASS, EVENT_TEST_PENDING, EVENT_TEST_FAIL, EVENT_TEST_RETRY, EVENT_RUN_END } =
  Mocha.Runner.constants;

class EventReporter extends reporters.Base {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const send = (event: TestEvent): void => {
      process.stdout.write(`\n${MARK}${JSON.stringify(event)}\n`);
    };
    runner.on(EVENT_TEST_PASS, (test: Mocha.Test) => {
      send({ kind: 'pass', ...placeOf(test) });
    });
    runner.on(EVENT_TEST_PENDING, (test: Mocha.Test) => {
      send({ kind: 'skip', ...placeOf(test) });
    });
    runner.on(EVENT_TEST_FAIL, (test: Mocha.Runnable, error: unknown) => {
      send({ kind: 'fail', ...placeOf(test), why: explain(error) });
    });
    runner.on(EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) => {
      send({ kind: 'retry', ...placeOf(test), why: explain(error) });
    });
    runner.on(EVENT_RUN_END, () => {
      send({ kind: 'end' });
    });
  }
}

/** Of a test, or of a hook that failed. */
function placeOf(test: Mocha.Runnable): TestPlace {
  const suites = test.titlePath().slice(0, -1);
  return { file: sourceOf(test.file ?? ''), suite: suites[0] ?? '', title: test.fullTitle() };
}

/** What an assertion compared is already in its message. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const cause = error.cause === undefined ? [] : [`Because of: ${explain(error.cause)}`];
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node:internal|node_modules/.test(line));
  return [error.message, ...places.map(placeInSource), ...cause].join('\n');
}

export = EventReporter; // what mocha requires of a reporter's file
