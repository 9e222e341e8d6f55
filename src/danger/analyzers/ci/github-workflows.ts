/** GitHub workflows and actions. */
import { DELETING_ACTION, STEP_DELETES } from '../../rules/destructive/package-unpublish';
import { compare, entriesOf, get, isYes, sidesOf, textAt, type Tree, named } from '../../yaml-and-json';
import type { Change, Noticed, Tools } from '../../types';
import { hasDatabase, noticeScripts, shellNamed, type NoticeScript, type Script } from '../judge-new-embedded-scripts';
import { noticeGates } from './removed-job-gates';
import { noticeToken } from './workflow-token-rights';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { noticeHead, noticeInjection, noticeUnsecure, stepsOf } from './untrusted-checkouts-and-injections';

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

/** Uses by what they name, in their order. Taking one out leaves the others. */
class Remaining {
  private readonly byName = new Map<string, Use[]>();
  private readonly taken = new Set<Use>();

  constructor(uses: readonly Use[]) {
    for (const use of uses)
      for (const key of [use.action, `${use.action}@${use.ref}`]) {
        const queue = this.byName.get(key);
        if (queue === undefined) this.byName.set(key, [use]);
        else queue.push(use);
      }
    for (const queue of this.byName.values()) queue.reverse(); // the first one is taken from the end
  }

  take(key: string): Use | undefined {
    const queue = this.byName.get(key);
    for (let use = queue?.pop(); use !== undefined; use = queue?.pop())
      if (!this.taken.has(use)) {
        this.taken.add(use);
        return use;
      }
    return undefined;
  }
}

/** Step by step: a use is compared with the one whose place it takes, whatever other steps do. */
function noticePins(before: Tree | undefined, after: Tree, beside: readonly Named[] = []): readonly Noticed[] {
  const old = usesOf(before);
  const remaining = new Remaining(old);
  const isUsual = usualWith(old, beside);
  const fresh = usesOf(after).filter(({ action, ref }) => remaining.take(`${action}@${ref}`) === undefined);
  return fresh.flatMap((use): readonly Noticed[] => {
    const { action, ref, tree } = use;
    const oldUse = remaining.take(action);
    if (isPinned(ref) || ref.includes('${{')) return [];
    const words = { action: quoted(action), ref: named(ref) };
    const isWorkflow = action.includes('/.github/workflows/');
    if (oldUse !== undefined && isPinned(oldUse.ref))
      return hasOwnTag(use)
        ? []
        : [
            factAt(
              'permissions/ci-unpinned: {action} is no longer pinned to a commit: whoever can move {ref} runs code here.',
              tree,
              { ...words, ref: words.ref || 'its tag' },
              { cause: isWorkflow ? `workflows of ${repositoryOf(use)}` : 'steps no longer pinned', across: true },
            ),
          ];
    if (action.startsWith('docker://')) return [];
    const moving = MOVING.test(ref) || ref === '';
    if (oldUse !== undefined && !(moving && isVersion(oldUse))) return []; // one tag for another, one branch for another
    if (OWN.test(action) && !moving && !isWorkflow) return [];
    if (isUsual(use)) return [];
    const found = factAt(
      'permissions/ci-unpinned: {action} is not pinned to a commit: whoever can move {ref} runs code here.',
      tree,
      { ...words, ref: words.ref || 'its branch' },
      isWorkflow || isVersion(use) ? 'low' : undefined,
    );
    return [{ ...found, cause: isWorkflow ? `workflows of ${repositoryOf(use)}` : 'steps', across: true }];
  });
}

/** Whether running an action shows nothing that the file, or the others beside it, do not show already. */
function usualWith(mine: readonly Named[], beside: readonly Named[]): (use: Use) => boolean {
  const all = [...mine, ...beside];
  const hasHabit = goesByTags(mine) || (beside.length >= MANY && goesByTags(beside));
  /** Whoever can move a ref of a repository runs code here already. */
  const refs = new Set(all.map((use) => `${repositoryOf(use)}@${use.ref}`));
  const owners = new Set(all.map(ownerOf));
  const ownersWithPins = new Set(all.filter(({ ref }) => isPinned(ref)).map(ownerOf));
  return (use) =>
    (hasHabit && fitsHabit(use)) ||
    refs.has(`${repositoryOf(use)}@${use.ref}`) ||
    // of an owner whose other actions run here already by the tag of a version, and none by its commit
    (isVersion(use) && owners.has(ownerOf(use)) && !ownersWithPins.has(ownerOf(use)));
}

/** GitHub's own actions by the tag of a version are what most take. */
const hasOwnTag = ({ action, ref }: Use): boolean =>
  OWN.test(action) && /^v?\d/.test(ref) && !action.includes('/.github/workflows/');

const isVersion = ({ ref }: Pick<Named, 'ref'>): boolean => /^v?\d/.test(ref);

/** Actions of third parties too are named by the tag of a version, and none by its commit. */
const goesByTags = (uses: readonly Named[]): boolean =>
  !uses.some(({ ref }) => isPinned(ref)) && uses.some((use) => !OWN.test(use.action) && isVersion(use));

/** One more action by the tag of a version: nobody learns something by it, unless the step is handed a secret. */
const fitsHabit = (use: Use): boolean =>
  isVersion(use) &&
  !use.action.includes('/.github/workflows/') &&
  !/\bsecrets\b(?!\.GITHUB_TOKEN\b)/.test(wordsIn(use.step)); // each action can take the job's own token

const repositoryOf = ({ action }: Named): string => action.split('/', 2).join('/').toLowerCase();
const ownerOf = ({ action }: Named): string => action.split('/', 1).join('').toLowerCase();

/** New steps that delete what is published. Those that keep a number of versions, or the newer ones, only tidy up. */
function noticeDeletions(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const former = new Set(usesOf(before).map(({ action }) => action));
  return usesOf(after).flatMap(({ action, tree, step }): readonly Noticed[] => {
    const options = entriesOf(get(step, 'with'));
    if (former.has(action) || !DELETING_ACTION.test(action)) return [];
    if (options.some(([name, value]) => /dry-?run/i.test(name) && isYes(value))) return [];
    const keeps = options.some(([name, { text }]) => KEEPS.test(name) && !/^-?0?$/.test(text ?? ''));
    return [
      factAt(
        STEP_DELETES,
        tree,
        { action: named(action), kept: keeps ? '' : ', and keeps none' },
        keeps ? 'low' : undefined,
      ),
    ];
  });
}

/** Options that say what a step leaves. */
const KEEPS = /keep|cut-?off|older|days|exclude|skip|ignore/i;

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
    ...noticeDeletions(before, after),
    ...noticeInjection(before, after),
    ...(others.length === 0 ? pins : noticePins(before, after, others)),
    ...(await noticeGates(before, after, async (words) => (await beside?.(change.path, words)) ?? [])),
  ];
  compare(before, after, ({ key, before: old, after: newValue }) => {
    if (key === 'env') found.push(...noticeUnsecure(old, newValue));
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
    if (run === undefined || run.text === null || /^(?:python|perl|node|ruby)/.test(shell)) return [];
    return [
      {
        text: run.text.replace(/\$\{\{[^}]*\}\}/g, (one) => one.replace(/[^\n]/g, '_')),
        line: run.textLine,
        shell: shellNamed(shell),
        hasOwnDatabase: hasDatabase(get(job, 'services')),
      },
    ];
  });
}
