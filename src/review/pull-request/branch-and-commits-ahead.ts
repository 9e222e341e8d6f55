/**
 * What git knows about the branch to be reviewed. Reads configuration, refs and commits; fetches and pushes nothing.
 */
import { baseRemoteOf } from '../../git';
import { ReviewError } from '../forges';
import { shellWord, visible } from '../../policy';

export interface BranchFacts {
  readonly remote: { readonly name: string; readonly address: string };
  /** Target branch on the remote, such as `main`. */
  readonly base: string;
  /** Revision to compare with: the remote's branch as last fetched, else the local one. A full ref name. */
  readonly baseRef: string;
  /** The branch's name on the remote, such as `feature/x`. */
  readonly head: string;
  /** First lines of the messages of the commits from the merge base to HEAD, oldest first. */
  readonly subjects: readonly string[];
  /** E-mail addresses of authors, co-authors and committers of those commits, and of the person who works here now. */
  readonly authors: readonly string[];
  /** Whether the remote-tracking branch contains HEAD. */
  readonly pushed: boolean;
  /** What to type when it is not: `git push -u origin feature/x`. */
  readonly pushCommand: string;
}

const MOST_COMMITS = 200;

/**
 * Examines the checked-out branch of the repository whose top is `root`. `base`: the branch to merge into; default is
 * the remote's own default branch (`origin/HEAD`), else `main` or `master`. Throws a {@link ReviewError}.
 */
export async function findBranch(root: string, base?: string): Promise<BranchFacts> {
  const git = reader(root);
  if ((await git('rev-parse', '--git-dir')) === undefined)
    throw new ReviewError('git', 'git does not read this repository. See what it says: git status');
  const branch = await git('symbolic-ref', '--quiet', '--short', 'HEAD');
  if (branch === undefined)
    throw new ReviewError('no-branch', 'No branch is checked out. Create one first: git switch -c NAME');

  const configured = await readConfiguration(git);
  const remote = remoteOf(configured, branch);
  const address = await git('remote', 'get-url', '--', remote);
  if (address === undefined || address === '') throw noRemote('The remote has no address');
  const refs = await readRefs(git, remote);
  const { name, ref } = baseOf(refs, remote, base);
  const head = nameThere(configured, branch, remote, name);
  if (head === name)
    throw new ReviewError('no-branch', `You're on ${visible(name)}. Create a branch first: git switch -c NAME`);
  const commits = await commitsSince(git, ref);
  if (commits.length === 0)
    throw new ReviewError(
      'no-commits',
      `${visible(branch)} has no commits ahead of ${visible(name)}. Commit, then request the review.`,
    );

  const people = [...commits.flatMap((commit) => commit.people), configured.get('user.email') ?? ''];
  return {
    remote: { name: remote, address },
    base: name,
    baseRef: ref,
    head,
    subjects: commits.map((commit) => commit.subject),
    authors: [...new Set(people)].filter((email) => email !== ''),
    pushed: await isPushed(git, refs, `refs/remotes/${remote}/${head}`),
    pushCommand: `git push -u ${shellWord(remote)} ${shellWord(head === branch ? branch : `${branch}:${head}`)}`,
  };
}

/** How far the current work is ahead of its target branch. */
export interface Ahead {
  /** Checked-out branch; null for none. */
  readonly branch: string | null;
  /** Target branch, such as `main`. */
  readonly base: string;
  readonly baseRef: string;
  /** Where it is pushed to; null when no remote is known. */
  readonly remote: { readonly name: string; readonly address: string } | null;
  /** The checked-out branch is the base itself. */
  readonly onBase: boolean;
  /** First lines of the messages of commits that the base lacks, oldest first; at most 200. */
  readonly subjects: readonly string[];
  /** E-mail addresses of their authors and committers, and of the person who works here now. */
  readonly people: readonly string[];
}

/**
 * What HEAD has that the base lacks; undefined when there is nothing to compare with. Unlike {@link findBranch} it
 * needs neither a remote nor a branch. Throws a {@link ReviewError} when git does not run.
 */
