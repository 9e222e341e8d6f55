/** GitHub workflows and actions. */
import { compare, entriesOf, get, sidesOf, textAt, type Tree, named } from '../../tree';
import type { Change, Noticed, Tools } from '../../types';
import { hasDatabase, noticeScripts, shellNamed, type NoticeScript, type Script } from '../scripts';
import { noticeGates } from './gates';
import { noticeToken } from './permissions';
import { factAt } from '../../rule-rows/facts';
import { noticeHead, noticeInjection, noticeUnsecure, stepsOf } from './untrusted';

/** Third-party actions: which version runs, and whether it can change by itself. */
const OWN = /^(?:actions|github)\//;
const COMMIT = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i;
const MOVING = /^(?:main|master|develop|dev|trunk|latest|HEAD|next|edge|canary|nightly)$/i;

/** What runs, and which version of it. */
interface Named {
  readonly action: string;
  readonly ref: string;
}

interface Use extends Named {
  readonly tree: Tree;
  /** The step, or the job that calls a workflow. */
  readonly step: Tree;
}

function usesOf(tree: Tree | undefined): readonly Use[] {
  const jobs = entriesOf(get(tree, 'jobs')).map(([, job]) => job);
  return [...jobs, ...jobs.flatMap(stepsOf), ...(get(tree, 'runs', 'steps')?.list ?? [])].flatMap(
    (step): readonly Use[] => {
      const uses = get(step, 'uses');
      const text = (uses?.text ?? '').trim();
      if (uses === undefined || text === '' || text.startsWith('./')) return [];
      const [action = '', ref = ''] = text.split('@');
      return [
        { action: text.startsWith('docker://') ? action.replace(/:[^/:]*$/, '') : action, ref, tree: uses, step },
      ];
    },
  );
}

const isPinned = (ref: string): boolean => COMMIT.test(ref) || ref.startsWith('sha256:');

/** Step by step: a use is compared with the one whose place it takes, whatever other steps do. */
function noticePins(before: Tree | undefined, after: Tree, beside: readonly Named[] = []): readonly Noticed[] {
  const left = [...usesOf(before)];
  const fresh = usesOf(after).filter((use) => {
    const same = left.findIndex(({ action, ref }) => action === use.action && ref === use.ref);
    if (same !== -1) left.splice(same, 1);
    return same === -1;
  });
  return fresh.flatMap((use): readonly Noticed[] => {
    const { action, ref, tree } = use;
    const at = left.findIndex((one) => one.action === action);
    const [was] = at === -1 ? [] : left.splice(at, 1);
    if (isPinned(ref) || ref.includes('${{')) return [];
    const words = { action: quoted(action), ref: named(ref) };
    const isWorkflow = action.includes('/.github/workflows/');
    if (was !== undefined && isPinned(was.ref))
      return hasOwnTag(use)
        ? []
        : [
            {
              ...factAt('action no longer pinned', tree, { ...words, ref: words.ref || 'its tag' }),
              cause: isWorkflow ? `workflows of ${repositoryOf(use)}` : 'steps no longer pinned',
              across: true,
            },
          ];
    if (action.startsWith('docker://')) return [];
    const moving = MOVING.test(ref) || ref === '';
    if (was !== undefined && !(moving && !MOVING.test(was.ref))) return []; // one tag for another
    if (isHabit(use, usesOf(before)) || (beside.length >= MANY && isHabit(use, beside))) return [];
    if ([...usesOf(before), ...beside].some((one) => one.ref === ref && isOfSameRepository(one, use))) return [];
    if (OWN.test(action) && !moving && !isWorkflow) return [];
    if (isOfKnownOwner(use, [...usesOf(before), ...beside])) return [];
    const found = factAt('action not pinned', tree, { ...words, ref: words.ref || 'its branch' });
    return [{ ...found, cause: isWorkflow ? `workflows of ${repositoryOf(use)}` : 'steps', across: true }];
  });
}

/** GitHub's own actions by the tag of a version are what most take. */
const hasOwnTag = ({ action, ref }: Use): boolean =>
  OWN.test(action) && /^v?\d/.test(ref) && !action.includes('/.github/workflows/');

/**
 * One more action by the tag of a version, where others, of third parties too, are named like that and none by its
 * commit: nobody learns something by it, unless the step is handed a secret.
 */
