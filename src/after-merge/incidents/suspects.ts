/**
 * Which commits may have to do with an outage. Each piece of evidence is shown; commits are in the order of how many
 * kinds of evidence point at them, then of the strongest kind, then of their time. Nothing is said of a person.
 */
import { addCounts, NO_COUNTS } from '../../authorship';
import type { Counts } from '../../authorship/types';
import { findInBlobs } from '../../decision';
import { applyDisclosures } from '../../gate';
import { showCommits } from '../../commits';
import {
  diffTrees,
  isZero,
  patchesOf,
  readCommits,
  type Commit,
  type DiffFile,
  type PatchFile,
  type Repository,
} from '../../git';
import { compileGlob, foldPath, type Finding } from '../../policy';
import type { AssistantNamed, Contribution } from '../../decision/incidents';
import { loadPolicy } from '../../policy/load';
import { readEvidence } from './frames';
import { byLines, mapFrames, onlyName, ownNames } from './places';
import { changedTogether } from './together';
import { windowOf } from './window';
import type { Add, Search } from './types';
import { REASONS, type ReasonKind } from './types';

export interface Reason {
  readonly kind: ReasonKind;
  /** A sentence for people. */
  readonly says: string;
}

export interface Suspect {
  readonly commit: string;
  readonly subject: string;
  /** RFC 3339: when it was committed. */
  readonly at: string;
  readonly files: readonly string[];
  readonly added: Counts;
  readonly removed: Counts;
  readonly assistants: readonly AssistantNamed[];
  readonly provenance: string;
  readonly reasons: readonly Reason[];
  /** `did-not` where no line of it is an assistant's or unknown; else only people can tell. */
  readonly contribution: Contribution;
}

