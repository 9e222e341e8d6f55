/** Checks of CI that leave, run in fewer cases, or may fail under a condition. */
import { anyOf, either } from '../../../base/patterns';
import { CHECKS, label } from '../../ci-job-words';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import {
  entriesOf,
  get,
  isYes,
  itemsBeyond,
  itemsOf,
  named,
  same,
  sidesOf,
  textAt,
  textsOf,
  type Tree,
} from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import { isGithub } from '../ci/github-workflows';
import { stepsOf, triggersOf } from '../ci/untrusted-checkouts-and-injections';
import { EITHER, isRemark, KINDS, runsIn } from './checking-programs';

/** By its name, a job or step that checks. Whatever builds or signs is none. */
export const CHECKS_BY_NAME = anyOf(
  String.raw`(?:unit|smoke|pre|post|end2end)?tests? testing lint\w* checks? e2e type-?check\w* scan\w* audit\w* clippy coverage verif\w+ validat\w+
  specs? integration security codeql sast miri fuzz\w* valgrind \w?san sanitizers? quality format fmt static-analysis analy[sz]e
  spell\w* codespell typos actionlint commitlint msrv semver udeps compat\w* a11y accessibility lighthouse acceptance regression pre-?commit`,
  { before: '(?:^|[^a-z])(?:', after: ')(?![a-z])', flags: 'i' },
);

/** A job of a pipeline: its name, what it is made of, and its steps where it has some. */
interface Job {
  readonly id: string;
  readonly tree: Tree;
}

const KEYWORDS =
  /^(?:default|include|stages|variables|workflow|image|services|cache|before_script|after_script|pages|\..*)$/;

function jobsOf(path: string, tree: Tree | undefined): readonly Job[] {
  const jobs =
    get(tree, 'jobs') ?? (/woodpecker|drone/i.test(path) ? (get(tree, 'steps') ?? get(tree, 'pipeline')) : undefined);
  const all =
    jobs === undefined && /gitlab/i.test(path)
      ? entriesOf(tree).filter(([id, job]) => !KEYWORDS.test(id) && job.map !== null)
      : [
          ...entriesOf(jobs),
          ...(jobs?.list ?? []).flatMap((job) => {
            const name = textAt(job, 'name');
            return name === undefined ? [] : [[name, job] as const];
          }),
        ];
  return all.map(([id, job]) => ({ id, tree: job }));
}

function jobsOnBothSides(change: Change): readonly [before: readonly Job[], after: readonly Job[]] {
  const sides = sidesOf(change);
  return [jobsOf(change.path, sides?.before[0]), jobsOf(change.path, sides?.after[0])];
}

const runOf = (step: Tree | undefined): string =>
  textAt(step, 'run') ??
  textAt(step, 'run', 'command') ??
  textAt(step, 'uses')?.replace(/@.*$/, '') ??
  step?.text ??
  '';
const commandsOf = (job: Tree): readonly string[] =>
  [...stepsOf(job).map(runOf), ...textsOf(get(job, 'script')), ...textsOf(get(job, 'uses'))].flatMap(linesOf);
const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());
const checksSomething = ({ id, tree }: Job): boolean =>
  (CHECKS_BY_NAME.test(`${id} ${textAt(tree, 'name') ?? ''}`) && !DOES_OTHERWISE.test(id)) ||
  commandsOf(tree).some((line) => EITHER.test(line));

/** Of a job that cleans up after tests only the name has the word. */
const DOES_OTHERWISE = /^(?:clean(?:[_-]?up)?|delete|destroy|prune|purge|remove)[_-]/i;

const isCheckingStep = (step: Tree): boolean =>
  EITHER.test(runOf(step)) ||
  (CHECKS_BY_NAME.test(`${textAt(step, 'name') ?? ''} ${textAt(step, 'id') ?? ''}`) && !onlySays(step));

/** A step that writes values to the log, whatever it is called. */
const onlySays = (step: Tree): boolean => {
  const lines = (textAt(step, 'run') ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => isRemark(line));
};

