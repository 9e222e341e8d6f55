/**
 * Which of the faults in mutants.json the tests see: `npm run mutants`. Each is put into a copy of the checkout, and the
 * test files that load its line are run there, the nearest first, until one is red.
 *
 *     --faults FILE      these faults in place of those in mutants.json
 *     --only ID,ID       only these faults
 *     --areas unit,git   only tests of these areas (else unit and git; those of the editor take minutes each)
 *     --first N          at most N files of each area; what they don't see may still be seen by others
 *     --everyday         only tests that `npm test` runs
 *     --within N         only files from which the line is at most N imports away
 *     --reach FILE       only files that run the function of the fault's line. FILE says which; if it is not there, one
 *                        run of all the tests finds out and writes it
 *     --all              all files that load the line; with it each red test is listed, not only the first
 *     --write FILE       writes the outcome as data, beside what FILE already has
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AREA_NAMES, isAreaName, type AreaName } from '../../scripts/test/areas';
import { lineOf, readFaults, textOf, type Fault } from './faults';
import { Graph, runsBundles, testsOf, type TestFile } from './graph';
import { redOf, UNBUILT, UNENDED, type Red } from './mocha-run';
import { nearestFirst, type Candidate } from './nearest';
import { readReach } from './reach';
import { Scratch } from './scratch';

/** What the tests said of one fault. `tried`: how many files were run, of those that load the line. */
export interface Outcome {
  readonly seen: boolean;
  readonly by?: { readonly area: string; readonly file: string; readonly title: string; readonly why: string };
  readonly tried: Readonly<Record<string, { readonly files: number; readonly of: number }>>;
  readonly stale?: true;
}

interface Near extends Candidate {
  readonly area: AreaName;
  readonly bundles: boolean;
}

/** How many files one run of mocha gets: few at first, since the nearest mostly see it. */
const STEPS = [1, 3, 8, 24];

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const USAGE =
  'npm run mutants -- [--faults FILE] [--only ID,ID] [--areas unit,git] [--everyday] [--first N] [--within N] [--reach FILE] [--all] [--write FILE]';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      faults: { type: 'string' },
      only: { type: 'string' },
      areas: { type: 'string', default: 'unit,git' },
      first: { type: 'string' },
      everyday: { type: 'boolean', default: false },
      within: { type: 'string' },
      reach: { type: 'string' },
      all: { type: 'boolean', default: false },
      write: { type: 'string' },
    },
  });
  const areas = values.areas.split(',');
  const unknownArea = areas.find((name) => !isAreaName(name));
  if (unknownArea !== undefined)
    return refused(`There is no area "${unknownArea}". There are: ${AREA_NAMES.join(', ')}.`);
  const { faults } = readFaults(values.faults);
  const only = values.only?.split(',');
  const unknownId = only?.find((id) => !faults.some((fault) => fault.id === id));
  if (unknownId !== undefined)
    return refused(`There is no fault "${unknownId}" in ${values.faults ?? 'mutants.json'}.`);
  const most = values.first === undefined ? Infinity : Number(values.first);
  const farthest = values.within === undefined ? Infinity : Number(values.within);
  if (!(most >= 1 && farthest >= 1)) return refused('--first and --within take a number from 1.');

  const wanted = faults.filter(({ id }) => only?.includes(id) ?? true);
  const tests = testsOf(areas.filter(isAreaName), values.everyday);
  const near = nearOf(wanted, tests);
  const scratch = Scratch.make();
  process.once('SIGINT', () => {
    scratch.remove();
    process.exit(130);
  });
  const outcomes = new Map<string, Outcome>();
  try {
    const names = tests.map(({ file }) => file);
    const reach =
      values.reach === undefined ? {} : await readReach(values.reach, scratch, wanted, names, values.everyday);
    const runs = new Runs(scratch, values.all, values.everyday);
    for (const [index, fault] of wanted.entries()) {
      if (fault.equivalent !== undefined && only === undefined) {
        print(`${fault.id}: equivalent: ${fault.equivalent}`);
        continue;
      }
      const reaching = reach[fault.id];
      const loading = (near.get(fault.id) ?? []).filter(
        ({ distance, file }) => distance <= farthest && (reaching?.includes(file) ?? true),
      );
      const outcome = await outcomeOf(fault, loading, areas, most, runs);
      outcomes.set(fault.id, outcome);
      print(`${`${String(index + 1)}/${String(wanted.length)}`.padEnd(6)} ${row(fault, outcome)}`);
      if (values.write !== undefined) write(values.write, outcomes);
    }
  } finally {
    scratch.remove();
  }
  const before = values.faults === undefined ? readOutcomes(BASELINE_FILE) : {};
  const lost = wanted.filter(({ id }) => before[id]?.seen === true && outcomes.get(id)?.seen === false);
  if (lost.length > 0) print(`Seen when the faults were drawn, and not now: ${lost.map(({ id }) => id).join(', ')}`);
  const seen = [...outcomes.values()].filter((outcome) => outcome.seen).length;
  const stale = [...outcomes.values()].filter((outcome) => outcome.stale).length;
  if (stale > 0) print(`${String(stale)} stale: their lines are gone. Draw them anew: npx tsx test/mutants/write.ts`);
  print(`\n${String(seen)} seen, ${String(outcomes.size - seen)} not seen`);
  return stale > 0 ? 1 : 0;
}

