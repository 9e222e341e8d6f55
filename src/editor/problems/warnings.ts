/** Which AI changes of a file are worth a warning, and what it says. Pure. */
import { linesIn, type Hunk } from '../reading/hunks';
import type { TierView } from '../reading/tier-view';
import { missingOf } from '../requirements';
import { assistantName, lineCount, type Translate } from '../words';

export interface Warning {
  /** First and last line, from 1; the same where lines were only removed. */
  readonly start: number;
  readonly end: number;
  readonly removal: boolean;
  readonly message: string;
}

/** Whether the policy watches AI's changes in a tier: it asks for something now, or would for any change, or looks for dangers. */
export function isWatched({ tier, open }: TierView): boolean {
  return open.length > 0 || tier.any !== null || tier.detect.length > 0 || tier.agents !== 'allow';
}

/** One for each run of AI's lines, and one where AI only removed lines. */
export function warningsOf(t: Translate, hunks: readonly Hunk[], view: TierView, lineTotal: number): Warning[] {
  if (!isWatched(view)) return [];
  return hunks.flatMap((hunk) => warningsOfHunk(t, hunk, view, lineTotal));
}

function warningsOfHunk(t: Translate, hunk: Hunk, view: TierView, lineTotal: number): Warning[] {
  const removed = linesIn(hunk.removed, 'ai');
  const runs = runsOfAi(hunk);
  if (runs.length === 0) {
    if (removed === 0) return [];
    const line = Math.max(1, Math.min(hunk.line, lineTotal));
    const assistant = hunk.removed.find((seen) => seen.author === 'ai')?.assistant ?? null;
    return [{ start: line, end: line, removal: true, message: messageOf(t, t('{0} removed {1} here', assistantName(t, assistant), lineCount(t, removed)), view) }];
  }
  return runs.map((run, index) => {
    const name = assistantName(t, run.assistant);
    const added = lineCount(t, run.end - run.start + 1);
    const did = index === 0 && removed > 0 ? t('{0} wrote {1} here and removed {2}', name, added, removed) : t('{0} wrote {1} here', name, added);
    return { start: run.start, end: run.end, removal: false, message: messageOf(t, did, view) };
  });
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly assistant: string | null;
}

/** AI's lines that stand together, whoever of them wrote which. */
function runsOfAi(hunk: Hunk): Run[] {
  const runs: Run[] = [];
  for (const { start, end, author, assistant } of hunk.added) {
    if (author !== 'ai') continue;
    const last = runs.at(-1);
    if (last?.end === start - 1) runs[runs.length - 1] = { ...last, end, assistant: last.assistant === assistant ? assistant : null };
    else runs.push({ start, end, assistant });
  }
  return runs;
}

/** What happened, why it matters, what to do. */
function messageOf(t: Translate, did: string, { tier, pattern, open }: TierView): string {
  const where = pattern === null ? t('in tier {0}', tier.name) : t('in tier {0} ({1})', tier.name, pattern);
  const missing = missingOf(open);
  if (missing.length === 0) return t('{0}, {1}. The policy watches this place: check the change with care.', did, where);
  return t('{0}, {1}. Before it ships, {2}: read it, then request a review.', did, where, missing.join('; '));
}