/** What the pipelines of a change run and which jobs they gain: what leaves one may have moved to another. */
export interface Around {
  readonly commands: ReadonlySet<string>;
  readonly fresh: number;
  /** A pipeline is new: what left with a file may be there under another name. */
  readonly isNew: boolean;
}

export function aroundOf(pipelines: readonly Change[]): Around {
  const commands = new Set<string>();
  let fresh = 0;
  for (const [before, after] of pipelines.map(jobsOnBothSides)) {
    for (const { tree } of after) for (const line of commandsOf(tree)) commands.add(line);
    fresh += after.filter((job) => !before.some(({ id }) => id === job.id) && checksSomething(job)).length;
  }
  return { commands, fresh, isNew: pipelines.some(({ before }) => before === null) };
}

/** Jobs and steps of a pipeline that check something, and that leave or count for less. */
export function checksLeft(change: Change, around: Around, isReported: boolean): readonly Noticed[] {
  const [before, after] = jobsOnBothSides(change);
  return before.flatMap((earlier): readonly Noticed[] => {
    const job = after.find(({ id }) => id === earlier.id);
    if (job === undefined) return isReported || (change.after === null && around.isNew) ? [] : jobLeft(earlier, around);
    if (same(earlier.tree, job.tree)) return [];
    return [
      ...(isReported ? [] : stepLeft(earlier, job, around)),
      ...lenientIn(earlier, job),
      ...(isGithub(change.path) ? [...narrowedIn(earlier, job), ...machinesLeft(earlier, job)] : []),
    ];
  });
}

function jobLeft(job: Job, { commands, fresh }: Around): readonly Noticed[] {
  const ran = commandsOf(job.tree).filter((line) => EITHER.test(line));
  const byName = stepsOf(job.tree).filter((step) => isCheckingStep(step) && !EITHER.test(runOf(step)));
  const isElsewhere = (line: string): boolean => line.trim() === '' || commands.has(line.trim());
  if (
    !checksSomething(job) ||
    fresh > 0 ||
    (ran.length > 0 &&
      [...ran, ...byName.flatMap((step) => runOf(step).split('\n'))].every((line) => isElsewhere(line)))
  )
    return [];
  return [
    {
      ...factWas('checks/scanner-dropped (medium): The job {id}, which checks something, is removed.', job.tree, {
        id: label(job.id, job.tree),
      }),
      cause: 'job left',
      across: true,
    },
  ];
}

/** Actions and commands that only prepare a check, or say how it went. */
const PREPARES =
  /\b(?:checkout|setup|cache|upload|download|install|login|comment|notify|summary|report|artifact)\b|^echo\b/i;

function stepLeft(before: Job, after: Job, { commands, fresh }: Around): readonly Noticed[] {
  const [earlier, later] = [stepsOf(before.tree), stepsOf(after.tree)];
  if (later.length >= earlier.length || fresh > 0) return [];
  const gained = later.filter(
    (step) => isCheckingStep(step) && !earlier.some((candidate) => runOf(candidate) === runOf(step)),
  );
  if (gained.length > 0) return [];
  const isAsBefore = (step: Tree): boolean =>
    countOf(later, step, isTwin) >= Math.max(1, countOf(earlier, step, isTwin));
  const gone = earlier.filter((step) => {
    const lines = linesOf(runOf(step));
    return (
      isCheckingStep(step) &&
      !PREPARES.test(textAt(step, 'uses') ?? textAt(step, 'name') ?? runOf(step)) &&
      !lines.some((line) => EITHER.test(line) && commands.has(line)) &&
      countOf(later, step) < countOf(earlier, step) &&
      !isAsBefore(step)
    );
  });
  const lost = gone.find((step) => !later.some((candidate) => hasNameOf(candidate, step))) ?? gone[0];
  if (lost === undefined) return [];
  return [
    {
      ...factWas('checks/scanner-dropped (medium): The step {step} is removed from the job {id}.', lost, {
        step: `"${named(textAt(lost, 'name') ?? runOf(lost))}"`,
        id: label(after.id, after.tree),
      }),
      cause: 'step left',
      across: true,
    },
  ];
}