export interface Found {
  readonly suspects: readonly Suspect[];
  /** Commits of the window that nothing points at. */
  readonly others: number;
  readonly window: { readonly from: string | null; readonly to: string; readonly commits: number };
  /** The files that the trace names, as the repository has them. */
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

const COMMITS_AT_MOST = 3_000;
const FINDINGS_OF = 300;

/** Throws a GitError. */
export async function findSuspects(search: Search): Promise<Found> {
  const { repository } = search;
  const ids = await windowOf(search, COMMITS_AT_MOST);
  const commits = await readCommits(repository, ids);
  const evidence = readEvidence(search.text);
  const reasons = new Map<string, Reason[]>();
  const add: Add = (commit, kind, says) => {
    if (!commits.has(commit)) return;
    const known = reasons.get(commit) ?? [];
    if (!known.some((one) => one.says === says)) known.push({ kind, says });
    reasons.set(commit, known);
  };
  const notices: string[] = [];
  const tracked = (
    await repository.git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', search.deployed], { timeout: 60_000 })
  ).stdout
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
  const { places, unmapped } = mapFrames(evidence.frames, tracked, await ownNames(repository));
  if (unmapped > 0)
    notices.push(
      `${String(unmapped)} of ${String(evidence.frames.length)} places in the trace are in no file of the repository: of a library, minified, or truncated.`,
    );
  if (evidence.long > 0)
    notices.push(
      `${String(evidence.long)} very long lines were read only in part. A trace with source maps says more than one of minified code.`,
    );
  if (search.text.trim() !== '' && evidence.frames.length + evidence.resources.length === 0)
    notices.push('No file and no resource could be read from the text.');
  const files = [...new Set(places.filter(({ close }) => close).map(({ file }) => file))];
  const alike = new Map(places.filter(({ file }) => !files.includes(file)).map(({ file, path }) => [file, path]));
  notices.push(...(await byLines(search, places, commits, add)));
  const changes = await changesOf(repository, [...commits.values()]);
  byChanges(search, { changes, files, alike, names: evidence.names, resources: evidence.resources }, add);
  await byFindings(search, changes, commits, add);
  await byReverts(search, [...commits.keys()], add);
  await byTogether(search, { files: files.length > 0 ? files : matching(search, tracked), changes, reasons }, add);
  return {
    suspects: await told(repository, commits, changes, reasons),
    others: commits.size - reasons.size,
    window: { from: search.lastGood, to: search.deployed, commits: commits.size },
    files,
    notices: [
      ...notices,
      ...(ids.length >= COMMITS_AT_MOST
        ? [`Only the latest ${String(COMMITS_AT_MOST)} commits of the window were looked at.`]
        : []),
    ],
  };
}

type Changes = ReadonlyMap<string, readonly PatchFile[]>;

async function changesOf(repository: Repository, commits: readonly Commit[]): Promise<Changes> {
  const changes = new Map<string, readonly PatchFile[]>();
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

interface Named {
  readonly changes: Changes;
  readonly files: readonly string[];
  /** Files of which only the name is in the trace, with the path that has it there. */
  readonly alike: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

function byChanges({ services, paths }: Search, { changes, files, alike, names, resources }: Named, add: Add): void {
  const globs = paths.map((path) => ({ path, glob: compileGlob(path) }));
  for (const [commit, changed] of changes) {
    for (const file of changed) {
      if (files.includes(file.path)) add(commit, 'file', `It changes ${file.path}, which the trace names.`);
      const there = alike.get(file.path);
      if (there !== undefined) add(commit, 'file', `It changes ${file.path}. ${onlyName(there)}`);
      const folded = foldPath(file.path);
      for (const { path, glob } of globs)
        if (glob.matches(folded)) add(commit, 'place', `It changes ${file.path}, which is in ${path}.`);
      for (const service of services)
        if (hasName(file.path, service))
          add(commit, 'place', `It changes ${file.path}, which has the name of the service ${service}.`);
      const texts = {
        removed: file.hunks.flatMap(({ removed }) => removed),
        added: file.hunks.flatMap((hunk) => hunk.added),
      };
      for (const { type, name } of resources) {
        const declares = (line: string): boolean => line.includes(`"${type}"`) && line.includes(`"${name}"`);
        if (texts.removed.some(declares) && !texts.added.some(declares))
          add(commit, 'resource', `It removes ${type}.${name}, which the text names.`);
        else if (texts.added.some(declares) && !texts.removed.some(declares))
          add(commit, 'resource', `It adds ${type}.${name}, which the text names.`);
      }
      for (const name of names) {
        if (files.some((one) => one.includes(name))) continue;
        const where = hasWord(texts.added, name) ? 'adds' : hasWord(texts.removed, name) ? 'removes' : undefined;
        if (where !== undefined)
          add(commit, 'name', `It ${where} a line with "${name}", which the text names (${file.path}).`);
      }
    }
  }
}

const hasName = (path: string, service: string): boolean =>
  path
    .toLowerCase()
    .split(/[/._-]/)
    .some((part) => part === service.toLowerCase()) || path.toLowerCase().split('/').includes(service.toLowerCase());

function hasWord(lines: readonly string[], word: string): boolean {
  return lines.some((line) => {
    const at = line.indexOf(word);
    return at >= 0 && !/\w/.test(line[at - 1] ?? ' ') && !/\w/.test(line[at + word.length] ?? ' ');
  });
}

/**
 * What the danger rules find in what was deployed, and in the commits that it comes from. What came and went again
 * within the window is left out; and looking through each commit whole would take minutes.
 */
async function byFindings(
  { repository, lastGood, deployed }: Search,
  changes: Changes,
  commits: ReadonlyMap<string, Commit>,
  add: Add,
): Promise<void> {
  const { policy } = await loadPolicy(repository);
  const oldest = [...commits.values()].at(-1);
  // What the first commit of all brought was no change of anything: the dangers are in what came after it.
  const from = lastGood ?? oldest?.parents[0] ?? oldest?.id;
  if (from === undefined || changes.size === 0) return;
  const dangers = async (files: readonly DiffFile[]): Promise<readonly Finding[]> => {
    const looked = files
      .filter(({ oldId, newId, hunks }) => hunks.length > 0 && !(isZero(oldId) && isZero(newId)))
      .map(({ path, from: was, oldId, newId }) => ({ path, from: was, oldId, newId }));
    const { findings } = await findInBlobs(repository, looked, policy).catch(() => ({
      findings: [] as readonly Finding[],
    }));
    return findings.filter(
      ({ class: kind, severity }) => kind === 'destructive' && (severity === 'critical' || severity === 'high'),
    );
  };
  const net = await dangers(await diffTrees(repository, from, deployed));
  const paths = new Set(net.map(({ path }) => path));
  let left = FINDINGS_OF;
  for (const [commit, changed] of changes) {
    const files = changed.filter(({ path }) => paths.has(path));
    if (files.length === 0 || left-- <= 0) continue;
    for (const { rule, path, line, message } of await dangers(files))
      if (net.some((one) => one.rule === rule && one.path === path))
        add(commit, 'destructive', `${message} (${rule}, ${path}:${String(line)})`);
  }
}

/** People took it back afterwards. */
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

function matching({ paths, services }: Search, tracked: readonly string[]): readonly string[] {
  const globs = paths.map(compileGlob);
  return tracked
    .filter(
      (file) =>
        globs.some((glob) => glob.matches(foldPath(file))) || services.some((service) => hasName(file, service)),
    )
    .slice(0, 20);
}

/** Files that used to change together with those of the trace. */
async function byTogether(
  { repository, lastGood, deployed }: Search,
  {
    files,
    changes,
    reasons,
  }: {
    readonly files: readonly string[];
    readonly changes: Changes;
    readonly reasons: ReadonlyMap<string, readonly Reason[]>;
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
      if (reasons.get(commit)?.some(({ kind }) => kind === 'together') === true) break;
      add(
        commit,
        'together',
        `It changes ${path}, which changed together with ${known.file} in ${String(known.both)} of ${String(known.all)} earlier commits.`,
      );
    }
  }
}

async function told(
  repository: Repository,
  commits: ReadonlyMap<string, Commit>,
  changes: Changes,
  reasons: ReadonlyMap<string, readonly Reason[]>,
): Promise<readonly Suspect[]> {
  const shown = await showCommits(repository, [...reasons.keys()]);
  const suspects = [...reasons].flatMap(([id, why]): Suspect[] => {
    const [commit, found] = [commits.get(id), shown.get(id)];
    if (commit === undefined || found === undefined) return [];
    const heard = applyDisclosures(found);
    const [added, removed] = [addCounts(heard.added, NO_COUNTS), addCounts(heard.removed, NO_COUNTS)];
    const named = heard.files
      .flatMap(({ ranges, removed: gone, change }) => [...ranges, ...gone, ...(change === null ? [] : [change])])
      .filter(({ author }) => author === 'ai');
    const assistants = new Map(
      named.map(({ assistant, model, session }) => [
        JSON.stringify([assistant, model, session]),
        { assistant: assistant ?? 'unknown-assistant', model, session },
      ]),
    );
    const open =
      added.ai + removed.ai + added.unknown + removed.unknown > 0 ||
      heard.files.some(({ change }) => change !== null && change.author !== 'human');
    return [
      {
        commit: id,
        subject: commit.message.split('\n', 1)[0] ?? '',
        at: new Date(commit.committer.time * 1000).toISOString(),
        files: (changes.get(id) ?? []).map(({ path }) => path),
        added,
        removed,
        assistants: [...assistants.values()],
        provenance: heard.provenance,
        reasons: [...why].sort((a, b) => REASONS.indexOf(a.kind) - REASONS.indexOf(b.kind)),
        contribution: open ? 'cannot-tell' : 'did-not',
      },
    ];
  });
  // That it changes a line of a file and that it changes the file are one kind of evidence.
  const kinds = ({ reasons: all }: Suspect): ReasonKind[] => [
    ...new Set(all.map(({ kind }) => (kind === 'line' ? 'file' : kind))),
  ];
  return suspects.sort(
    (a, b) =>
      kinds(b).length - kinds(a).length ||
      REASONS.indexOf(a.reasons[0]?.kind ?? 'together') - REASONS.indexOf(b.reasons[0]?.kind ?? 'together') ||
      b.at.localeCompare(a.at),
  );
}