function refused(why: string): number {
  console.error(`${why}\n${USAGE}`);
  return 2;
}

const row = (fault: Fault, outcome: Outcome): string => {
  const line = lineOf(fault, textOf(fault.file));
  const place = line === undefined ? fault.file : `${fault.file}:${String(line + 1)}`;
  const tried = Object.entries(outcome.tried).map(([area, { files, of }]) => `${area} ${String(files)}/${String(of)}`);
  const seen =
    outcome.by === undefined
      ? `${outcome.stale === true ? 'stale' : 'unseen'} (${tried.join(', ')})`
      : `${outcome.by.area}  ${outcome.by.file}  ${outcome.by.title}`;
  return `${fault.id.padEnd(16)} ${place}  ${seen}`;
};

/** For each fault, by its id: the test files that load its line, the nearest first. */
function nearOf(faults: readonly Fault[], files: readonly TestFile[]): Map<string, Near[]> {
  const graph = new Graph();
  const tests = files.map((test) => ({ ...test, distances: graph.distancesFrom(test.file) }));
  return new Map(
    faults.map((fault): [string, Near[]] => {
      const loading = tests.flatMap(({ file, text, area, distances }) => {
        const distance = distances.get(fault.file);
        return distance === undefined ? [] : [{ file, text, area, distance, bundles: runsBundles(distances) }];
      });
      return [fault.id, nearestFirst(loading, fault.file, fault.before)];
    }),
  );
}

const nameOf = (test: { readonly file: string; readonly title: string } | undefined): string =>
  test === undefined ? '' : `${test.file}: ${test.title}`;

/** The runs of one scratch copy. A test that is red without any fault, or not red again with it, sees nothing. */
class Runs {
  /** Whether a test is red without any fault: most often because the machine is busy, and it has a limit of time. */
  private readonly redWithout = new Map<string, boolean>();
  private built = 'nothing';

  constructor(
    readonly scratch: Scratch,
    readonly listsAll: boolean,
    readonly everyday: boolean,
  ) {}

  /** The first red test of these files that is red because of the fault. */
  async seenBy(fault: Fault, files: readonly Near[]): Promise<Red | undefined> {
    for (const red of await this.red([fault], files)) {
      if (red.file === '') return this.seenOneByOne(fault, files);
      if (this.listsAll) print(`       ${fault.id}: ${nameOf(red)}`);
      const file = files.find((near) => near.file === red.file);
      if (file === undefined) continue;
      if (await this.isOfFault(fault, file, red)) return red;
      if (!this.listsAll) return this.seenBy(fault, files.slice(files.indexOf(file) + 1)); // it stopped there
    }
    return undefined;
  }

