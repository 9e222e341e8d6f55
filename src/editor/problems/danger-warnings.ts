/** Which findings of the danger rules are worth a warning in a file, where it stands, and what it says. Pure. */
import type { Author, LineRange } from '../../attribution/types';
import { asked, type Finding, type Severity } from '../../policy';
import type { LineSpan } from '../../declarations';
import { fileTier } from '../state/file-tier';
import type { Hunk } from '../state/hunks';
import type { Survey } from '../state/worktree-state';
import { neededOf } from '../requirements';
import type { Translate } from '../words';
import { LOUDNESS_BY_RANK, type Loudness, type Warning } from './warnings';

/** Who has to sign, and in which tier of the policy. */
export interface Signer {
  /** Such as `a senior's sign-off`. */
  readonly what: string;
  /** The tier by name. */
  readonly tier: string;
  /** 0 is the highest tier. */
  readonly rank: number;
}

export interface DangerPlace {
  readonly hunks: readonly Hunk[];
  readonly lineTotal: number;
  /** Null: nobody has to. */
  readonly signer: (finding: Finding, author: Author) => Signer | null;
}

/**
 * One for each cause; several by one rule at the same line are one. What a person wrote is warned of only where the finding is high
 * or critical: that is dangerous whoever wrote it.
 */
export function dangerWarnings(t: Translate, findings: readonly Finding[], { hunks, lineTotal, signer }: DangerPlace): Warning[] {
  const warnings = new Map<string, { readonly warning: Warning; count: number }>();
  for (const finding of findings) {
    const { author, line, unknown } = causeOf(finding, hunks);
    if (author === 'human' && !isGrave(finding)) continue;
    const at = Math.max(1, Math.min(line, lineTotal));
    const key = `${finding.rule} ${String(at)} ${finding.side}`;
    const known = warnings.get(key);
    if (known) {
      known.count++;
      continue;
    }
    const needed = signer(finding, author);
    const warning: Warning = { start: at, end: at, removal: finding.side === 'old', about: 'danger', rule: finding.rule, loudness: loudnessOf(finding, needed), message: told(t, finding, needed), finding: finding.message, ...(unknown ? { unknown } : {}) };
    warnings.set(key, { warning, count: 1 });
  }
  return [...warnings.values()].map(({ warning, count }) => (count === 1 ? warning : { ...warning, message: t('{0} (and {1} more here)', warning.message, count - 1) }));
}

/** Whether a person must hear of it whoever wrote it. */
export const isGrave = ({ severity }: Pick<Finding, 'severity'>): boolean => severity === 'critical' || severity === 'high';

/** Who has to sign for a finding, by the policy and by what is missing of the change as it is on disk. */
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
  return required ? signer(asked(required)) : null;
}

interface Cause {
  readonly author: Author;
  /** Where it stands in the file as it is, from 1. */
  readonly line: number;
  readonly unknown?: LineSpan;
}

/** The changed lines that a finding comes from: those it is at, else those that are nearest, such as inside a block of which it names the header. */
function causeOf({ line, side }: Finding, hunks: readonly Hunk[]): Cause {
  const runs = hunks.flatMap((hunk) => (side === 'new' ? (hunk.added.length > 0 ? hunk.added : hunk.removed.map((run) => ({ ...run, start: hunk.line, end: hunk.line }))) : hunk.removed.length > 0 ? hunk.removed : hunk.added.map((run) => ({ ...run, start: hunk.was, end: hunk.was }))).map((run) => ({ hunk, run })));
  const distance = ({ run }: (typeof runs)[number]): number => Math.max(run.start - line, line - run.end, 0);
  const [first, ...others] = runs;
  if (!first) return { author: 'unknown', line };
  const { hunk, run } = others.reduce((best, one) => (distance(one) < distance(best) ? one : best), first);
  const ofUnknown = hunk.added.filter(({ author }) => author === 'unknown');
  const [from] = ofUnknown;
  const unknown = run.author === 'unknown' && from ? { unknown: { start: from.start, end: ofUnknown.at(-1)?.end ?? from.end } } : {};
  return { author: run.author, line: side === 'new' ? line : standsNow(hunk, line), ...unknown };
}

/** The line that now stands where an old one was: of lines that were replaced, the one in the same place. */
function standsNow(hunk: Hunk, line: number): number {
  const added = hunk.added.reduce((sum, { start, end }: LineRange) => sum + end - start + 1, 0);
  return hunk.line + Math.max(0, Math.min(line - (hunk.removed[0]?.start ?? line), added - 1));
}

const BY_SEVERITY: Readonly<Record<Severity, Loudness>> = { critical: 'warning', high: 'warning', medium: 'information', low: 'hint' };
const LOUDEST: readonly Loudness[] = ['warning', 'information', 'hint'];

/** The louder of what the finding and the tier ask for. */
function loudnessOf({ severity }: Finding, needed: Signer | null): Loudness {
  const byTier = needed === null ? 'hint' : (LOUDNESS_BY_RANK[needed.rank] ?? 'hint');
  return LOUDEST.find((one) => one === byTier || one === BY_SEVERITY[severity]) ?? 'hint';
}

/** What happens, why it matters, and who has to sign. */
function told(t: Translate, finding: Finding, needed: Signer | null): string {
  const why = whyOf(t, finding);
  return needed === null ? t('{0} {1}', finding.message, why) : t('{0} {1} Needs {2} (tier {3}).', finding.message, why, needed.what, needed.tier);
}

function whyOf(t: Translate, { class: kind, severity }: Finding): string {
  switch (kind) {
    case 'destructive':
      return isGrave({ severity }) ? (severity === 'critical' ? t('Critical: data or a service may be lost for good.') : t('High risk: data or a service may be lost.')) : t('A service may stop for a while.');
    case 'permissions':
      return isGrave({ severity }) ? t('High risk: more people or programs get access.') : t('More people or programs get access.');
    case 'secrets':
      return t('A secret stays in the history once it is committed.');
  }
}
