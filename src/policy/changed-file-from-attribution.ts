/**
 * From attribution to a file as the decision sees it.
 */
import type { Author, Counts, FileAttribution, LineRange } from '../provenance/authorship/types';
import type { ChangedFile, Finding } from './types';

/** What is known about a file's contents. Default: nothing. */
interface AboutContents {
  readonly runsGate?: boolean;
  readonly unread?: boolean;
  /** Its line count does not describe it: not UTF-8, a very long line, a pointer to content elsewhere. */
  readonly beyondLines?: boolean;
  /** How many files refer to it; undefined when not counted or unknown. */
  readonly dependents?: number | undefined;
}

/**
 * One changed file for {@link decide}. What git shows as the one line of a symbolic link or a submodule stands for more
 * than that line.
 */
export function changedFileOf(
  file: FileAttribution,
  findings: readonly Finding[] = [],
  { runsGate = false, unread = false, beyondLines = false, dependents }: AboutContents = {},
): ChangedFile {
  const hands = [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])];
  const assistants = hands.flatMap((hand) => (hand.author === 'ai' ? [hand.assistant ?? 'unknown-assistant'] : []));
  return {
    path: file.path,
    from: file.from,
    added: countsOf(file.ranges),
    removed: countsOf(file.removed),
    change: wholeBy(file, beyondLines),
    ranges: file.ranges,
    removedRanges: file.removed,
    assistants: [...new Set(assistants)].sort(),
    findings,
    ...(runsGate ? { runsGate } : {}),
    ...(unread && hands.some(({ author }) => author !== 'human') ? { unread } : {}),
    ...dependentsBy(hands, dependents),
  };
}

/** For a file that not only people changed. */
function dependentsBy(
  hands: readonly { readonly author: Author }[],
  files: number | undefined,
): Pick<ChangedFile, 'dependents'> {
  const by = (['ai', 'unknown'] as const).find((author) => hands.some((hand) => hand.author === author));
  return files === undefined || by === undefined ? {} : { dependents: { files, by } };
}

/** What was noticed in the contents of changed files, by path. Left out: nothing. */
interface NoticedIn {
  readonly findings: readonly Finding[];
  readonly runsGate?: ReadonlySet<string>;
  readonly unread?: ReadonlySet<string>;
  readonly beyondLines?: ReadonlySet<string>;
  readonly dependents?: ReadonlyMap<string, number>;
}

/** What stands at another place and is about this file too, at its places here. */
const sharedWith = (findings: readonly Finding[], path: string): readonly Finding[] =>
  findings.flatMap(({ alsoIn = [], ...finding }) =>
    alsoIn.filter((place) => place.path === path).map((place) => ({ ...finding, ...place })),
  );

/** What decides the tier of a file: the findings in it, and those that stand elsewhere and are about it too. */
export const findingsAbout = (findings: readonly Finding[], path: string): readonly Finding[] => [
  ...findings.filter((finding) => finding.path === path),
  ...sharedWith(findings, path),
];

/** One changed file with what was noticed in it. `unplaced`: assistants of its commits whose lines are unknown. */
export function changedFileIn(
  { findings, runsGate, unread, beyondLines, dependents }: NoticedIn,
  attribution: FileAttribution,
  unplaced: readonly string[] = [],
): ChangedFile {
  const { path } = attribution;
  const about: AboutContents = {
    runsGate: runsGate?.has(path) ?? false,
    unread: unread?.has(path) ?? false,
    beyondLines: beyondLines?.has(path) ?? false,
    dependents: dependents?.get(path),
  };
  const file = changedFileOf(
    attribution,
    findings.filter((finding) => finding.path === path),
    about,
  );
  const shared = sharedWith(findings, path);
  return {
    ...file,
    ...(shared.length === 0 ? {} : { shared }),
    assistants: [...new Set([...file.assistants, ...unplaced])].sort(),
  };
}

/**
 * Who made a change that can't be counted in lines; null for one that can. Git shows a link's target or a submodule's
 * commit as a line, and anything may come with it.
 */
function wholeBy({ ranges, removed, change }: FileAttribution, beyondLines: boolean): ChangedFile['change'] {
  const authors = [...ranges, ...removed].map(({ author }) => author);
  if (authors.length === 0) return change?.author ?? 'unknown';
  if (change === null && !beyondLines) return null;
  return (['ai', 'unknown'] as const).find((author) => authors.includes(author)) ?? 'human';
}

/**
 * Adds what a plan would do, as a file of its own; a plan that is itself a changed file keeps both sets of findings.
 */
export function withPlan(files: readonly ChangedFile[], plan: ChangedFile): readonly ChangedFile[] {
  const changed = files.some(({ path }) => path === plan.path);
  return changed
    ? files.map((file) =>
        file.path === plan.path ? { ...file, findings: [...file.findings, ...plan.findings] } : file,
      )
    : [...files, plan];
}

function countsOf(ranges: readonly LineRange[]): Counts {
  const of = (author: Author): number =>
    ranges.reduce((sum, range) => (range.author === author ? sum + range.end - range.start + 1 : sum), 0);
  return { ai: of('ai'), human: of('human'), unknown: of('unknown') };
}