  /** Alone first. A test that goes on from the tests above it may say nothing alone: then its whole file decides. */
  private async isOfFault(fault: Fault, file: Near, red: Red): Promise<boolean> {
    for (const title of [red.title, undefined]) {
      const isRed = async (faults: readonly Fault[]): Promise<boolean> =>
        (await this.red(faults, [file], title)).some((again) => again.title === red.title);
      const name = `${nameOf(red)} ${title === undefined ? '(its file)' : ''}`;
      if (this.redWithout.get(name) === true || !(await isRed([fault]))) continue;
      const without = this.redWithout.get(name) ?? (await isRed([]));
      this.redWithout.set(name, without);
      if (!without) return true;
    }
    return false;
  }

  /** One of them ended the run before its tests began. */
  private async seenOneByOne(fault: Fault, files: readonly Near[]): Promise<Red | undefined> {
    if (files.length < 2) return undefined;
    for (const file of files) {
      const seen = await this.seenBy(fault, [file]);
      if (seen !== undefined) return seen;
    }
    return undefined;
  }

  private async red(faults: readonly Fault[], files: readonly Near[], title?: string): Promise<Red[]> {
    if (files.length === 0) return [];
    this.scratch.apply(faults);
    if (files.some(({ bundles }) => bundles) && !this.build(faults))
      return [{ file: files[0]?.file ?? '', title: UNBUILT, why: 'the programs cannot be built' }];
    const isWhole = title === undefined || title === UNENDED || title === UNBUILT;
    return redOf(
      this.scratch.top,
      files.map(({ file }) => file),
      { stopAtFirst: !this.listsAll, everyday: this.everyday, ...(isWhole ? {} : { title }) },
    );
  }

  private build(faults: readonly Fault[]): boolean {
    const ids = faults.map(({ id }) => id).join(' ');
    if (this.built === ids) return true;
    this.built = 'nothing';
    const works = this.scratch.build();
    if (works) this.built = ids;
    return works;
  }
}

async function outcomeOf(
  fault: Fault,
  near: readonly Near[],
  areas: readonly string[],
  most: number,
  runs: Runs,
): Promise<Outcome> {
  const tried: Record<string, { files: number; of: number }> = {};
  if (runs.scratch.apply([fault]).length > 0) return { seen: false, tried, stale: true };
  for (const area of areas) {
    const all = near.filter((test) => test.area === area);
    const open = all.slice(0, most);
    tried[area] = { files: 0, of: all.length };
    for (let step = 0; open.length > 0; step++) {
      const files = open.splice(0, STEPS[Math.min(step, STEPS.length - 1)]);
      const red = await runs.seenBy(fault, files);
      tried[area].files += files.length;
      if (red !== undefined) return { seen: true, by: { area, ...red }, tried };
    }
  }
  return { seen: false, tried };
}

/** What the suite saw on the day that the faults were drawn. */
const BASELINE_FILE = path.join(import.meta.dirname, 'baseline.json');

type Outcomes = Readonly<Record<string, Outcome>>;

const readOutcomes = (file: string): Outcomes =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcomes) : {}; // ours

/** Keeps what the file says of other faults; what an earlier run saw, with other areas, stays seen. */
function write(file: string, outcomes: ReadonlyMap<string, Outcome>): void {
  const old = readOutcomes(file);
  const merged: Record<string, Outcome> = { ...old };
  for (const [id, outcome] of outcomes) {
    const before = old[id];
    if (outcome.seen || before?.seen !== true)
      merged[id] = { ...outcome, tried: { ...before?.tried, ...outcome.tried } };
  }
  writeFileSync(file, `${JSON.stringify(merged, undefined, 2)}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
