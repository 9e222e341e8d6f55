/**
 * Which commits may have to do with an outage. Each piece of evidence is shown; commits are in the order of how much
 * all that points at them says, then of their time. Nothing is said of a person.
 */
import { outputNames, outputLines, readCommits, patchesOf, type Commit, type Repository } from '../../git';
import { listIf, compileGlob, foldPath } from '../../policy';
import { INCIDENTS_FOLDER } from '../../policy/incidents';
import { loadPolicy } from '../../policy/load';
import { readClues } from './clues-in-text';
import { byDangers, isNamed } from './suspects-by-danger';
import { describeCommits, type DescribedCommit } from './describe-commits';
import { Evidence, type Reason, REASON_WEIGHTS, type Add, type ReasonKind } from './weigh-reasons';
import { readEvidence } from './stack-frames-and-names-in-text';
import { changedLines, matchClues, matchPhrases, matchWords } from './clues-to-changes';
import { byChanges, hasName } from './suspects-by-name';
import { byLines, mapFrames, ownNames } from './suspects-by-stack-frames';
import type { Changes, Search } from './suspect-search-types';
import { windowChanges, type WindowChange } from './unsuspected-changes';
import { changedTogether } from './co-changed-files';
import { listHistory } from '../../provenance/commits';

export interface Suspect extends DescribedCommit {
  readonly reasons: readonly Reason[];
}

export interface Found {
  readonly suspects: readonly Suspect[];
  /** Commits of the window that nothing points at. */
  readonly others: number;
  /** These, the newest first: in no order of suspicion. */
  readonly changes: readonly WindowChange[];
  /** There was no text, no service and no path: all that is known is when it began. */
  readonly onlyTime: boolean;
  readonly window: { readonly from: string | null; readonly to: string; readonly commits: number };
  /** The files that the trace names, as the repository has them. */
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

const COMMITS_AT_MOST = 3_000;

/** Throws a GitError. */
export async function findSuspects(search: Search): Promise<Found> {
  const { repository, services, paths, text } = search;
  const ids = await windowOf(search, COMMITS_AT_MOST);
  const read = await readCommits(repository, ids);
  const { commits, changes } = withoutRecords(read, await changesOf(repository, [...read.values()]));
  const trace = readEvidence(text);
  const clues = readClues(text);
  const evidence = new Evidence((commit) => commits.has(commit));
  // The first commit of all brought what there was: it changed nothing.
  const add: Add = (commit, kind, says, weight = REASON_WEIGHTS[kind]) => {
    evidence.add(commit, kind, says, commits.get(commit)?.parents.length === 0 ? weight / 2 : weight);
  };
  const notices: string[] = [];
  const tracked = await filesAt(repository, search.deployed);
  const { places, unmapped } = mapFrames(trace.frames, tracked, await ownNames(repository));
  if (unmapped > 0)
    notices.push(
      `${String(unmapped)} of ${String(trace.frames.length)} places in the trace are in no file of the repository: of a library, minified, or truncated.`,
    );
  if (trace.long > 0)
    notices.push(
      `${String(trace.long)} very long lines were read only in part. A trace with source maps says more than one of minified code.`,
    );
  if (text.trim() !== '' && trace.frames.length + trace.resources.length + clues.length === 0)
    notices.push('No file and no resource could be read from the text.');
  const files = [...new Set(places.filter(({ close }) => close).map(({ file }) => file))];
  notices.push(...(await byLines(search, places, commits, add)));
  byChanges(
    search,
    { changes, places, names: trace.names, resources: trace.resources, hasKind: evidence.hasKind },
    add,
  );
  if (text.trim() !== '') {
    const changed = await changedLines(repository, changes);
    matchClues(clues, changed, add);
    matchPhrases(text, changed, add);
    matchWords(text, changed, commits, add);
  }
  // What destroys something is named whatever the text says, and says more where the text has to do with it.
  const pointed = new Set(evidence.commits.filter((commit) => evidence.scoreOf(commit) >= POINTED));
  await byDangers(search, changes, commits, (commit, kind, says) => {
    add(commit, kind, says, isNamed(says, text) ? 7 : pointed.has(commit) ? 5 : text.trim() === '' ? 3 : 1);
  });
  await byReverts(search, [...commits.keys()], add);
  const near = files.length > 0 ? files : matching(search, tracked);
  await byTogether(search, { files: near, changes, hasKind: evidence.hasKind }, add);
  const others = [...commits.values()].filter(({ id }) => !evidence.commits.includes(id));
  const last = commits.size === 0 ? await lastBefore(repository, search.deployed) : null;
  if (last !== null) notices.push('The list shows the last changes before the searched time.');
  const { policy } = await loadPolicy(repository);
  return {
    suspects: await ranked(repository, commits, evidence),
    others: others.length,
    changes: await windowChanges(repository, last ?? { commits: others, changes }, policy),
    onlyTime: text.trim() === '' && services.length === 0 && paths.length === 0,
    window: { from: search.lastGood, to: search.deployed, commits: commits.size },
    files,
    notices: [
      ...notices,
      ...listIf(ids.length >= COMMITS_AT_MOST, [
        `Only the latest ${String(COMMITS_AT_MOST)} commits of the window were looked at.`,
      ]),
    ],
  };
}

/** From this on the text has to do with a commit: a word in common, or what it is vaguely about, may be chance. */
const POINTED = 2;

async function filesAt(repository: Repository, commit: string): Promise<readonly string[]> {
  const words = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit];
  const { stdout } = await repository.git(words, { timeout: 60_000 });
  return outputNames(stdout);
}

