/** Runs areas of tests and counts. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { AREAS, filesOf, type Area, type AreaName } from './areas';
import { provide, type Environment } from './needs';
import { runMocha, type Failure, type Listener, type TestTime } from './mocha';
import { startProgress } from './progress';

export interface AreaResult {
  readonly area: AreaName;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  readonly times: readonly TestTime[];
  /** Milliseconds from the start of its first file to the end of its last. */
  readonly took: number;
}

/** Areas that may run in parallel, in groups. */
export function groupsOf(names: readonly AreaName[]): AreaName[][] {
  const alone = (name: AreaName): boolean => AREAS[name].atOnce === 'all';
  return [names.filter((name) => !alone(name)), ...names.filter(alone).map((name) => [name])].filter(
    (group) => group.length > 0,
  );
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
  await inParallel(runs, processors);
  progress.end();
  return tallies.map((tally) => tally.result());
}

class Tally {
  readonly failures: Failure[] = [];
  private readonly times: TestTime[] = [];
  private passed = 0;
  private skipped = 0;
  private started: number | undefined;
  private ended = 0;

  constructor(readonly area: AreaName) {}

  async run(files: readonly string[], env: Environment, listener: Listener): Promise<void> {
    this.started ??= Date.now();
    const { passed, skipped, failures, times } = await runMocha(files, env, listener);
    this.times.push(...times);
    this.passed += passed;
    this.skipped += skipped;
    this.failures.push(...failures);
    this.ended = Date.now();
  }

  result(): AreaResult {
    const { area, passed, skipped, times } = this;
    const nothing: Failure = {
      title: area,
      why: `No test ran in ${AREAS[area].folder}${skipped > 0 ? `: all ${String(skipped)} were skipped` : ''}.`,
    };
    const { maySkip = false }: Area = AREAS[area];
    const isNothing = passed + this.failures.length === 0 && !(maySkip && skipped > 0);
    const failures = isNothing ? [nothing] : this.failures;
    return { area, passed, skipped, failures, times, took: this.started === undefined ? 0 : this.ended - this.started };
  }
}

/** An editor keeps two processors busy: with fewer than this, two in parallel are slower than one after the other. */
const PROCESSORS_FOR_TWO = 4;

/** What each mocha process runs. */
function batches(files: readonly string[], { atOnce, apart = [] }: Area, processors: number): string[][] {
  if (atOnce === 'all') {
    const isApart = (file: string): boolean => apart.includes(path.basename(file));
    const [late, others] = [files.filter(isApart), files.filter((file) => !isApart(file))];
    return (processors >= PROCESSORS_FOR_TWO ? [late, others] : [[...others, ...late]]).filter(
      (batch) => batch.length > 0,
    );
  }
  const made: string[][] = [];
  for (let start = 0; start < files.length; start += atOnce) made.push(files.slice(start, start + atOnce));
  return made;
}

async function inParallel(work: readonly (() => Promise<void>)[], workers: number): Promise<void> {
  const left = [...work];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) await next();
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
