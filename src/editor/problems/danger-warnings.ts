/** Which findings of the danger rules are worth a warning in a file, where it is, and what it says. Pure. */
import type { Author } from '../../provenance/authorship/types';
import { requirementText, SEVERITIES, type Finding, type Severity } from '../../policy';
import { dangersIn, isGrave } from '../../policy/warnings';
import { fileTier } from '../state/tier-with-pattern';
import type { Hunk } from '../state/line-hunks';
import type { Survey } from '../state/worktree-survey';
import { neededOf } from '../missing-requirements-text';
import type { Translate } from '../translate';
import { LOUDNESS_BY_RANK, type Loudness, type Warning } from './warning-and-loudness';

/** Who has to sign, and in which tier of the policy. */
export interface Signer {
  /** For example `a senior's sign-off`. */
  readonly what: string;
  /** The tier by name. */
  readonly tier: string;
  /** 0 is the highest tier. */
  readonly rank: number;
}

interface DangerPlace {
  readonly hunks: readonly Hunk[];
  readonly lineTotal: number;
  /** Null: nobody has to. */
  readonly signer: (finding: Finding, author: Author) => Signer | null;
  /** The severity from which on a person sees a danger at once, as the setting says it. Default: all. */
  readonly from?: string;
}

/**
 * One for each cause; several by one rule at the same line are one. A person's lines only get a warning when the
 * finding is high or critical: that is dangerous whoever wrote it.
 */
export function dangerWarnings(
  t: Translate,
  findings: readonly Finding[],
  { hunks, lineTotal, signer, from = 'low' }: DangerPlace,
): Warning[] {
  const candidates = findings.filter((finding) => isSeenAtOnce(finding, 'ai', from));
  const dangers = dangersIn(candidates, hunks, lineTotal).filter(({ finding, author }) =>
    isSeenAtOnce(finding, author, from),
  );
  return dangers.map(({ finding, line, author, unknown, count }) => {
    const needed = signer(finding, author);
    const fact = messageOf(t, finding, needed);
    const message = isByAiOnChecks(finding, author) ? t('AI changed its own checks. {0}', fact) : fact;
    return {
      start: line,
      end: line,
      removal: finding.side === 'old',
      about: 'danger',
      rule: finding.rule,
      loudness: loudnessOf(finding, needed),
      message: count === 1 ? message : t('{0} (and {1} more here)', message, count - 1),
      finding: finding.message,
      cause: { line: finding.line, side: finding.side },
      ...(unknown ? { unknown } : {}),
    };
  });
}

/** Who has to sign for a finding, by the policy and by what the change on disk still lacks. */
export function signerOf({ local }: Pick<Survey, 'local'>, finding: Finding, author: Author): Signer | null {
  const { policy } = local.policy;
  const found = fileTier(policy, finding.path, null, [finding]);
  const tier = found && policy.tiers[found.rank];
  if (!found || !tier) return null;
  const signer = (what: string): Signer => ({ what, tier: tier.name, rank: found.rank });
  const decided = local.decision.tiers.find(({ name }) => name === tier.name);
  const needed = decided && neededOf(decided.required).find(({ isSignOff }) => isSignOff);
  if (needed) return signer(needed.what);
  if (decided && decided.required.length > 0 && decided.required.every(({ satisfied }) => satisfied)) return null;
  const required = tier.any ?? (author === 'human' ? null : tier.ai?.byLevel[local.level.level]);
  return required ? signer(requirementText(required)) : null;
}

/**
 * Whether a person sees a danger at once: of a severity and above, none with `off`. Others stay in *AI Changes* and the
 * review. An unknown word counts as `high`, the default. What AI did to what checks it counts one step more.
 */
export function isSeenAtOnce(finding: Pick<Finding, 'class' | 'severity'>, author: Author, from: string): boolean {
  if (from === 'off') return false;
  const known = SEVERITIES.findIndex((severity) => severity === from);
  const last = known === -1 ? SEVERITIES.indexOf('high') : known;
  return SEVERITIES.indexOf(finding.severity) <= last + (isByAiOnChecks(finding, author) ? 1 : 0);
}

/** A check that AI weakened would have looked at what AI wrote. */
const isByAiOnChecks = ({ class: kind }: Pick<Finding, 'class'>, author: Author): boolean =>
  kind === 'checks' && author === 'ai';

const BY_SEVERITY: Readonly<Record<Severity, Loudness>> = {
  critical: 'warning',
  high: 'warning',
  medium: 'information',
  low: 'hint',
};
const LOUDEST: readonly Loudness[] = ['warning', 'information', 'hint'];

/** The more severe of what the finding and the tier call for. */
function loudnessOf({ severity }: Finding, needed: Signer | null): Loudness {
  const byTier = needed === null ? 'hint' : (LOUDNESS_BY_RANK[needed.rank] ?? 'hint');
  return LOUDEST.find((one) => one === byTier || one === BY_SEVERITY[severity]) ?? 'hint';
}

/** Opens the gate of CI: nobody gets access by that, but what it checks. */
const UNCHECKED = 'permissions/ci-gate';

/** What happens, what that may lead to, and who has to sign, in this order: a narrow list cuts the end. */
function messageOf(t: Translate, finding: Finding, needed: Signer | null): string {
  const why = whyOf(t, finding);
  const fact = finding.message.replace(/\.$/, '');
  return needed === null ? t('{0}: {1}.', fact, why) : t('{0}: {1}. Needs {2}.', fact, why, needed.what);
}

function whyOf(t: Translate, { class: kind, severity, rule }: Finding): string {
  if (rule === UNCHECKED) return t('a mistake may pass unseen');
  switch (kind) {
    case 'destructive':
      return isGrave({ severity })
        ? severity === 'critical'
          ? t('data may be lost for good')
          : t('data may be lost')
        : t('a service may stop');
    case 'permissions':
      return t('it opens access');
    case 'secrets':
      return t('it stays in the Git history once committed');
    case 'checks':
      return t('a mistake may pass unseen');
    case 'agents':
      return t('the next agent may do more');
    case 'availability':
      return t('a service may wait or stop');
  }
}