const countOf = (steps: readonly Tree[], step: Tree, isAlike = isSameStep): number =>
  steps.filter((candidate) => isAlike(candidate, step)).length;

const hasNameOf = (step: Tree, earlier: Tree): boolean =>
  ['id', 'name'].some((key) => textAt(step, key) !== undefined && textAt(step, key) === textAt(earlier, key));

const isSameStep = (step: Tree, earlier: Tree): boolean =>
  hasNameOf(step, earlier) || (runOf(step) !== '' && runOf(step) === runOf(earlier));

const isTwin = (step: Tree, earlier: Tree): boolean => hasNameOf(step, earlier) && runOf(step) === runOf(earlier);

/** Jobs and steps that are on both sides, the whole job first. */
const pairsOf = (before: Job, after: Job): readonly (readonly [Tree, Tree, boolean])[] => [
  [before.tree, after.tree, checksSomething(after)],
  ...stepsOf(after.tree).flatMap((step): readonly (readonly [Tree, Tree, boolean])[] => {
    const earlier = stepsOf(before.tree).find((candidate) => isSameStep(step, candidate));
    if (earlier === undefined) return [];
    return [[earlier, step, isCheckingStep(step) || CHECKS.test(textAt(step, 'name') ?? '')]];
  }),
];

/** How many cases an expression names: each is one in which a failure counts for nothing. */
const casesIn = (text: string): number => (text.match(/['"][^'",[\]]{1,60}['"]|\|\|/g) ?? []).length;

