/** How a commit got into the checked-out branch, or the remote's default one, and who signed it off. */
import { readTrailers } from '../../provenance/commits';
import { outputLines, readCommits, type Commit, type Repository, GitError } from '../../git';
import { signOffsOn, signedFor, type ListedSignOff } from '../../review/gate/sign-offs';
import type { TracedCommit, TracedReview } from './types';
import { findInRange } from '../../policy/findings';
import { checkRange, GateError, type AttributionOf, type CheckResult } from '../../review/gate';
import { baseCommit, knownTeams } from '../../policy/load';

const REVIEW_KEYS = /^(?:reviewed-by|approved-by|acked-by|signed-off-by)$/i;

/** Throws a GitError. */
export async function reviewOf(repository: Repository, commit: string, options: JudgeOptions): Promise<TracedReview> {
  const merge = await mergeOf(repository, commit);
  const commits = await readCommits(repository, [commit, ...(merge === undefined ? [] : [merge])]);
  const [direct, brought] = [commits.get(commit), merge === undefined ? undefined : commits.get(merge)];
  const words = [direct, brought].flatMap((source) =>
    source === undefined
      ? []
      : readTrailers(source.message)
          .filter(({ key }) => REVIEW_KEYS.test(key) && !/^signed-off-by$/i.test(key))
          .map(({ value }) => value),
  );
  const merged = [...new Set([commit, ...(brought?.parents.slice(1) ?? [])])];
  const signed = (await Promise.all(merged.map((one) => signOffsOn(repository, one)))).flat();
  const whyNot = await whyNotCounted(repository, signed, options);
  return {
    merge: brought === undefined ? null : { ...traced(brought), head: brought.parents[1] ?? null },
    signedBy: [
      ...signed.map(({ by, head }, index) => ({
        by: by.join(', ') || 'somebody whose key is not known here',
        source: 'sign-off' as const,
        on: head,
        counts: whyNot[index] === null,
        why: whyNot[index] ?? null,
      })),
      ...[...new Set(words)].map((by) => ({
        by,
        source: 'message' as const,
        on: null,
        counts: false,
        why: 'anybody can write a line into a message',
      })),
    ],
  };
}

/** The remote's default branch answers where the branch that was merged is checked out. */
async function mergeOf(repository: Repository, commit: string): Promise<string | undefined> {
  const head = await repository.commitId('HEAD');
  const merge = head === undefined ? undefined : await mergeInto(repository, head, commit);
  if (merge !== undefined) return merge;
  const base = await baseCommit(repository);
  return base === undefined || base === head ? undefined : mergeInto(repository, base, commit);
}

/** The first merge into a branch that contains the commit while its first parent does not. */
async function mergeInto(repository: Repository, head: string, commit: string): Promise<string | undefined> {
  if (head === commit) return undefined;
  const list = async (way: string): Promise<readonly string[]> => {
    const answer = await repository.git(['rev-list', way, `${commit}..${head}`], { codes: [0, 128], timeout: 60_000 });
    return outputLines(answer.stdout);
  };
  const main = await list('--first-parent');
  const below = new Set(await list('--ancestry-path'));
  const last = main.filter((id) => below.has(id)).at(-1);
  const found = last === undefined ? undefined : (await readCommits(repository, [last])).get(last);
  // If the commit is on the first-parent line itself, the next commit has it as its first parent.
  return found === undefined || found.parents.length < 2 || found.parents[0] === commit ? undefined : last;
}

const traced = (commit: Commit): TracedCommit => ({
  commit: commit.id,
  subject: commit.message.split('\n', 1)[0] ?? '',
  day: new Date(commit.author.time * 1000).toISOString().slice(0, 10),
  by: commit.author.name,
});

/** Why a sign-off did not count, as the end of a sentence; null when it did. */
type WhyNot = string | null;

interface JudgeOptions {
  readonly attributionOf: AttributionOf;
  readonly now: () => number;
}

/**
 * One answer for each. A sign-off counts where the gate lets it count for a tier of the change that it was given for, and
 * does not find it below the level asked there.
 */
async function whyNotCounted(
  repository: Repository,
  signed: readonly ListedSignOff[],
  { attributionOf, now }: JudgeOptions,
): Promise<readonly WhyNot[]> {
  const results = new Map<string, CheckResult | string>();
  const answers: WhyNot[] = [];
  for (const signOff of signed) {
    if (signOff.why !== '') {
      answers.push(lowered(signOff.why));
      continue;
    }
    const key = `${signOff.base} ${signOff.head} ${signOff.at}`;
    const result = results.get(key) ?? (await judged(repository, signOff, attributionOf, now()));
    results.set(key, result);
    answers.push(typeof result === 'string' ? result : whyNot(result, signOff));
  }
  return answers;
}

/** The gate's answer about the change that was signed; why there is none, as the end of a sentence. */
async function judged(
  repository: Repository,
  { base, head, at }: ListedSignOff,
  attributionOf: AttributionOf,
  now: number,
): Promise<CheckResult | string> {
  try {
    return await checkRange({
      repository,
      base,
      head,
      actor: null,
      beforehand: true,
      approvals: [],
      signedFor: signedFor(repository, Date.parse(at)),
      teams: knownTeams(repository, now),
      attributionOf,
      findingsOf: findInRange,
      floors: [], // this machine's of today say nothing of then
    });
  } catch (error) {
    if (error instanceof GateError || error instanceof GitError)
      return `whether it counted isn't known: ${lowered(error.message)}`;
    throw error;
  }
}

function whyNot({ signOffs, tiers }: CheckResult, { by, head }: ListedSignOff): WhyNot {
  const mine = signOffs.filter((signOff) => signOff.commit === head && by.includes(signOff.by));
  const counted = mine.filter(({ counts }) => counts);
  if (counted.length === 0) return mine[0]?.why ?? 'its change requires no sign-off';
  const open = counted.flatMap(({ tier, by: name }) => {
    const required = tiers.find((one) => one.name === tier)?.required ?? [];
    const isUsed = required.length === 0 || required.some((one) => one.by.includes(name));
    return isUsed ? [] : [`${tier} requires somebody of a higher level, or an owner`];
  });
  return open.length === counted.length ? (open[0] ?? null) : null;
}

const lowered = (sentence: string): string =>
  `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
