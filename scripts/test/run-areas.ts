/** Runs areas of tests and counts. */
import { availableParallelism } from 'node:os';
import { AREAS, filesOf, type Area, type AreaName } from './areas';
import { batches } from './batches';
import { provide, type Environment } from './needs';
import { runMocha, type Failure, type Listener, type TestTime } from './mocha';
import { startProgress } from './progress';

export interface AreaResult {
  readonly area: AreaName;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  readonly retried: readonly Failure[];
  readonly times: readonly TestTime[];
  /** Milliseconds from the start of its first file to the end of its last. */
  readonly took: number;
}

/** Areas that run in parallel, in groups. */
export function groupsOf(names: readonly AreaName[]): AreaName[][] {
  const rounds = [...new Set(names.map((name) => AREAS[name].round))].sort((a, b) => a - b);
  return rounds.map((round) => names.filter((name) => AREAS[name].round === round));
}

/** Which files of an area to run. */
export type Choice = (area: AreaName, files: readonly string[]) => readonly string[];

/** Runs the areas of a group in parallel, with as many processes as the machine has processors. */
export async function runGroup(
  names: readonly AreaName[],
  say: (line: string) => void,
  choose: Choice = (_area, files) => files,
): Promise<AreaResult[]> {
  const processors = availableParallelism();
  const tallies = names.map((area) => new Tally(area));
  const runs: (() => Promise<void>)[] = [];
  for (const tally of tallies) {
    const area: Area = AREAS[tally.area];
    try {
      const env = await provide(area.needs, say);
      runs.push(
        ...batches(choose(tally.area, filesOf(area)), area, processors).map(
          (files) => () => tally.run(files, env, progress),
        ),
      );
    } catch (error) {
      tally.failures.push({
        title: `${tally.area}: what its tests need is not there`,
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const progress = startProgress(names.join(', '));
  await inParallel(runs, names.includes('editor') && process.env['LINEKEEPER_ONE_EDITOR'] ? 1 : processors);
  progress.end();
  return tallies.map((tally) => tally.result());
}

class Tally {
  readonly failures: Failure[] = [];
  private readonly retried: Failure[] = [];
  private readonly times: TestTime[] = [];
  private passed = 0;
  private skipped = 0;
  private started: number | undefined;
  private ended = 0;

  constructor(readonly area: AreaName) {}

  async run(files: readonly string[], env: Environment, listener: Listener): Promise<void> {
    this.started ??= Date.now();
    const { passed, skipped, failures, retried, times } = await runMocha(files, env, listener);
    this.times.push(...times);
    this.passed += passed;
    this.skipped += skipped;
    this.failures.push(...failures);
    this.retried.push(...retried);
    this.ended = Date.now();
  }

  result(): AreaResult {
    const { area, passed, skipped, retried, times } = this;
    const nothing: Failure = {
      title: area,
      why: `No test ran in ${AREAS[area].folder}${skipped > 0 ? `: all ${String(skipped)} were skipped` : ''}.`,
    };
    const { maySkip = false }: Area = AREAS[area];
    const isNothing = passed + this.failures.length === 0 && !(maySkip && skipped > 0);
    const failures = isNothing ? [nothing] : this.failures;
    return {
      area,
      passed,
      skipped,
      failures,
      retried,
      times,
      took: this.started === undefined ? 0 : this.ended - this.started,
    };
  }
}

async function inParallel(work: readonly (() => Promise<void>)[], workers: number): Promise<void> {
  const left = [...work];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) await next();
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