export async function findAhead(root: string): Promise<Ahead | undefined> {
  const git = reader(root);
  const branch = (await git('symbolic-ref', '--quiet', '--short', 'HEAD')) ?? null;
  const configured = await readConfiguration(git);
  const { known, name } = remotesIn(configured, branch ?? '');
  const remote = name ?? baseRemoteOf(known);
  const refs = await readRefs(git, remote);
  const standard = refs.get(`refs/remotes/${remote}/HEAD`) ?? '';
  const found = baseIn(refs, remote, standard);
  if (found === undefined || found.ref === `refs/heads/${branch ?? ''}`) return undefined;
  const commits = await commitsSince(git, found.ref);
  return {
    branch,
    base: found.name,
    baseRef: found.ref,
    remote: name === undefined ? null : { name, address: (await git('remote', 'get-url', '--', name)) ?? '' },
    onBase: branch === found.name,
    subjects: commits.map(({ subject }) => subject),
    people: [...new Set([...commits.flatMap(({ people }) => people), configured.get('user.email') ?? ''])].filter(
      (email) => email !== '',
    ),
  };
}

/**
 * Git's output without the last line break; undefined when git exits with any code but 0. Throws a {@link ReviewError}
 * `git` when it can't run.
 */
type Ask = (...words: string[]) => Promise<string | undefined>;

function reader(root: string): Ask {
  // simple-git removes every GIT_* variable and refuses words that could start a program; nothing here needs one of
  // them
  return async (...words) => {
    const { simpleGit } = await import('simple-git'); // only where used: this room's door also serves the gate
    let exit = 0;
    const git = simpleGit({
      baseDir: root,
      timeout: { block: 60_000 },
      allowEnvironment: ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM'],
      unsafe: { allowUnsafeConfigPaths: true },
      errors: (_error, { exitCode }) => {
        exit = exitCode;
        return undefined;
      },
    });
    const answer = await git.raw(words);
    if (exit < 0) throw new ReviewError('git', 'git could not be started. Is it installed and on PATH?');
    return exit === 0 ? answer.replace(/\r?\n$/, '') : undefined;
  };
}

/** Configuration of remotes, branches and the person; the last value of each key, as in git. */
type Configuration = ReadonlyMap<string, string>;

async function readConfiguration(git: Ask): Promise<Configuration> {
  // git prints sections and keys in lower case and names as they are
  const all = await git(
    'config',
    '--null',
    '--get-regexp',
    '^(remote\\.|branch\\..*\\.(remote|merge|pushremote)$|user\\.email$)',
  );
  return new Map(
    (all ?? '')
      .split('\0')
      .map((entry): [string, string] => [entry.replace(/\n[^]*$/, ''), entry.replace(/^[^\n]*\n?/, '')]),
  );
}

/** There is nowhere to push to: how to say where. */
export const noRemote = (why: string): ReviewError =>
  new ReviewError('no-remote', `${why}. "git remote add origin https://HOST/OWNER/PROJECT.git" adds one.`);

/** The remote that the branch is pushed to (as `git push` chooses), else `origin`, else the only one. */
function remoteOf(configured: Configuration, branch: string): string {
  const { known, name } = remotesIn(configured, branch);
  if (name !== undefined) return name;
  throw noRemote(
    known.length > 1
      ? 'This repository has several remotes, and none is called origin'
      : 'This repository has no remote',
  );
}

function remotesIn(
  configured: Configuration,
  branch: string,
): { readonly known: readonly string[]; readonly name: string | undefined } {
  const known = [...new Set([...configured.keys()].flatMap((key) => /^remote\.([^]+)\.url$/.exec(key)?.[1] ?? []))];
  const wanted = [
    configured.get(`branch.${branch}.pushremote`),
    configured.get('remote.pushdefault'),
    configured.get(`branch.${branch}.remote`),
    'origin',
  ];
  return {
    known,
    name:
      wanted.find((each) => each !== undefined && known.includes(each)) ?? (known.length === 1 ? known[0] : undefined),
  };
}

/**
 * The branch's name on the remote. One created with `git switch -c feature origin/main` tracks the base, but will not
 * be pushed there.
 */
