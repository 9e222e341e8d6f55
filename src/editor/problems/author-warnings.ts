/** Which changes of a file are worth a warning, and what it says. Pure. */
import { amountText, matchesEverything, type Finding } from '../../policy';
import { placesIn } from '../../policy/warnings';
import { type LineSpan } from '../../provenance/declarations';
import { linesIn, type Hunk } from '../state/line-hunks';
import { watchIn, type TierView } from '../state/tiers-of-worktree';
import { neededOf } from '../open-requirements-text';
import { assistantName, lineCount } from '../attribution-messages';
import { type Translate } from '../translate';

/** By how costly a mistake is. Never an error: nothing is broken. */
export type Loudness = 'warning' | 'information' | 'hint';

export interface Warning {
  /** First and last line, 1-based; the same when lines were only removed. */
  readonly start: number;
  readonly end: number;
  readonly removal: boolean;
  /**
   * What it is about: changes by these authors, a danger that the rules found, a lesson of an incident, or one that is
   * open.
   */
  readonly about: 'ai' | 'unknown' | 'danger' | 'lesson' | 'incident';
  /** Rule that it comes from, such as `tier/critical` or `destructive/tf-destroy`. */
  readonly rule: string;
  readonly loudness: Loudness;
  readonly message: string;
  /** For a danger: the finding, in words. An acknowledgement applies to these words and the text of the lines. */
  readonly finding?: string;
  /** For a danger: its place in its side's text, by which a fix finds what stood there before. */
  readonly cause?: Pick<Finding, 'line' | 'side'>;
  /** The file of the repository that says more about it. */
  readonly page?: string;
  /** Lines of an unknown author that caused it: a person may declare that they wrote them. */
  readonly unknown?: LineSpan;
}

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

export const LOUDNESS_BY_RANK: readonly Loudness[] = ['warning', 'information'];

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