function isHabit({ action, ref, step }: Use, others: readonly Named[]): boolean {
  return (
    /^v?\d/.test(ref) &&
    !action.includes('/.github/workflows/') &&
    !others.some((one) => isPinned(one.ref)) &&
    others.some((one) => !OWN.test(one.action) && /^v?\d/.test(one.ref)) &&
    !/\bsecrets\b(?!\.GITHUB_TOKEN\b)/.test(wordsIn(step)) // each action can take the job's own token
  );
}

/** Whoever can move this ref of a repository runs code here already. */
const isOfSameRepository = (one: Named, other: Named): boolean => repositoryOf(one) === repositoryOf(other);
const repositoryOf = ({ action }: Named): string => action.split('/', 2).join('/').toLowerCase();

/** Of an owner whose other actions run here already by the tag of a version, and none by its commit. */
function isOfKnownOwner(use: Use, others: readonly Named[]): boolean {
  const mine = others.filter(({ action }) => ownerOf(action) === ownerOf(use.action));
  return /^v?\d/.test(use.ref) && mine.length > 0 && !mine.some(({ ref }) => isPinned(ref));
}
const ownerOf = (action: string): string => action.split('/', 1).join('').toLowerCase();

/** What a step is handed. */
const wordsIn = (step: Tree): string =>
  ['with', 'env'].flatMap((key) => entriesOf(get(step, key)).map(([, { text }]) => text ?? '')).join('\n');

const quoted = (action: string): string => `"${named(action)}"`;

export const isGithub = (path: string): boolean =>
  /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i.test(path) || /(?:^|\/)action\.ya?ml$/i.test(path);

/** So many actions beside a file show what the habit is. */
const MANY = 3;

/** The actions in lines of other workflows. */
const namedIn = (lines: readonly string[]): readonly Named[] =>
  lines.flatMap((line) => {
    const [, action = '', ref = ''] = /^\s*(?:-\s+)?uses:\s*["']?([^\s"'#@]+)@([^\s"'#]+)/.exec(line) ?? [];
    return action === '' ? [] : [{ action, ref }];
  });

export async function noticeGithub(
  change: Change,
  shell: NoticeScript,
  { beside }: Pick<Tools, 'beside'>,
): Promise<readonly Noticed[]> {
  const sides = sidesOf(change);
  const [before, after] = [sides?.before[0], sides?.after[0]];
  if (after === undefined) return [];
  const pins = noticePins(before, after);
  const others = pins.length === 0 ? [] : namedIn((await beside?.(change.path, 'uses:')) ?? []);
  const found: Noticed[] = [
    ...noticeToken(before, after),
    ...noticeHead(before, after),
    ...noticeInjection(before, after),
    ...(others.length === 0 ? pins : noticePins(before, after, others)),
    ...(await noticeGates(before, after, async (words) => (await beside?.(change.path, words)) ?? [])),
  ];
  compare(before, after, ({ key, before: old, after: now }) => {
    if (key === 'env') found.push(...noticeUnsecure(old, now));
  });
  return [...found, ...noticeScripts(scriptsOf(before), scriptsOf(after), shell)];
}

/** A runner of Windows reads PowerShell where nothing else is said. */
const shellOfRunner = (job: Tree): string => ((textAt(job, 'runs-on') ?? '').startsWith('windows-') ? 'pwsh' : '');

function scriptsOf(workflow: Tree | undefined): readonly Script[] {
  const usual = textAt(workflow, 'defaults', 'run', 'shell');
  const steps = [
    ...entriesOf(get(workflow, 'jobs')).flatMap(([, job]) =>
      stepsOf(job).map(
        (step) => [step, textAt(job, 'defaults', 'run', 'shell') ?? usual ?? shellOfRunner(job), job] as const,
      ),
    ),
    ...(get(workflow, 'runs', 'steps')?.list ?? []).map((step) => [step, '', undefined] as const),
  ];
  return steps.flatMap(([step, usualHere, job]) => {
    const run = get(step, 'run');
    const shell = textAt(step, 'shell') ?? usualHere;
    return run === undefined || run.text === null || /^(?:python|perl|node|ruby)/.test(shell)
      ? []
      : [
          {
            text: run.text.replace(/\$\{\{[^}]*\}\}/g, (one) => one.replace(/[^\n]/g, '_')),
            line: run.textLine,
            shell: shellNamed(shell),
            hasOwnDatabase: hasDatabase(get(job, 'services')),
          },
        ];
  });
}
