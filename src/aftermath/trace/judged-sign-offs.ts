/** Whether the sign-offs on a commit counted for the change that it came with: as the gate judges them, at the time they were given. */
import { findInRange } from '../../policy/findings';
import { checkRange, GateError, type AttributionOf, type CheckResult } from '../../review/gate';
import { signedFor, type ListedSignOff } from '../../review/gate/sign-offs';
import { GitError, type Repository } from '../../git';
import { knownTeams } from '../../policy/load';

/** Why a sign-off did not count, as the end of a sentence; null when it did. */
type WhyNot = string | null;

export interface JudgeOptions {
  readonly attributionOf: AttributionOf;
  readonly now: () => number;
}

/**
 * One answer for each. A sign-off counts where the gate lets it count for a tier of the change that it was given for, and
 * does not find it below the level asked there.
 */
export async function whyNotCounted(
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
      return `whether it counted can't be told: ${lowered(error.message)}`;
    throw error;
  }
}

function whyNot({ signOffs, tiers }: CheckResult, { by, head }: ListedSignOff): WhyNot {
  const mine = signOffs.filter((signOff) => signOff.commit === head && by.includes(signOff.by));
  const counted = mine.filter(({ counts }) => counts);
  if (counted.length === 0) return mine[0]?.why ?? 'the change that it was given for asks for no sign-off';
  const open = counted.flatMap(({ tier, by: name }) => {
    const required = tiers.find((one) => one.name === tier)?.required ?? [];
    const isUsed = required.length === 0 || required.some((one) => one.by.includes(name));
    return isUsed ? [] : [`${tier} asks for somebody at a higher level, or an owner`];
  });
  return open.length === counted.length ? (open[0] ?? null) : null;
}

const lowered = (sentence: string): string =>
  `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
