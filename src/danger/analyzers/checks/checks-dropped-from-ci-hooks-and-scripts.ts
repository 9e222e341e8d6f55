/** Tests and scanners that CI, hooks and package scripts no longer run, or whose failure no longer counts. */
import { asLow, factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { isGithub } from '../ci/github-workflows';
import { either, escapedPattern } from '../../../base/patterns';
import { trimmedLines } from '../../trimmed-lines';
import { isVendored } from '../../path-roles';
import { named } from '../../yaml-and-json';
import { pluginsLeft, remainingPlugins, tasksLeft } from './checks-lost-in-build-files';
import { databasesLeftAtTravis, mayFailAtTravis } from './checks-lost-at-travis';
import {
  aroundOf,
  CHECKS_BY_NAME,
  checksLeft,
  entriesInComment,
  triggersLost,
  triggersNarrowed,
} from './checks-and-triggers-lost-in-ci';
import { skipVariables, validationsLost } from './skip-variables-and-lost-validations';
import { isPipeline, runsChecks } from './files-that-run-checks';
import { COMMENT, EITHER, isRun, KINDS, runsIn, type Run } from './checking-programs';
import type { AnalyzerOfChanges, Change, Noticed, NoticedIn, Tools } from '../../types';

const STEP_OFF = 'checks/scanner-dropped: The step that runs {program} is switched off.';
const MAY_FAIL = 'checks/scanner-dropped: A check passes even if it fails ({how}).';

export const scanners: AnalyzerOfChanges = {
  id: 'scanners',
  concerns: ({ path, before, after }) =>
    before !== null && before !== after && runsChecks(path) && !isVendored(path) && !isElsewhere(path),
  alsoReads: (change) => runsChecks(change.path) || isAddedScript(change),
  async noticeAll(changes, tools) {
    const files = changes.map((change) => ({
      change,
      runs: { before: runsIn(change.before), after: runsIn(change.after) },
    }));
    const added = files.flatMap(({ change, runs }) =>
      isAddedScript(change) && !isCalled(change, changes) ? [] : without(runs.after, runs.before),
    );
    const callsOthers = changes.some((change) => isPipeline(change.path) && callsElsewhere(change));
    const plugins = remainingPlugins(changes);
    const around = aroundOf(changes.filter(({ path }) => isPipeline(path)));
    const found: NoticedIn[] = [];
    for (const { change, runs } of files) {
      if (change.before === null || isOfPackageGone(change)) continue;
      const leaves = await leaving(change, runs, added, tools);
      const lesser = isPipeline(change.path) ? checksLeft(change, around, leaves.length > 0 || callsOthers) : [];
      const notices = [
        ...[...leaves, ...lesser].map((notice) => (callsOthers ? asLow(notice) : notice)),
        ...triggersLost(change),
        ...triggersNarrowed(change),
        ...pluginsLeft(change, plugins),
        ...(leaves.length > 0 ? [] : tasksLeft(change)),
        ...skipVariables(change),
        ...validationsLost(change),
        ...(change.after === null
          ? []
          : [
              ...switchedOff(change),
              ...(lesser.length > 0 ? [] : inComment(change, runs)),
              ...lenient(change).filter(({ message }) => !isOfNewPlugin(message, changes)),
              ...goesOn(change),
              ...entriesInComment(change),
              ...mayFailAtTravis(change),
              ...databasesLeftAtTravis(change),
            ]),
        ...(leaves.length > 0 ? [] : hooksLeft(change, runs, changes)),
      ];
      found.push(...notices.map((notice) => ({ ...notice, path: change.path })));
    }
    return found;
  },
};

/** A script may take over what stood in a pipeline. */
const isAddedScript = ({ path, before }: Change): boolean =>
  before === null && /\.(?:sh|bash|ps1|cmd|bat)$/i.test(path);
function isCalled({ path }: Change, changes: readonly Change[]): boolean {
  const name = new RegExp(`(?<![\\w.-])${escapedPattern(path.slice(path.lastIndexOf('/') + 1))}(?![\\w.-])`);
  return changes.some((change) => runsChecks(change.path) && name.test(change.after ?? ''));
}

/** GitHub starts no workflow of a folder further down. */
const isElsewhere = (path: string): boolean => /\/\.github\/workflows\//.test(path);

/** What a package runs goes with the package: the lists of scripts of a folder of its own. */
const isOfPackageGone = ({ path, after }: Change): boolean =>
  after === null &&
  /^.*\/(?:package\.json|composer\.json|deno\.jsonc?|tox\.ini|noxfile\.py|Rakefile|Makefile|pom\.xml|build\.gradle(?:\.kts)?|pyproject\.toml|[\w.-]+\.csproj)$/.test(
    path,
  );

/** A line by which a pipeline runs what another repository has: nothing here says what that runs. */
const ELSEWHERE =
  /^\s*(?:-\s*)?(?:uses:\s*["']?[\w.-]+\/[\w.-]+\/\.github\/workflows\/|(?:component|project|remote):\s*\S|template:\s*["']?\S+@\w)/;

function callsElsewhere({ before, after }: Change): boolean {
  const known = trimmedLines(before);
  return (after ?? '').split('\n').some((line) => ELSEWHERE.test(line) && !known.has(line.trim()));
}

/** What a file runs, on both sides of the change. */
interface Runs {
  readonly before: readonly Run[];
  readonly after: readonly Run[];
}

/** Runs of programs that are not among some others. */
const without = (runs: readonly Run[], others: readonly Run[]): readonly Run[] =>
  runs.filter(({ program }) => !others.some((other) => other.program === program));

/** Programs that ran, and that nothing of their kind takes the place of. */
async function leaving(
  { path, after }: Change,
  runs: Runs,
  added: readonly Run[],
  { beside }: Tools,
): Promise<readonly Noticed[]> {
  const found: Noticed[] = [];
  for (const kind of new Set(runs.before.map((run) => run.kind))) {
    const isOfKind = (run: Run): boolean => run.kind === kind;
    const remaining = runs.after.filter(isOfKind);
    const [first] = without(runs.before.filter(isOfKind), remaining);
    if (first === undefined || added.some(isOfKind)) continue;
    // of tests, types and linters one kind of run is as good as another
    if (remaining.length > 0 && !(kind === 'vulnerabilities' || kind === 'infrastructure')) continue;
    if (isGithub(path) && (await stillRuns(first, path, beside))) continue;
    // a hook of this name stays, and runs what its own repository says
    const hook = `id: ${first.program.split(' ', 1)[0] ?? ''}`;
    if (HOOKS.test(path) && after?.split('\n').some((line) => line.trim().replace(/^- |["']/g, '') === hook)) continue;
    const words = { program: named(first.program), kind: KINDS[kind] };
    found.push({
      ...factWas(
        after === null
          ? 'checks/scanner-dropped: The file that runs {kind} ({program}) is removed.'
          : 'checks/scanner-dropped: The step that runs {kind} ({program}) is removed.',
        first,
        words,
        kind === 'coverage' ? 'medium' : undefined,
      ),
      cause: after === null ? 'file leaves' : `leaves ${kind}`,
      across: true,
    });
  }
  return found;
}

async function stillRuns({ program, kind }: Run, path: string, beside: Tools['beside']): Promise<boolean> {
  const lines = (await beside?.(path, program)) ?? [];
  return lines.some((line) => isRun(line, kind));
}

/** A line that switches a job or step off for good. */
const NEVER =
  /^\s*(?:-\s*)?(?:if:\s*(?:["']?(?:false|\$\{\{\s*(?:false|'false'|0)\s*\}\})["']?|["']?false\s*&&.*)|when:\s*never)\s*(?:#.*)?$/;

function switchedOff({ path, before, after }: Change): readonly Noticed[] {
  if (!isPipeline(path)) return [];
  const lines = (after ?? '').split('\n');
  const count = (texts: readonly string[]): number => texts.filter((line) => NEVER.test(line)).length;
  if (count(lines) <= count((before ?? '').split('\n'))) return [];
  return lines.flatMap((line, index): readonly Noticed[] => {
    if (!NEVER.test(line)) return [];
    const around = blockAround(lines, index);
    const [program] = EITHER.exec(around) ?? CHECKS_BY_NAME.exec(`${headerOf(lines, index)} ${around}`) ?? [];
    return program !== undefined && isNewIn(before ?? '', around)
      ? [factAt(STEP_OFF, index + 1, { program: named(program.trim()) })]
      : [];
  });
}

/** Lines that ran something, and are comments now, where something of their kind still runs. */
function inComment({ path, before, after }: Change, runs: Runs): readonly Noticed[] {
  const known = trimmedLines(before);
  const lines = (after ?? '').split('\n');
  const present = new Set(lines.map((line) => line.trim()));
  return lines.flatMap((line, index): readonly Noticed[] => {
    const [, text = ''] = /^\s*(?:#|\/\/)\s*(\S.*)$/.exec(line) ?? [];
    if (!known.has(text) || known.has(line.trim()) || present.has(text)) return [];
    const run =
      runsIn(text).find(({ kind }) => runs.after.some((other) => other.kind === kind)) ??
      (isPipeline(path) && isListedJob(text) ? { program: text.replace(/^-\s*|:$|\(.*$/g, '') } : undefined);
    return run === undefined ? [] : [factAt(STEP_OFF, index + 1, { program: named(run.program) })];
  });
}

/** A job that checks, in the list of those that a workflow runs, or a step: `- test-backend:`, `checkContracts("shop")`. */
const isListedJob = (text: string): boolean =>
  (/^-\s*[\w-]+:?$/.test(text) && CHECKS_BY_NAME.test(text)) ||
  /^(?:check|verify|validate|scan|lint|audit)[A-Z]\w*\s*\(/.test(text);

/** The name of the job that an option belongs to. */
const headerOf = (lines: readonly string[], at: number): string =>
  lines.slice(0, at).findLast((line) => line.trim() !== '' && line.search(/\S/) < (lines[at] ?? '').search(/\S/)) ?? '';

/** The same block stood there before. */
const isNewIn = (before: string, block: string): boolean => !before.includes(block);

/** The lines of the job or step that a line belongs to. */
function blockAround(lines: readonly string[], at: number): string {
  const indent = (line: string): number => line.replace(/^(\s*)- /, '$1  ').search(/\S|$/);
  const margin = indent(lines[at] ?? '');
  let [from, to] = [at, at];
  while (
    from > 0 &&
    !/^\s*- /.test(lines[from] ?? '') &&
    (indent(lines[from - 1] ?? '') >= margin || (lines[from - 1] ?? '').trim() === '')
  )
    from -= 1;
  while (
    to + 1 < lines.length &&
    ((lines[to + 1] ?? '').trim() === '' ||
      (indent(lines[to + 1] ?? '') >= margin &&
        !(/^\s*- /.test(lines[to + 1] ?? '') && indent(lines[to + 1] ?? '') === margin)))
  )
    to += 1;
  return lines.slice(from, to + 1).join('\n');
}

/** The lines of the step of which a line is an option, with the options that stand further to the right. */
function stepAround(lines: readonly string[], at: number): string {
  const margin = (lines[at] ?? '').search(/\S|$/);
  for (let from = at; from > Math.max(0, at - STEP_AT_MOST); from -= 1) {
    const line = lines[from] ?? '';
    if (/^\s*- /.test(line) && line.search(/\S/) < margin) return lines.slice(from, at + 1).join('\n');
  }
  return blockAround(lines, at);
}
const STEP_AT_MOST = 30;

/** What makes a failure count for nothing, beside the program or in its options. */
const LENIENT = either(
  /\|\|\s*(?:true\b|:(?:\s|$|")|exit 0|echo\b)|--exit-zero\b|--exit-code[ =]0\b/,
  /--(?:soft-fail|no-fail|passWithNoTests|pass-with-no-tests|allow-failure)\b/,
  /;\s*(?:true|exit 0)\s*(?:"|$)|-DskipTests\b|-Dmaven\.test\.(?:skip|failure\.ignore)\b|-x test\b/,
  /--no-verify\b|-DskipITs\b|-Dcheckstyle\.skip\b/,
);
/** The same command once more where it failed, or a block that only says so. */
const TRIES_AGAIN = /^\s*(?:-\s+)?(?:run:\s*)?["']?(\S.{5,300}?)\s*\|\|\s*\1["']?\s*$/;
const ONLY_SAYS = /\|\|\s*[({]\s*(?:echo\b[^;&|]*[;)}]*)?\s*$/;
/** What make and tox are told to go on after. */
const GOES_ON_BY_DASH = /^(?:\t-\s*\S|\s+- (?=\S))/;
const HAS_DASHES = /(?:^|\/)(?:(?:GNU)?Makefile|[\w.-]+\.mk|tox\.ini)$/;
/** Settings of builds by which a check that fails counts for nothing. */
const LENIENT_BUILD = either(
  /^\s*(?:(?:isI|i)gnoreFailures\s*(?:\.set\()?[=(\s]\s*true|ignore_outcome\s*=\s*true)/,
  /^\s*(?:abortOnError|allWarningsAsErrors|warningsAsErrors|failOnWarning)\s*(?:\.set\()?[=(\s]\s*false/,
  /^\s*<(?:testFailureIgnore|skipTests|skipITs|maven\.test\.skip|maven\.test\.failure\.ignore|[\w-]+\.skip|failsafe\.skip)>true</,
  /^\s*<(?:failOnError|failsOnError|failOnViolation|failOnWarning)>false</,
);
const OF_BUILDS = /\.gradle(?:\.kts)?$|(?:^|\/)(?:pom\.xml|tox\.ini)$/;
/** The same as an option of an action. */
const LENIENT_OPTION = either(
  /^\s*(?:soft[_-]fail:\s*["']?true|exit[_-]code:\s*["']?0|continue_on_error:\s*["']?true|ignoreFailures\s*=\s*true)\b/i,
  /^\s*fail[_-](?:on[_-]\w+|build|ci[_-]if[_-]error|the-build):\s*["']?(?:false|never|none)\b/i,
  /^\s*(?:skip[_-]check:|abortPipeline:\s*["']?false)\b/i,
);

function lenient({ path, before, after }: Change): readonly Noticed[] {
  const known = trimmedLines(before);
  const lines = (after ?? '').split('\n');
  return lines.flatMap((line, index): readonly Noticed[] => {
    const text = line.trim();
    // without a comma behind it, it is the last of a list now
    const isKnown = [text, `${text},`, text.replace(/,$/, '')].some((spelling) => known.has(spelling));
    if (isKnown || line.length > 2_000 || COMMENT.test(line)) return [];
    const [option] = LENIENT_OPTION.exec(line) ?? [];
    const [setting] = (OF_BUILDS.test(path) ? LENIENT_BUILD.exec(line) : null) ?? [];
    if (setting !== undefined) return [factAt(MAY_FAIL, index + 1, { how: named(setting.trim()) })];
    if (option !== undefined)
      return isPipeline(path) && EITHER.test(stepAround(lines, index)) && before?.includes(option.trim()) !== true
        ? [factAt(MAY_FAIL, index + 1, { how: named(option.trim()) })]
        : [];
    const [how] =
      LENIENT.exec(line) ??
      (TRIES_AGAIN.test(line) ? ['a second try'] : null) ??
      (ONLY_SAYS.test(line) && /^\s*echo\b/.test(lines[index + 1] ?? 'echo') && /^\s*[)}]/.test(lines[index + 2] ?? ')')
        ? ['|| ( echo … )']
        : null) ??
      (HAS_DASHES.test(path) ? GOES_ON_BY_DASH.exec(line) : null) ??
      [];
    const [program] = EITHER.exec(line) ?? [];
    if (how === undefined || program === undefined) return [];
    // GitHub's steps are judged by what their step was (permissions/ci-gate)
    if (isGithub(path) && how.startsWith('||')) return [];
    const wasStrict = [...known].some(
      (oldLine) => oldLine.includes(program) && !LENIENT.test(oldLine) && !TRIES_AGAIN.test(oldLine),
    );
    return wasStrict ? [factAt(MAY_FAIL, index + 1, { how: named(how.trim()) })] : [];
  });
}

/** A part of a build leaves out a check that the change brings: nothing that ran is switched off. */
function isOfNewPlugin(message: string, changes: readonly Change[]): boolean {
  const [, name] = /<([\w-]+)\.skip>/.exec(message) ?? [];
  const brings = ({ path, before, after }: Change): boolean =>
    name !== undefined &&
    (path.includes(name)
      ? before === null
      : before?.includes(`${name}-`) !== true && after?.includes(`${name}-`) === true);
  return changes.some(brings);
}

/** A shell that goes on after a failure: by this line, it does so where it stopped before. */
const GOES_ON = /^\s*(?:-\s*)?(?:run:\s*)?set \+e\b/;
/** Whether a script looks at how a command ended: then its failure may count. */
const LOOKS_AT_END = /\$\?|\bset -\w*e|\bexit\b|PIPESTATUS/;
const LOOKS_FOR = 12;

/** Checks that ran before, and whose failure no longer ends their script. */
function goesOn({ before, after }: Change): readonly Noticed[] {
  if (after?.includes('set +e') !== true) return [];
  const known = trimmedLines(before);
  const lines = after.split('\n');
  return lines.flatMap((line, index): readonly Noticed[] => {
    if (!GOES_ON.test(line) || known.has(line.trim())) return [];
    const below = lines.slice(index + 1, index + 1 + LOOKS_FOR);
    const end = below.findIndex((next) => next.trim() !== '' && next.search(/\S/) < line.search(/\S/));
    const script = end < 0 ? below : below.slice(0, end);
    const check = script.find((next) => known.has(next.trim()) && runsIn(next).length > 0);
    if (check === undefined || script.some((next) => LOOKS_AT_END.test(next))) return [];
    return [factAt(MAY_FAIL, index + 1, { how: 'set +e' }, isRun(check, 'coverage') ? 'medium' : undefined)];
  });
}

/** `go-vet-mod` and `go-vet-pkg` run one tool on more or less. */
const toolOf = (id: string): string =>
  id.replace(/(?:-(?:mod|pkg|repo|all|files?|dir|staged|system|docker|src))+$/, '');

const HOOKS = /(?:^|\/)\.pre-commit-config\.ya?ml$/;
const HOOKS_OF_ANY =
  /(?:^|\/)(?:\.pre-commit-config\.ya?ml|prek\.toml|\.?lefthook\.ya?ml|\.husky\/.*|\.overcommit\.yml)$/;

/** Hooks that look at spaces and line ends. */
const SPACES =
  /^(?:end-of-file-fixer|trailing-whitespace|mixed-line-ending|fix-byte-order-marker|fix-encoding-pragma)$/;

/** A hook that only writes documentation. */
const WRITES_DOCUMENTS = /(?:^|[-_])(?:docs?|toc|doctoc|readme|changelog)(?:[-_]|$)/i;

/** Hooks of pre-commit that leave, where none takes their place. */
function hooksLeft({ path, before, after }: Change, runs: Runs, changes: readonly Change[]): readonly Noticed[] {
  if (!HOOKS.test(path)) return [];
  // another program runs the hooks from now on
  if (after === null && changes.some((change) => change.before === null && HOOKS_OF_ANY.test(change.path))) return [];
  const ids = (text: string | null): readonly { readonly id: string; readonly line: number }[] =>
    (text ?? '').split('\n').flatMap((line, index) => {
      const [, id] = /^\s*-?\s*id:\s*["']?([\w.-]+)/.exec(line) ?? [];
      return id === undefined || WRITES_DOCUMENTS.test(id) ? [] : [{ id, line: index + 1 }];
    });
  const [oldHooks, newHooks] = [ids(before), ids(after)];
  const gone = oldHooks.filter(({ id }) => !newHooks.some((hook) => hook.id === id || toolOf(hook.id) === toolOf(id)));
  const first = gone.find(({ id }) => runsIn(id).length > 0) ?? gone.find(({ id }) => !SPACES.test(id)) ?? gone[0];
  const isReplaced =
    newHooks.some(({ id }) => !oldHooks.some((hook) => hook.id === id)) ||
    runsIn(first?.id ?? '').some(({ kind }) => newHooks.some(({ id }) => isRun(id, kind)));
  if (first === undefined || isReplaced || runs.before.some(({ line }) => line === first.line)) return [];
  return [
    factWas(
      'checks/scanner-dropped (medium): The pre-commit hook {id} is removed.',
      first,
      { id: named(first.id) },
      SPACES.test(first.id) ? 'low' : undefined,
    ),
  ];
}
