/** What has to be done before a review can be requested, one step after the other. Pure. */

/** The state of a work tree when a review is requested. */
export interface Situation {
  /** Checked-out branch; null for none. */
  readonly branch: string | null;
  readonly base: string;
  readonly onBase: boolean;
  /** Commits that the base lacks. */
  readonly commits: number;
  /** Paths with uncommitted changes. */
  readonly uncommitted: readonly string[];
  /** Something is staged: then only that is committed. */
  readonly staged: boolean;
  readonly remote: string;
  /** The remote has all commits of the branch. */
  readonly pushed: boolean;
  /** Git hooks would write trailers into a commit. */
  readonly hooks: boolean;
}

/** What the person decided about it. */
export interface Choices {
  readonly branch: string;
  readonly message: string;
  /** Commit the uncommitted changes; needed when there are no commits yet. */
  readonly commit: boolean;
  /** Install the git hooks first, where they are missing. */
  readonly setUp: boolean;
}

export type Step =
  | { readonly kind: 'setUp' }
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'commit'; readonly message: string; readonly paths: readonly string[]; readonly staged: boolean }
  | { readonly kind: 'push'; readonly remote: string; readonly branch: string }
  | { readonly kind: 'open' };

/** Empty: there is nothing to review. */
export function stepsFor(situation: Situation, { branch, message, commit, setUp }: Choices): readonly Step[] {
  const { uncommitted, commits, onBase, remote, pushed, staged, hooks } = situation;
  const willCommit = uncommitted.length > 0 && (commit || commits === 0);
  if (commits === 0 && !willCommit) return [];
  const moves = onBase || situation.branch === null;
  return [
    ...(willCommit && !hooks && setUp ? [{ kind: 'setUp' } as const] : []),
    ...(moves ? [{ kind: 'branch', name: branch } as const] : []),
    ...(willCommit ? [{ kind: 'commit', message, paths: uncommitted, staged } as const] : []),
    ...(moves || willCommit || !pushed
      ? [{ kind: 'push', remote, branch: moves ? branch : situation.branch } as const]
      : []),
    { kind: 'open' },
  ];
}

/** A branch name made from a sentence: `use-a-smaller-database`. */
export function branchNameFor(sentence: string): string {
  const words = sentence
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .slice(0, 6);
  return words.join('-').slice(0, 50).replace(/-+$/, '') || 'review';
}

/** A message to start from: `Change main.tf and 2 more files`. */
export function messageFor(paths: readonly string[]): string {
  const [first = ''] = paths;
  const more = paths.length - 1;
  return `Change ${first.replace(/^.*\//, '')}${more > 0 ? ` and ${String(more)} more ${more === 1 ? 'file' : 'files'}` : ''}`;
}

/** The same as commands for a terminal, for editors without a git of their own. */
export function commandsFor(steps: readonly Step[]): string {
  return steps
    .flatMap((step): string[] => {
      switch (step.kind) {
        case 'branch':
          return [`git switch -c ${quoted(step.name)}`];
        case 'commit':
          return [...(step.staged ? [] : ['git add -A']), `git commit -m ${quoted(step.message)}`];
        case 'push':
          return [`git push -u ${quoted(step.remote)} ${quoted(step.branch)}`];
        case 'setUp':
        case 'open':
          return [];
      }
    })
    .join(' && ');
}

const quoted = (word: string): string =>
  /^[\w./@+-]+$/.test(word) ? word : `'${word.replace(/[\r\n]+/g, ' ').replaceAll("'", "'\\''")}'`;
