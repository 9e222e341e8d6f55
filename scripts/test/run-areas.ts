/** Runs areas of tests and counts. */
import { availableParallelism } from 'node:os';
import { areaOf, AREAS, type Area, type AreaName, type Need } from './areas';
import { batches } from './batches';
import { makeMemoryFolder, removeMemoryFolder } from './memory-folder';
import { provide, type Environment } from './needs';
import { runMocha, type Failure, type Listener, type TestResult } from './mocha';
import { suitesToRepeat, withRepeated } from './repeat';
import { startProgress } from './progress';

export interface AreaResult {
  readonly area: AreaName;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** Tests that passed only when they were tried again, with what the first try failed of. */
  readonly retried: readonly Failure[];
  readonly tests: readonly TestResult[];
  /** Milliseconds from the start of its first file to the end of its last. */
  readonly took: number;
}

/**
 * Runs those of the files that are of these areas in parallel. Suites that failed beside others are run once more from
 * their beginning, where other people's programs take part: when the rest of their area is done, and then alone.
 */
export async function runAreas(
  names: readonly AreaName[],
  files: readonly string[],
  say: (line: string) => void,
  env: Environment = {},
): Promise<AreaResult[]> {
  const processors = availableParallelism();
  const memory = makeMemoryFolder();
  const tallies = names.map((area) => {
    const { inMemory = false }: Area = AREAS[area];
    return new Tally(area, env, inMemory && memory !== undefined ? { TMPDIR: memory } : {});
  });
  const progress = startProgress(names.join(', '));
  const runs: Run[] = [];
  let before: Promise<unknown> = Promise.resolve();
  for (const tally of tallies) {
    // One after another, since they build; whoever needs nothing begins at once.
    before = before.then(() => tally.prepare(say));
    const ready = before;
    runs.push(
      ...batchesOf(tally.area, files, processors).map((batch, _index, all) => ({
        hasWindow: (AREAS[tally.area].needs as readonly Need[]).includes('editor'),
        start: async () => {
          await ready;
          await tally.run(batch, progress);
          if (++tally.batches === all.length) await tally.repeat(progress);
        },
      })),
    );
  }
  await inParallel(runs, processors);
  if (memory !== undefined) removeMemoryFolder(memory);
  for (const tally of tallies) await tally.repeat(progress);
  progress.end();
  return tallies.map((tally) => tally.result());
}

function batchesOf(name: AreaName, files: readonly string[], processors: number): readonly string[][] {
  const made = batches(
    files.filter((file) => areaOf(file) === name),
    AREAS[name],
    processors,
  );
  return name === 'editor' && process.env['LINEKEEPER_ONE_EDITOR'] ? [made.flat()] : made;
}

class Tally {
  readonly broken: Failure[] = [];
  /** How many have ended. */
  batches = 0;
  /** Undefined when what its tests need is not there. */
  private env: Environment | undefined;
  private tests: readonly TestResult[] = [];
  private started: number | undefined;
  private ended = 0;

  constructor(
    readonly area: AreaName,
    private readonly given: Environment,
    private readonly places: Environment,
  ) {}

  /** Makes what its tests need. */
  async prepare(say: (line: string) => void): Promise<void> {
    try {
      this.env = { ...this.given, ...(await provide(AREAS[this.area].needs, say)) };
    } catch (error) {
      this.broken.push({
        title: `${this.area}: what its tests need is not there`,
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Nothing is run when what the tests need is not there. */
  async run(files: readonly string[], listener: Listener): Promise<void> {
    if (this.env === undefined) return;
    this.started ??= Date.now();
    const { tests, broken } = await runMocha(files, { ...this.env, ...this.places }, listener);
    this.tests = [...this.tests, ...tests];
    this.broken.push(...broken);
    this.ended = Date.now();
  }

  async repeat(listener: Listener): Promise<void> {
    const { repeats = false }: Area = AREAS[this.area];
    if (!repeats || this.env === undefined) return;
    for (const { file, suite } of suitesToRepeat(this.tests)) {
      listener.line(`once more: ${file}, ${suite}`);
      const { tests, broken } = await runMocha([file], this.env, listener, suite);
      if (broken.length === 0) this.tests = withRepeated(this.tests, tests, { file, suite });
      this.ended = Date.now();
    }
  }

  result(): AreaResult {
    const { area, tests, started } = this;
    const withOutcome = (outcome: TestResult['outcome']): TestResult[] =>
      tests.filter((test) => test.outcome === outcome);
    const whyOf = ({ title, why }: TestResult): Failure[] => (why === undefined ? [] : [{ title, why }]);
    const passed = withOutcome('passed');
    const skipped = withOutcome('skipped').length;
    const failures = [...withOutcome('failed').flatMap(whyOf), ...this.broken];
    const nothing: Failure = {
      title: area,
      why: `No test of ${area} ran${skipped > 0 ? `: all ${String(skipped)} were skipped` : ''}.`,
    };
    const { maySkip = false }: Area = AREAS[area];
    const isNothing = passed.length + failures.length === 0 && !(maySkip && skipped > 0);
    return {
      area,
      passed: passed.length,
      skipped,
      failures: isNothing ? [nothing] : failures,
      retried: passed.flatMap(whyOf),
      tests,
      took: started === undefined ? 0 : this.ended - started,
    };
  }
}

interface Run {
  /** An editor is drawn while it runs, which takes a processor: they are as many as there are processors at most. */
  readonly hasWindow: boolean;
  readonly start: () => Promise<void>;
}

/** Keeps two processes more than there are processors: they wait for programs that they start, and for time to pass. */
export async function inParallel(runs: readonly Run[], processors: number): Promise<void> {
  const left = [...runs];
  const worker = async (mayDraw: boolean): Promise<void> => {
    const take = (): Run | undefined => {
      const at = left.findIndex(({ hasWindow }) => mayDraw || !hasWindow);
      return at < 0 ? undefined : left.splice(at, 1)[0];
    };
    for (let run = take(); run; run = take()) await run.start();
  };
  await Promise.all([...Array.from({ length: processors }, () => worker(true)), worker(false), worker(false)]);
}