const LAST = 5;

/** The last commits of what was deployed. */
async function lastBefore(
  repository: Repository,
  deployed: string,
): Promise<{ readonly commits: readonly Commit[]; readonly changes: Changes }> {
  const words = ['rev-list', `--max-count=${String(LAST)}`, '--no-merges', deployed];
  const ids = outputLines(await repository.text(words));
  const commits = [...(await readCommits(repository, ids)).values()];
  return { commits, changes: await changesOf(repository, commits) };
}

async function changesOf(repository: Repository, commits: readonly Commit[]): Promise<Changes> {
  const changes = new Map<string, Changes extends ReadonlyMap<string, infer F> ? F : never>();
  const patches = patchesOf(
    repository,
    commits.map(({ id, parents }) => ({ from: parents[0] ?? null, to: id })),
  );
  for (const { id } of commits) {
    const next = await patches.next();
    if (next.done !== true) changes.set(id, next.value);
  }
  return changes;
}

/** Without the files that record incidents, and the commits of nothing else: they write down what broke. */
function withoutRecords(
  commits: ReadonlyMap<string, Commit>,
  changes: Changes,
): { readonly commits: ReadonlyMap<string, Commit>; readonly changes: Changes } {
  const isRecord = (path: string): boolean => path.startsWith(`${INCIDENTS_FOLDER}/`);
  const shown = [...changes].filter(([, files]) => files.length === 0 || files.some(({ path }) => !isRecord(path)));
  const ids = new Set(shown.map(([id]) => id));
  return {
    commits: new Map([...commits].filter(([id]) => ids.has(id))),
    changes: new Map(shown.map(([id, files]) => [id, files.filter(({ path }) => !isRecord(path))])),
  };
}

function matching({ paths, services }: Search, tracked: readonly string[]): readonly string[] {
  const globs = paths.map(compileGlob);
  return tracked
    .filter(
      (file) =>
        globs.some((glob) => glob.matches(foldPath(file))) || services.some((service) => hasName(file, service)),
    )
    .slice(0, 20);
}

async function ranked(
  repository: Repository,
  commits: ReadonlyMap<string, Commit>,
  evidence: Evidence,
): Promise<readonly Suspect[]> {
  const named = evidence.commits.flatMap((id) => commits.get(id) ?? []);
  const described = await describeCommits(repository, named);
  return [...described.values()]
    .map((commit) => ({
      suspect: { ...commit, reasons: evidence.reasonsOf(commit.commit) },
      score: evidence.scoreOf(commit.commit),
    }))
    .sort((a, b) => b.score - a.score || b.suspect.at.localeCompare(a.suspect.at))
    .map(({ suspect }) => suspect);
}

/** Throws a GitError. */
async function byReverts({ repository, deployed }: Search, window: readonly string[], add: Add): Promise<void> {
  const listed = await repository.git(
    [
      'log',
      '--max-count=2000',
      '--fixed-strings',
      '--grep=This reverts commit ',
      '--format=%H%x00%B%x01',
      'HEAD',
      `^${deployed}`,
    ],
    { codes: [0, 128], timeout: 60_000 },
  );
  for (const part of listed.stdout.toString('utf8').split('\x01')) {
    const [id = '', body = ''] = part.split('\0');
    for (const [, reverted = ''] of body.matchAll(/This reverts commit ([0-9a-f]{7,64})/g)) {
      const commit = window.find((one) => one.startsWith(reverted));
      if (commit !== undefined) add(commit, 'reverted', `${id.trim().slice(0, 10)} took it back afterwards.`);
    }
  }
}

/** Throws a GitError. */
async function byTogether(
  { repository, lastGood, deployed }: Pick<Search, 'lastGood' | 'deployed'> & { readonly repository: Repository },
  {
    files,
    changes,
    hasKind,
  }: {
    readonly files: readonly string[];
    readonly changes: Changes;
    readonly hasKind: (commit: string, kind: ReasonKind) => boolean;
  },
  add: Add,
): Promise<void> {
  if (files.length === 0) return;
  const together = await changedTogether(repository, lastGood ?? deployed, files.slice(0, 10));
  for (const [commit, changed] of changes) {
    // A commit that changes both is evidence already, by the file itself.
    if (changed.some(({ path }) => files.includes(path))) continue;
    for (const { path } of changed) {
      const known = together.get(path);
      if (known === undefined) continue;
      if (hasKind(commit, 'together')) break;
      add(
        commit,
        'together',
        `It changes ${path}, which changed together with ${known.file} in ${String(known.both)} of ${String(known.all)} earlier commits.`,
      );
    }
  }
}

const MINUTE_S = 60;

/**
 * Their ids, newest first. Merges are left out: what they merged is in the window too. Throws a GitError.
 */
async function windowOf(
  { repository, deployed, lastGood, since, began, guessed, now }: Search,
  most: number,
): Promise<readonly string[]> {
  const [first, start] = [Math.floor(since / 1000), Math.floor(began / 1000)];
  // A time that is known to the minute holds the commits of that whole minute.
  const last = start % MINUTE_S === 0 ? start + MINUTE_S - 1 : start;
  const listed = await listHistory(repository, deployed, {
    ...(lastGood === null ? { since: first } : { without: [lastGood] }),
    now: now(),
  });
  return listed
    .filter(({ parents, time }) => parents.length < 2 && (lastGood !== null || !guessed || time <= last))
    .reverse()
    .sort((a, b) => b.time - a.time)
    .slice(0, most)
    .map(({ id }) => id);
}
