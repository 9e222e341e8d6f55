/**
 * Requesting a review: the branch as git knows it, the gate's decision on its commits, and the pull request
 * made from both. Command line and editor call this one function. Loads YAML and a schema library: not for hooks.
 */
import { decideRange } from './decide-range';
import { readCommit, type Repository } from '../../git';
import { treeFiles } from '../../policy/load';
import { forgeNamed, type ForgeId, type Remote } from '../forges';
import type { FileAttribution } from '../../provenance/authorship/types';
import { quoted } from '../../policy';
import { findCoverage, readCoverage, untestedAiLines } from '../test-coverage';
import {
  findBranch,
  whichForge,
  prepareReview,
  type BranchFacts,
  type OpenRequests,
  type PreparedReview,
  type ReviewInput,
} from '../pull-request';

/** The base branch's template for pull requests. */
const LONGEST = 64 * 1024;

/** Its text; null when there is none. Throws a GitError. */
async function templateOf(repository: Repository, baseRef: string, forge: ForgeId): Promise<string | null> {
  const paths = forgeNamed(forge).templates ?? [];
  const commit = paths.length === 0 ? undefined : await repository.commitId(baseRef);
  if (commit === undefined) return null;
  const files = await treeFiles(repository, commit, paths);
  const found = paths.map((path) => files.get(path)).find((file) => file?.kind === 'file');
  return found?.kind === 'file' && found.bytes.length <= LONGEST ? found.bytes.toString('utf8') : null;
}

interface ReviewRequest {
  readonly repository: Repository;
  /** Branch to merge into; default is the remote's own default branch, else `main` or `master`. */
  readonly base?: string | undefined;
  /** Default: derived from the remote's address. */
  readonly forge?: ForgeId | undefined;
  /** The command may ask a host which forge it is. Default: it may not. */
  readonly mayAskHost?: boolean;
  readonly wholeText: ReviewInput['wholeText'];
  /** A coverage report; default: the latest in the usual places. */
  readonly coverage?: string | undefined;
  /** Asks the forge who is busy: only for a command that contacts it anyway. */
  readonly openRequests?: ((forge: ForgeId, remote: Remote) => Promise<OpenRequests | undefined>) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface RequestedReview {
  readonly branch: BranchFacts;
  readonly review: PreparedReview;
  /** The same with links to lines, for a text that need not fit into an address. */
  readonly linked: PreparedReview;
  /** Who is busy, if the forge was asked and answered. */
  readonly openRequests: OpenRequests | undefined;
  /** What else people must know, as sentences. */
  readonly notices: readonly string[];
}

async function headOf(repository: Repository): Promise<{ readonly id: string; readonly at: number }> {
  const id = (await repository.commitId('HEAD')) ?? '';
  return { id, at: ((await readCommit(repository, id))?.committer.time ?? 0) * 1000 };
}

/**
 * Prepares it; nothing is pushed, opened or sent. Throws a ReviewError, a GateError or a GitError, whose messages are
 * for people.
 */
export async function requestReview({
  repository,
  base,
  forge,
  mayAskHost = false,
  wholeText,
  coverage,
  openRequests,
  now,
}: ReviewRequest): Promise<RequestedReview> {
  const branch = await findBranch(repository.root, base);
  const { forge: id, remote } = await whichForge(repository, {
    remote: branch.remote,
    named: forge,
    mayAsk: mayAskHost,
  });
  const [{ notices, blast, ...range }, busy] = await Promise.all([
    decideRange(repository, branch.baseRef, now),
    openRequests?.(id, remote),
  ]);
  const template = await templateOf(repository, branch.baseRef, id);
  const head = await headOf(repository);
  const { tested, missing } = testedLines(repository.root, range.files, head.at, coverage);
  const input: ReviewInput = {
    ...branch,
    ...range,
    blast: await blast(),
    template,
    tested,
    openRequests: busy,
    forge: id,
    wholeText,
  };
  return {
    branch,
    openRequests: busy,
    review: prepareReview(input),
    linked: prepareReview({ ...input, headCommit: head.id }),
    notices: [...notices, ...missing],
  };
}

// What a coverage report says about the lines that AI added.

/**
 * `named`: the report that a person named; without it one is looked for. `since`: time of the latest commit, in
 * milliseconds.
 */
function testedLines(
  root: string,
  files: readonly FileAttribution[],
  since: number,
  named?: string,
): { readonly tested: ReviewInput['tested']; readonly missing: readonly string[] } {
  const report = named === undefined ? findCoverage(root) : readCoverage(root, named);
  if (report === undefined)
    return {
      tested: undefined,
      missing:
        named === undefined
          ? []
          : [
              `${quoted(named)} is not there, or no report in LCOV, Cobertura, JaCoCo or Go's format, so nothing is said about tests.`,
            ],
    };
  return {
    tested: { ...untestedAiLines(files, report, root), report: report.file, stale: report.at < since },
    missing: [],
  };
}
