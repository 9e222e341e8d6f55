/**
 * The claim of `AI-Risk`: AI's lines are in files of that tier. When a commit's note places none there, it is unknown
 * which of the other lines are meant, so no line in that tier's files counts as a person's. Like every claim it only
 * adds.
 */
import { UNKNOWN_AUTHOR } from '../../../provenance/authorship';
import type { FileAttribution, LineRange } from '../../../provenance/authorship/types';
import { tierOf, type Policy } from '../../../policy';
import type { AttributionOf, CommitAuthors } from '../gate-input-types';
import { asUnknown, inBlocks } from './read-and-apply-disclosures';

const AI_RISK = /^AI-Risk:[ \t]*(\S[^\n]{0,99})/gim;

/** No policy has this many tiers, and a message that names more is crafted to be slow. */
const RISKS_AT_MOST = 20;
/** No tier has this name: it stands for any file. */
const ANYWHERE = '';

/** The tiers that a message claims AI's lines are in, as written. What a sentence quotes is not a claim. */
export function risksOf(message: string): readonly string[] {
  if (!/^AI-Risk:/im.test(message)) return [];
  const named = [...new Set([...inBlocks(message).matchAll(AI_RISK)].map((match) => (match[1] ?? '').trim()))];
  return named.length > RISKS_AT_MOST ? [ANYWHERE] : named;
}

/** Attribution with the claims of `AI-Risk` applied, by the tiers of the policy that decides. */
export function withRiskClaims(attributionOf: AttributionOf, policy: Policy | Promise<Policy>): AttributionOf {
  return async (commits) => {
    const [authorsOf, known] = await Promise.all([attributionOf(commits), policy]);
    return (commit, changes) => {
      const authors = authorsOf(commit, changes);
      return authors === undefined ? undefined : hearRisks(authors, risksOf(commit.message), known);
    };
  };
}

/** A commit's authors with what its claims put in doubt. */
export const hearRisks = (authors: CommitAuthors, risks: readonly string[], policy: Policy): CommitAuthors =>
  risks.reduce((heard, risk) => {
    const doubted = doubtedBy(risk, heard.files, policy);
    return doubted.size === 0
      ? heard
      : { ...heard, files: heard.files.map((file) => (doubted.has(file) ? asDoubted(file) : file)) };
  }, authors);

/**
 * The files that a claim may mean although their note does not say so. A tier that the policy does not have may have
 * been any file. One without a file here was matched by the content of lines (`detect`), or its paths have changed:
 * AI's lines anywhere may be meant.
 */
function doubtedBy(risk: string, files: readonly FileAttribution[], policy: Policy): ReadonlySet<FileAttribution> {
  const isTier = policy.tiers.some(({ name }) => name === risk);
  const inTier = files.filter(({ path, from }) => tierOf(policy, { path, from, findings: [] })?.tier.name === risk);
  if (inTier.length > 0) return new Set(inTier.some(hasAi) ? [] : inTier);
  return new Set(isTier && files.some(hasAi) ? [] : files);
}

const hasAi = (file: FileAttribution): boolean =>
  [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])].some(
    ({ author }) => author === 'ai',
  );

function asDoubted(file: FileAttribution): FileAttribution {
  const ranges = (side: readonly LineRange[]): readonly LineRange[] => side.map(asUnknown);
  return {
    ...file,
    ranges: ranges(file.ranges),
    removed: ranges(file.removed),
    change: file.change?.author === 'human' ? { ...file.change, ...UNKNOWN_AUTHOR } : file.change,
  };
}