/** A failure that counts for nothing where an expression holds. Without an expression it is a gate (permissions/ci-gate). */
function lenientIn(before: Job, after: Job): readonly Noticed[] {
  return pairsOf(before, after).flatMap(([earlier, later, checks]): readonly Noticed[] => {
    const value = get(later, 'continue-on-error') ?? get(later, 'continueOnError');
    const text = value?.text ?? '';
    const earlierText = textAt(earlier, 'continue-on-error') ?? textAt(earlier, 'continueOnError') ?? '';
    // a word of the matrix: which of its entries may fail stands with the entries, and those may be new
    if (value === undefined || !checks || !/[$]\{|\bvariables\b|==|\bmatrix\./.test(text) || MATRIX_WORD.test(text))
      return [];
    if (earlierText !== '' && (isYes(get(earlier, 'continue-on-error')) || casesIn(text) <= casesIn(earlierText)))
      return [];
    return [
      {
        ...factAt('checks/scanner-dropped (low): A check in {id} passes even if it fails, under a condition.', value, {
          id: label(after.id, after.tree),
        }),
        cause: 'may fail',
        across: true,
      },
    ];
  });
}
const MATRIX_WORD = /^\$\{\{\s*(?:matrix|inputs)\.[\w.-]+\s*(?:\|\|\s*false\s*)?\}\}$/;

/** Conditions that leave no result out: they say when it is worth running, or that it runs although something failed. */
const LEAVES_NOTHING_OUT = either(
  /^(?:\$\{\{\s*)?(?:!?\s*(?:always|success|failure|cancelled)\(\)|true)\s*(?:\}\})?$|always\(\)|cancelled\(\)/i,
  /draft|dependabot|fork|github\.repository|event_name|paths|changes|changed|outputs\.|skip-?ci|inputs\.|false/i,
);

/** A check that runs only where a condition holds that was not asked for before. */
function narrowedIn(before: Job, after: Job): readonly Noticed[] {
  return pairsOf(before, after).flatMap(([earlier, later, checks]): readonly Noticed[] => {
    const [condition, earlierCondition] = [get(later, 'if'), textAt(earlier, 'if')];
    const text = condition?.text ?? '';
    if (condition === undefined || !checks || LEAVES_NOTHING_OUT.test(text)) return [];
    if (later !== after.tree && PREPARES.test(textAt(later, 'uses') ?? textAt(later, 'name') ?? runOf(later)))
      return [];
    const isNarrower =
      earlierCondition === undefined ||
      text.startsWith(`${earlierCondition} &&`) ||
      hasFewerCases(earlierCondition, text);
    return isNarrower
      ? [
          {
            ...factAt('checks/scanner-dropped (low): A check in {id} runs only if {condition}.', condition, {
              id: label(after.id, after.tree),
              condition: named(text),
            }),
            cause: 'narrower',
            across: true,
          },
        ]
      : [];
  });
}

/** Whether one of the cases of a condition left, and the others are as they were or fewer. */
function hasFewerCases(before: string, after: string): boolean {
  const casesOf = (text: string): readonly string[] => text.split('||').map((part) => part.trim());
  const [earlier, later] = [casesOf(before), casesOf(after)];
  return later.length < earlier.length && later.every((part) => earlier.includes(part));
}

/** Of which a test runs against each, by the name in its matrix. */
const DATABASE = /mysql|postgres|\bpg\b|mariadb|mongo|redis|database|\bdb\b|elastic|opensearch/i;
const MACHINE = /^(?:ubuntu|windows|macos|linux|darwin|mac|win|freebsd)(?:[-_.\w]*)$/i;
const systemOf = (machine: string): string =>
  machine
    .toLowerCase()
    .replace(/[^a-z].*$/, '')
    .replace(/^(?:mac|darwin)$/, 'macos')
    .replace(/^win$/, 'windows')
    .replace(/^ubuntu$/, 'linux');

/** Systems that a matrix of tests no longer runs on. A newer version of one is still that system. */
function machinesLeft(before: Job, after: Job): readonly Noticed[] {
  if (!checksSomething(after)) return [];
  return entriesOf(get(before.tree, 'strategy', 'matrix')).flatMap(([key, values]): readonly Noticed[] => {
    const remaining = get(after.tree, 'strategy', 'matrix', key);
    if (remaining === undefined || remaining.list === null) return [];
    const systems = new Set(textsOf(remaining).map(systemOf));
    const lost =
      itemsOf(values).find(({ text }) => MACHINE.test(text ?? '') && !systems.has(systemOf(text ?? ''))) ??
      (DATABASE.test(key) && itemsBeyond(remaining, values).length === 0
        ? itemsBeyond(values, remaining)[0]
        : undefined);
    if (lost === undefined) return [];
    return [
      factWas('checks/scanner-dropped (medium): The job {id} no longer runs on {system}.', lost, {
        id: label(after.id, after.tree),
        system: named(lost.text ?? ''),
      }),
    ];
  });
}

/** Entries of a matrix of checks that stand in comments now, and that nothing took the place of. */
export function entriesInComment(change: Change): readonly Noticed[] {
  if (!isGithub(change.path) || change.before === null || change.after === null) return [];
  const lines = change.after.split('\n').map((line) => line.trim());
  const [before, after] = jobsOnBothSides(change);
  return after.filter(checksSomething).flatMap((job): readonly Noticed[] => {
    const earlier = before.find(({ id }) => id === job.id);
    const [old = [], remaining = []] = [earlier?.tree, job.tree].map((tree) =>
      itemsOf(get(tree, 'strategy', 'matrix', 'include')),
    );
    const lost =
      listsInComment(earlier?.tree, job.tree, lines)[0] ??
      (remaining.length < old.length
        ? old.find((entry) => !remaining.some((candidate) => same(candidate, entry)) && isInComment(entry, lines))
        : undefined);
    if (lost === undefined) return [];
    return [
      {
        ...factWas('checks/scanner-dropped (medium): The job {id} no longer runs on {system}.', lost, {
          id: label(job.id, job.tree),
          system: named(lost.text ?? valuesOf(lost).join(', ')),
        }),
        cause: 'machine left',
      },
    ];
  });
}

/** Values of a matrix that stand in comments now. */
const listsInComment = (before: Tree | undefined, after: Tree, lines: readonly string[]): readonly Tree[] =>
  entriesOf(get(before, 'strategy', 'matrix')).flatMap(([key, values]) => {
    const present = new Set(textsOf(get(after, 'strategy', 'matrix', key)));
    return itemsOf(values).filter(
      ({ text }) =>
        text !== null &&
        !present.has(text) &&
        lines.some((line) => line.startsWith('#') && line.replace(/^#\s*-?\s*["']?|["',\s]*(?:#.*)?$/g, '') === text),
    );
  });

export const valuesOf = (entry: Tree): readonly string[] => entriesOf(entry).flatMap(([, { text }]) => text ?? []);

/** Whether each value of an entry stands in a comment. */
const isInComment = (entry: Tree, lines: readonly string[]): boolean =>
  valuesOf(entry).length > 0 &&
  entriesOf(entry).every(
    ([key, { text }]) =>
      text === null || lines.some((line) => line.startsWith('#') && line.includes(`${key}:`) && line.includes(text)),
  );

/** Events by which a check runs before a change is merged. */
const BEFORE_MERGE = ['pull_request', 'pull_request_target', 'merge_group', 'workflow_call', 'pull_request_review'];

/** A workflow of checks that people's changes no longer start. */
export function triggersLost(change: Change): readonly Noticed[] {
  if (!isGithub(change.path) || change.after === null) return [];
  const sides = sidesOf(change);
  const [earlier, later] = [triggersOf(sides?.before[0]), triggersOf(sides?.after[0])];
  const lost = earlier.get('pull_request');
  const [run] = runsIn(change.after);
  const kind = run === undefined ? undefined : KINDS[run.kind];
  const isByName = CHECKS_BY_NAME.test(`${change.path.replace(/^.*\//, '')} ${textAt(sides?.after[0], 'name') ?? ''}`);
  if (lost === undefined || (kind === undefined && !isByName) || BEFORE_MERGE.some((name) => later.has(name)))
    return [];
  // each push of a branch runs it as well
  if (later.has('push') && get(later.get('push'), 'branches') === undefined) return [];
  return [
    factWas('checks/scanner-dropped (medium): The workflow that runs {kind} no longer runs for pull requests.', lost, {
      kind: kind ?? 'a check',
    }),
  ];
}

/** A workflow of checks that runs for fewer changes: for some branches or paths only, or no longer by the clock. */
export function triggersNarrowed(change: Change): readonly Noticed[] {
  if (!isGithub(change.path) || change.before === null || change.after === null) return [];
  const sides = sidesOf(change);
  const [earlier, later] = [triggersOf(sides?.before[0]), triggersOf(sides?.after[0])];
  const [run] = runsIn(change.after);
  if (run === undefined) return [];
  const kind = KINDS[run.kind];
  const trigger = later.has('pull_request') || earlier.has('pull_request') ? 'pull_request' : 'push';
  const [before, after] = [earlier.get(trigger), later.get(trigger)];
  const filter =
    earlier.has(trigger) && after !== undefined
      ? ['branches', 'paths', 'branches-ignore'].find(
          (key) =>
            get(after, key) !== undefined &&
            get(before, key) === undefined &&
            get(before, `${key}-ignore`) === undefined,
        )
      : undefined;
  if (
    filter !== undefined &&
    (trigger === 'push' || !['branches', 'paths'].some((key) => get(before, key) !== undefined))
  )
    return [
      factAt(
        'checks/scanner-dropped (low): The workflow that runs {kind} runs for some changes only, by {filter}.',
        get(after, filter) ?? { line: 1 },
        { kind, filter },
        { cause: 'narrower', across: true },
      ),
    ];
  const clock = earlier.get('schedule');
  return clock !== undefined && !later.has('schedule') && !later.has('push') && !later.has('pull_request')
    ? [
        factWas('checks/scanner-dropped (medium): The workflow that runs {kind} no longer runs by the clock.', clock, {
          kind,
        }),
      ]
    : [];
}
