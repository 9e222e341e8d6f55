/** Which change the checked-out branch contains, and where it is reviewed. Reads configuration and refs only. */
import type { Repository } from '../../git';
import { findAhead, reviewPage, locateForge } from '../pull-request';
import { ReviewError } from '../forges';

export interface ReviewRange {
  /** Checked-out branch; null for none. */
  readonly branch: string | null;
  /** Target branch, such as `main`, and its full ref. */
  readonly base: string;
  readonly baseRef: string;
  /** The pull request's number, if the tool that checked it out left it in git's configuration. */
  readonly number: number | null;
  /** The pull request's page, or the list that contains it; null when no forge is known. */
  readonly page: string | null;
}

/** A branch's configuration as set by tools that check out pull requests. From outside. */
interface BranchConfiguration {
  /** `refs/heads/feature`; for a fork's pull request `refs/pull/7/head`, `refs/merge-requests/7/head`. */
  readonly merge: string;
  /** Set by the editor's extension for GitHub: `OWNER#PROJECT#7` and `OWNER#PROJECT#main`. */
  readonly request: string;
  readonly base: string;
}

/** Undefined when there is nothing to compare with. Throws a ReviewError or a GitError. */
export async function reviewRange(repository: Repository): Promise<ReviewRange | undefined> {
  const ahead = await findAhead(repository.root);
  if (ahead === undefined) return undefined;
  const { branch, remote } = ahead;
  const configured = branch === null ? { merge: '', request: '', base: '' } : await configurationOf(repository, branch);
  const named = /^[^#\n]+#[^#\n]+#(.+)$/.exec(configured.base)?.[1];
  const request =
    named === undefined || remote === null || named === ahead.base
      ? undefined
      : await refOf(repository, `refs/remotes/${remote.name}/${named}`);
  const number = numberIn(configured);
  const head = /^refs\/heads\/(.+)$/.exec(configured.merge)?.[1] ?? branch ?? '';
  return {
    branch,
    base: request === undefined ? ahead.base : (named ?? ahead.base),
    baseRef: request ?? ahead.baseRef,
    number,
    page:
      remote === null || (head === '' && number === null)
        ? null
        : await pageOrNull(repository, { remote, number, head: head === ahead.base ? (branch ?? '') : head }),
  };
}

async function configurationOf(repository: Repository, branch: string): Promise<BranchConfiguration> {
  const all = (
    await repository.git(['config', '--null', '--get-regexp', '^branch\\..*\\.(merge|github-pr-.*)$'], {
      codes: [0, 1],
    })
  ).stdout.toString('utf8');
  const values = new Map(
    all.split('\0').map((entry): [string, string] => [entry.replace(/\n[^]*$/, ''), entry.replace(/^[^\n]*\n?/, '')]),
  );
  const value = (key: string): string => values.get(`branch.${branch}.${key}`) ?? '';
  return { merge: value('merge'), request: value('github-pr-owner-number'), base: value('github-pr-base-branch') };
}

function numberIn({ merge, request }: BranchConfiguration): number | null {
  const found =
    /^refs\/(?:pull|merge-requests|pull-requests)\/(\d{1,9})\//.exec(merge)?.[1] ??
    /^[^#\n]+#[^#\n]+#(\d{1,9})$/.exec(request)?.[1];
  return found === undefined ? null : Number(found);
}

async function refOf(repository: Repository, ref: string): Promise<string | undefined> {
  return (await repository.git(['show-ref', '--verify', '--quiet', '--', ref], { codes: [0, 1, 128] })).code === 0
    ? ref
    : undefined;
}

async function pageOrNull(
  repository: Repository,
  place: Omit<Parameters<typeof reviewPage>[0], 'forge'>,
): Promise<string | null> {
  try {
    const { forge } = await locateForge(repository, place.remote);
    return reviewPage({ ...place, forge });
  } catch (error) {
    if (error instanceof ReviewError) return null;
    throw error;
  }
}
