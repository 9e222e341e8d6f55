/**
 * Votes on a pull request of Azure Repos, as the gate needs them. A vote does not say which commit it is about: that is
 * the latest one at the time of the vote, by the pull request's iterations; the time is in the system's own threads.
 */
import { z } from 'zod';
import type { GivenApproval } from '../../gate';
import type { GivenReviews } from '../client-parts';
import { NO_COMMIT } from '../../../base/patterns';

export const identitySchema = z.object({
  id: z.string().min(1),
  uniqueName: z.string().optional(),
  displayName: z.string().optional(),
  descriptor: z.string().optional(),
  /** A group: it has the vote of its members, who are listed themselves. */
  isContainer: z.boolean().nullish(),
});

export const reviewerSchema = identitySchema.extend({ vote: z.int() });

export const iterationSchema = z.object({
  id: z.int(),
  createdDate: z.string().nullish(),
  sourceRefCommit: z.object({ commitId: z.string() }).nullish(),
});

const propertySchema = z.union([z.string(), z.object({ $value: z.unknown() })]);

export const threadSchema = z.object({
  id: z.int(),
  publishedDate: z.string().nullish(),
  isDeleted: z.boolean().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  comments: z
    .array(
      z.object({
        id: z.int(),
        content: z.string().nullish(),
        commentType: z.string().nullish(),
        author: identitySchema.nullish(),
        isDeleted: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

type Thread = z.infer<typeof threadSchema>;

/** A person's name for signing in, an e-mail address or `DOMAIN\name`; accounts of services are bots to the gate. */
export function accountName({ id, uniqueName, descriptor }: z.infer<typeof identitySchema>): string {
  const name = uniqueName === undefined || uniqueName.trim() === '' ? id : uniqueName.trim();
  return descriptor?.startsWith('svc.') === true || /^(?:Build|AgentPool|vstfs:)/.test(name) ? `${name}[bot]` : name;
}

export function approvalsOf({
  reviewers,
  iterations,
  threads,
}: {
  readonly reviewers: readonly z.infer<typeof reviewerSchema>[];
  readonly iterations: readonly z.infer<typeof iterationSchema>[];
  readonly threads: readonly Thread[];
}): GivenReviews {
  const notices: string[] = [];
  const approvals = reviewers
    .filter(({ isContainer, vote }) => isContainer !== true && vote !== 0)
    .map((reviewer): GivenApproval => {
      const by = accountName(reviewer);
      if (reviewer.vote < 0) return { by, email: null, commit: NO_COMMIT, state: 'changes_requested', at: null };
      const at = timeOfVote(threads, reviewer);
      const commit = at === null ? undefined : headAt(iterations, at);
      if (commit === undefined)
        notices.push(
          `Azure DevOps does not say when ${JSON.stringify(by)} voted, so which commit was meant is not known.`,
        );
      return { by, email: null, commit: commit ?? NO_COMMIT, state: 'approved', at };
    });
  return { approvals, notices };
}

const textOf = (properties: Thread['properties'], name: string): string | undefined => {
  const parsed = propertySchema.safeParse(properties?.[name]);
  if (!parsed.success) return undefined;
  return typeof parsed.data === 'string' ? parsed.data : String(parsed.data.$value);
};

/** When somebody last voted as they do now; null when no thread of the system tells. */
function timeOfVote(threads: readonly Thread[], { id, vote }: z.infer<typeof reviewerSchema>): number | null {
  const votes = threads
    .filter(
      ({ properties, comments }) =>
        textOf(properties, 'CodeReviewThreadType') === 'VoteUpdate' &&
        // anybody may give a thread properties, and only the system writes such comments
        comments?.[0]?.commentType === 'system' &&
        comments[0].author?.id === id,
    )
    .map(({ properties, publishedDate }) => ({
      result: textOf(properties, 'CodeReviewVoteResult'),
      at: Date.parse(publishedDate ?? ''),
    }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((one, other) => other.at - one.at);
  return votes[0]?.result === String(vote) ? votes[0].at : null;
}

/** The source branch's commit of the latest iteration that existed at a time. */
function headAt(iterations: readonly z.infer<typeof iterationSchema>[], time: number): string | undefined {
  const before = iterations
    .map(({ createdDate, sourceRefCommit }) => ({
      at: Date.parse(createdDate ?? ''),
      commit: sourceRefCommit?.commitId.toLowerCase(),
    }))
    .filter(({ at }) => at <= time)
    .sort((one, other) => other.at - one.at);
  return before[0]?.commit;
}
