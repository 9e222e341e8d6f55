/** Which changes of a file are worth a warning, and what it says. Pure. */
import { amountText, matchesEverything } from '../../policy';
import { placesIn } from '../../policy/warnings';
import { linesIn, type Hunk } from '../state/line-hunks';
import { watchIn, type TierView } from '../state/tier-view';
import { neededOf } from '../missing-requirements-text';
import { assistantName, lineCount } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import { LOUDNESS_BY_RANK, type Loudness, type Warning } from './warning-and-loudness';

/** One for each run of AI's lines, one where AI only removed lines, and one for a hunk's unknown lines. */
export function warningsOf(t: Translate, hunks: readonly Hunk[], view: TierView, lineTotal: number): Warning[] {
  const watch = watchIn(view);
  if (!watch.ai && !watch.unknown) return [];
  const loudness = loudnessIn(view);
  return hunks.flatMap((hunk) => {
    const places = placesIn(hunk, lineTotal, watch);
    const counted = new Set<string>();
    return places.map(({ start, end, removal, author }): Warning => {
      const isFirst = !counted.has(author);
      counted.add(author);
      const added = hunk.added.filter((seen) => seen.author === author && start <= seen.start && seen.end <= end);
      const removed = isFirst ? linesIn(hunk.removed, author) : 0;
      const amount = amountText(removal ? 0 : linesIn(added), removed);
      const assistants = [
        ...new Set(
          (removal ? hunk.removed.filter((seen) => seen.author === author) : added).map(({ assistant }) => assistant),
        ),
      ];
      const only = assistants.length === 1 ? assistants[0] : null;
      const name = assistantName(t, only ?? null);
      return {
        start,
        end,
        removal,
        about: author,
        ...(author === 'unknown' ? { unknown: { start, end } } : {}),
        rule: `tier/${view.tier.name}`,
        loudness,
        message: author === 'ai' ? aboutAi(t, view, amount, name) : aboutUnknown(t, view, amount),
      };
    });
  });
}

/**
 * A tier of all other files would underline most of what AI writes, so what it asks for is left to *AI Changes* and the
 * status bar. What is not allowed there, or holds while an incident is open, is a warning everywhere.
 */
function loudnessIn({ pattern, open, rank }: TierView): Loudness {
  const isUsual = open.every(({ from, incidents }) => from !== null && incidents === undefined);
  return isUsual && pattern !== null && matchesEverything(pattern) ? 'hint' : (LOUDNESS_BY_RANK[rank] ?? 'hint');
}

/** `critical (infra/prod/**)`. */
export const placeOf = ({ tier, pattern }: Pick<TierView, 'tier' | 'pattern'>): string =>
  pattern === null ? tier.name : `${tier.name} (${pattern})`;

function aboutAi(t: Translate, view: TierView, amount: string, name: string): string {
  const [needed] = neededOf(view.open);
  if (needed === undefined) return t('{0} {1} in {2}. Check with care.', name, amount, view.tier.name);
  return needed.isSignOff
    ? t('{0} {1} in {2}. Needs {3}.', name, amount, view.tier.name, needed.what)
    : t('{0} {1} in {2}. Not allowed here: {3}.', name, amount, view.tier.name, needed.what);
}

function aboutUnknown(t: Translate, view: TierView, amount: string): string {
  const needed = neededOf(view.open).find(({ isSignOff }) => isSignOff);
  return t('Unknown author {0} in {1}. Needs {2}.', amount, view.tier.name, needed?.what ?? lineCount(t, 0));
}
