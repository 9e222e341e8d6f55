/**
 * As much of mocha as unit tests need, for a process under Wine: runs what a bundle of test files describes, and writes
 * one line of JSON for each test.
 */
import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

for (const [name, fd] of [
  ['stdout', 1],
  ['stderr', 2],
] as const)
  Object.defineProperty(process, name, {
    value: new Writable({
      write(chunk: Buffer, _encoding, done) {
        writeSync(fd, chunk);
        done();
      },
    }),
  });

type Body = (this: Context) => unknown;
interface Context {
  readonly timeout: () => void;
  readonly skip: () => never;
}
interface Suite {
  readonly title: string;
  readonly above: Suite | undefined;
  readonly hooks: Readonly<Record<'before' | 'after' | 'beforeEach' | 'afterEach', Body[]>>;
  readonly run: (() => Promise<void>)[];
}

const SKIPPED = new Error('skipped');
const context: Context = {
  timeout: () => undefined,
  skip: () => {
    throw SKIPPED;
  },
};
const suiteOf = (title: string, above: Suite | undefined): Suite => ({
  title,
  above,
  hooks: { before: [], after: [], beforeEach: [], afterEach: [] },
  run: [],
});
const top = suiteOf('', undefined);
let current = top;

async function call(bodies: readonly Body[]): Promise<void> {
  for (const body of bodies) await body.call(context);
}

const lineage = (suite: Suite | undefined): Suite[] => (suite ? [...lineage(suite.above), suite] : []);

function describeSuite(title: string, body: Body): void {
  const suite = suiteOf(title, current);
  const outside = current;
  current = suite;
  body.call(context);
  current = outside;
  outside.run.push(async () => {
    await call(suite.hooks.before);
    for (const one of suite.run) await one();
    await call(suite.hooks.after);
  });
}

function test(title: string, body: Body): void {
  const suite = current;
  suite.run.push(async () => {
    const suites = lineage(suite);
    let problem: unknown;
    try {
      for (const { hooks } of suites) await call(hooks.beforeEach);
      await body.call(context);
    } catch (error) {
      problem = error;
    }
    for (const { hooks } of [...suites].reverse()) await call(hooks.afterEach);
    const name = [...suites.slice(1).map((one) => one.title), title].join(' ');
    const outcome = problem === undefined ? 'passed' : problem === SKIPPED ? 'skipped' : 'failed';
    const why = outcome === 'failed' ? { why: problem instanceof Error ? problem.message : String(problem) } : {};
    writeSync(1, `${JSON.stringify({ name, outcome, ...why })}\n`);
  });
}

const hook =
  (kind: keyof Suite['hooks']) =>
  (body: Body): void =>
    void current.hooks[kind].push(body);

Object.assign(globalThis, {
  describe: describeSuite,
  it: test,
  before: hook('before'),
  after: hook('after'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
});

/** Runs everything that was described. */
export async function runAll(): Promise<void> {
  for (const one of top.run) await one();
}