function nameThere(configured: Configuration, branch: string, remote: string, base: string): string {
  const tracked =
    configured.get(`branch.${branch}.remote`) === remote
      ? configured.get(`branch.${branch}.merge`)?.replace(/^refs\/heads\//, '')
      : undefined;
  return tracked === undefined || tracked === base ? branch : tracked;
}

/**
 * Local branches and those of the remote, by their full names; for a symbolic one (`refs/remotes/origin/HEAD`) its
 * target.
 */
type Refs = ReadonlyMap<string, string>;

async function readRefs(git: Ask, remote: string): Promise<Refs> {
  const all = await git('for-each-ref', '--format=%(refname)%00%(symref)', 'refs/heads/', `refs/remotes/${remote}/`);
  return new Map(
    (all ?? '').split('\n').map((line): [string, string] => [line.replace(/\0.*$/, ''), line.replace(/^.*\0/, '')]),
  );
}

interface FoundBase {
  readonly name: string;
  readonly ref: string;
}

/** A branch by its name: the remote-tracking one, else the local one. */
function branchIn(refs: Refs, remote: string, name: string): FoundBase | undefined {
  const ref = [`refs/remotes/${remote}/${name}`, `refs/heads/${name}`].find((each) => refs.has(each));
  return ref === undefined ? undefined : { name, ref };
}

/**
 * The default target branch. `standard`: the ref that the remote's HEAD points to; empty when unknown.
 */
const baseIn = (refs: Refs, remote: string, standard: string): FoundBase | undefined =>
  [standard.slice(`refs/remotes/${remote}/`.length), 'main', 'master']
    .filter((name) => name !== '')
    .map((name) => branchIn(refs, remote, name))
    .find((each) => each !== undefined);

function baseOf(refs: Refs, remote: string, wanted: string | undefined): FoundBase {
  const find = (name: string): FoundBase | undefined => branchIn(refs, remote, name);
  const there = `${remote}/`;
  if (wanted !== undefined) {
    const short = wanted.replace(/^refs\/(?:heads|remotes)\//, '');
    const found = (short.startsWith(there) ? find(short.slice(there.length)) : undefined) ?? find(short);
    if (found !== undefined) return found;
    throw new ReviewError(
      'no-base',
      `There is no branch ${visible(wanted)} here or on ${visible(remote)}. Name one that exists, or fetch: git fetch ${shellWord(remote)}`,
    );
  }
  const found = baseIn(refs, remote, refs.get(`refs/remotes/${there}HEAD`) ?? '');
  if (found !== undefined) return found;
  throw new ReviewError('no-base', 'The target branch is not known. Name it: --base BRANCH');
}

interface CommitFacts {
  readonly subject: string;
  /** E-mail addresses, as written and by `.mailmap`, of author, committer and co-authors. */
  readonly people: readonly string[];
}

const CO_AUTHORS = '%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x01)';

/** Commits of HEAD that `ref` lacks, oldest first. */
async function commitsSince(git: Ask, ref: string): Promise<readonly CommitFacts[]> {
  const format = `--format=${['%s', '%ae', '%aE', '%ce', '%cE', CO_AUTHORS].join('%x00')}`;
  // otherwise a program named in the configuration would check signatures
  const log = await git(
    'log',
    '--no-show-signature',
    '--encoding=UTF-8',
    `--max-count=${String(MOST_COMMITS)}`,
    format,
    `${ref}..HEAD`,
    '--',
  );
  const lines = (log ?? '').split('\n').filter((line) => line !== '');
  return lines.reverse().map((line) => {
    const [subject = '', author = '', authorMapped = '', committer = '', committerMapped = '', together = ''] =
      line.split('\0');
    const coAuthors = together.split('\x01').flatMap((person) => /<([^<>\s]+)>/.exec(person)?.[1] ?? []);
    return { subject, people: [author, authorMapped, committer, committerMapped, ...coAuthors] };
  });
}

async function isPushed(git: Ask, refs: Refs, ref: string): Promise<boolean> {
  return refs.has(ref) && (await git('rev-list', '--count', '--max-count=1', `${ref}..HEAD`, '--')) === '0';
}
