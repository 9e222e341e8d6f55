/** Writes a report to the journal. */
import path from 'node:path';
import { settleBeforeRecording } from '../../commits';
import { outputNames, headNow, treeEntries, type Repository } from '../../../git';
import {
  EMPTY_FILE,
  openBrackets,
  openJournal,
  type FileEdit,
  type Journal,
  type JournalOptions,
  type StoredRecord,
  type OpenBracket,
} from '../../journal';
import {
  changedPaths,
  cleanFiles,
  committedPaths,
  filtered,
  type CleanFile,
} from './changed-paths-and-earlier-contents';
import { contentBefore, applyReportedEdits } from './undo-and-apply-reported-edits';
import type { Claim, Recorded, Report } from './edit-report';
import { safePath } from './safe-path';
import { isHeld, presentFile, presentSubmodule } from './present-file';

/** Records a report. Throws a JournalError or a GitError. */
export async function record(
  repository: Repository,
  report: Report,
  now: () => number,
  options: JournalOptions = {},
): Promise<Recorded> {
  // A commit made since the last record must be recorded before the next edit; otherwise their order would be unknown.
  await settleBeforeRecording(repository, now);
  const journal = openJournal(repository.gitDir, now, options);
  const notices: string[] = [];
  // A file and its edits have the same path, and a check of one reads git's files twice.
  const checked = new Map<string, ReturnType<typeof safePath>>();
  const inside = (path: string): string[] => {
    const safe = checked.get(path) ?? safePath(path, report.cwd, repository.root);
    checked.set(path, safe);
    if ('path' in safe) return [safe.path];
    const notice = `${safe.refused}: it was left out.`;
    if (!notices.includes(notice)) notices.push(notice);
    return [];
  };
  const files = [...new Set(report.files.flatMap(inside))];
  const claims = report.edits.flatMap((claim) => inside(claim.path).map((p) => ({ ...claim, path: p })));
  if (report.event === 'before') {
    const all = report.files.length === 0 && report.onlyReads !== true;
    const name = await before(repository, journal, report, all ? await changedPaths(repository) : files, all);
    return { record: name, notices };
  }
  return { ...(await after(repository, journal, report, files, claims, now)), notices };
}

async function before(
  repository: Repository,
  journal: Journal,
  report: Report,
  files: readonly string[],
  all: boolean,
): Promise<string> {
  const id = pairOf(report);
  const index = all ? journal.keepIndex(path.join(repository.gitDir, 'index')) : undefined;
  const recent = journal.recentContents(files);
  return journal.add({
    kind: 'seen',
    files: files.flatMap((p) => {
      const present = keepPresent(repository, journal, p, recent.get(p));
      return present === undefined ? [] : [{ path: p, ...present }];
    }),
    opens: {
      ...(id === undefined ? {} : { id }),
      by: report.by,
      all,
      head: all ? await headNow(repository) : null,
      ...(index === undefined ? {} : { index }),
    },
  });
}

/** A path's stored content by name, and its mode; a submodule's content is its commit. */
interface Kept {
  readonly content: string | null;
  readonly mode?: string;
}

const GONE: Kept = { content: null };

/** `likely`: the id that its content has if nothing changed. Undefined where nobody can say what is there. */
function keepPresent(repository: Repository, journal: Journal, p: string, likely?: string | null): Kept | undefined {
  let present = presentFile(repository.root, p);
  if (present === null) {
    if (isHeld(repository.root, p)) return undefined;
    present = presentFile(repository.root, p); // it may have been held until now
  }
  if (present)
    return {
      content: journal.keep(present.content, likely),
      ...(present.mode === undefined ? {} : { mode: present.mode }),
    };
  const commit = presentSubmodule(repository.root, p);
  return commit === undefined ? GONE : { content: commit, mode: '160000' };
}

function keepClean(journal: Journal, file: CleanFile): Kept {
  if (file === null) return GONE;
  return 'commit' in file
    ? { content: file.commit, mode: file.mode }
    : { content: journal.keep(file.content), mode: file.mode };
}

/** The edit from one state to the other; undefined when they are equal. */
function editBetween(p: string, from: Kept, to: Kept): FileEdit | undefined {
  const known = from.mode !== undefined && to.mode !== undefined;
  if (from.content === to.content && (!known || from.mode === to.mode)) return undefined;
  return {
    path: p,
    from: from.content,
    to: to.content,
    ...(known ? { modes: [from.mode ?? '', to.mode ?? ''] as const } : {}),
  };
}

async function after(
  repository: Repository,
  journal: Journal,
  report: Report,
  files: readonly string[],
  claims: readonly Claim[],
  now: () => number,
): Promise<Omit<Recorded, 'notices'>> {
  const bracket = bracketOf(journal.openRecords(), report, files, now());
  if (report.nothingDone === true)
    return bracket ? { record: journal.add({ kind: 'edit', by: report.by, closes: bracket.name, files: [] }) } : {};
  const edits = bracket
    ? await seenEdits(repository, journal, report, bracket, files, claims)
    : await provenEdits(repository, journal, claims, files);
  if (!bracket && !report.onDisk)
    edits.push(
      ...(await comingEdits(
        repository,
        journal,
        claims.filter((claim) => !edits.some((edit) => edit.path === claim.path)),
      )),
    );
  if (edits.length === 0 && !bracket) return {};
  const name = journal.add({
    kind: 'edit',
    by: report.by,
    ...(report.id === undefined ? {} : { id: report.id }),
    ...(bracket ? { closes: bracket.name } : {}),
    files: edits,
  });
  const changing = edits.filter((edit) => edit.from !== edit.to || edit.modes !== undefined);
  return { record: name, changed: changing.map((edit) => edit.path), edits: changing };
}

/** What pairs the two halves of an action. Only a real id also identifies a repeated delivery. */
const pairOf = (report: Report): string | undefined => report.id ?? report.pair;

/** The opening half that an `after` belongs to: by its id, else the latest one of its session that covers its files. */
function bracketOf(
  records: readonly StoredRecord[],
  report: Report,
  files: readonly string[],
  now: number,
): OpenBracket | undefined {
  const open = openBrackets(records, now);
  const same = (bracket: OpenBracket): boolean =>
    bracket.record.opens.by.session === report.by.session && bracket.record.opens.by.assistant === report.by.assistant;
  const id = pairOf(report);
  if (id !== undefined) {
    const byId =
      open.findLast((bracket) => bracket.record.opens.id === id && same(bracket)) ??
      (report.id === undefined ? undefined : open.findLast((bracket) => bracket.record.opens.id === report.id));
    if (byId) return byId;
  }
  const candidates = open.filter(
    (bracket) => same(bracket) && (id === undefined || bracket.record.opens.id === undefined),
  );
  const covers = (bracket: OpenBracket): boolean =>
    bracket.record.opens.all ||
    files.length === 0 ||
    files.every((p) => bracket.record.files.some((file) => file.path === p));
  return candidates.findLast(covers);
}

/** What changed since the bracket opened. */
async function seenEdits(
  repository: Repository,
  journal: Journal,
  report: Report,
  bracket: OpenBracket,
  files: readonly string[],
  claims: readonly Claim[],
): Promise<FileEdit[]> {
  const known = new Map<string, Kept>(bracket.record.files.map((file) => [file.path, file]));
  const paths = new Set([...known.keys(), ...files, ...claims.map((claim) => claim.path)]);
  if (bracket.record.opens.all) {
    for (const p of [...(await changedPaths(repository)), ...(await committedPaths(repository, bracket))]) paths.add(p);
    const clean = [...paths].filter((p) => !known.has(p));
    for (const [p, file] of await cleanFiles(repository, journal, bracket, clean))
      known.set(p, keepClean(journal, file));
  }
  const edits: FileEdit[] = [];
  for (const p of paths) {
    const from = known.get(p);
    if (from === undefined) {
      edits.push(
        ...(await provenEdits(
          repository,
          journal,
          claims.filter((claim) => claim.path === p),
          [],
        )),
      );
      continue;
    }
    const to = keepPresent(repository, journal, p, from.content);
    if (to === undefined) continue;
    const ownClaims = claims.filter((claim) => claim.path === p);
    // VS Code first creates a new file empty and fills it after its hook, and it empties any file while saving: the
    // content is still to come.
    const unfilled = !report.onDisk && ownClaims.length > 0 && to.content === EMPTY_FILE;
    const edit = unfilled ? undefined : editBetween(p, from, to);
    if (edit) {
      edits.push(edit);
      continue;
    }
    if (report.onDisk || ownClaims.length === 0) {
      // Nothing differs now, yet another edit may have been made and undone: record that this bracket saw it.
      if (claims.length > 0) edits.push({ path: p, from: from.content, to: to.content });
      continue;
    }
    const former = from.content === null ? null : journal.content(from.content)?.toString('utf8');
    const will = former === undefined ? undefined : applyReportedEdits(former, ownClaims);
    if (will !== undefined && will !== former)
      edits.push({ path: p, from: from.content, to: journal.keep(Buffer.from(will)), predicted: true });
  }
  return edits;
}

/** Without an opening half, only what the report itself proves against the current file. */
async function provenEdits(
  repository: Repository,
  journal: Journal,
  claims: readonly Claim[],
  files: readonly string[],
): Promise<FileEdit[]> {
  const edits: FileEdit[] = [];
  for (const p of new Set([...claims.map((claim) => claim.path), ...files])) {
    const ownClaims = claims.filter((claim) => claim.path === p);
    const present = presentFile(repository.root, p)?.content;
    if (ownClaims.length === 0 || present === undefined) continue;
    const text = present.toString('utf8');
    if (!Buffer.from(text).equals(present)) continue;
    const last = ownClaims.some((claim) => claim.new === '' || claim.old === '')
      ? ((await lastKnown(repository, journal, p)) ?? (await contentBeforeRename(repository, text, ownClaims)))
      : undefined;
    const proven = contentBefore(text, ownClaims, last ?? undefined);
    // Whoever rewrites an existing file as a whole may have left any of it unchanged.
    if (proven === undefined || (proven === null && last !== null && last !== undefined && last !== '')) continue;
    edits.push({
      path: p,
      from: proven === null ? null : journal.keep(Buffer.from(proven)),
      to: journal.keep(present),
    });
  }
  return edits;
}

/**
 * What files will contain once they are saved, where that is not visible yet and the reported edits fit their last
 * content.
 */
async function comingEdits(repository: Repository, journal: Journal, claims: readonly Claim[]): Promise<FileEdit[]> {
  const edits: FileEdit[] = [];
  for (const p of new Set(claims.map((claim) => claim.path))) {
    const ownClaims = claims.filter((claim) => claim.path === p);
    const former = await lastKnown(repository, journal, p);
    const will = former === undefined ? undefined : applyReportedEdits(former, ownClaims);
    if (former !== undefined && will !== undefined && will !== former)
      edits.push({
        path: p,
        from: former === null ? null : journal.keep(Buffer.from(former)),
        to: journal.keep(Buffer.from(will)),
        predicted: true,
      });
  }
  return edits;
}

/** A file's last recorded content, else the one in HEAD; null when it did not exist, undefined when unknown. */
async function lastKnown(repository: Repository, journal: Journal, p: string): Promise<string | null | undefined> {
  const last = journal.lastContent(p);
  if (last !== undefined) return last === null ? null : journal.content(last)?.toString('utf8');
  const head = await repository.git(['cat-file', '--filters', `HEAD:${p}`], { codes: [0, 128] });
  return head.code === 0 ? head.stdout.toString('utf8') : null;
}

/** Where more files are gone than this, a renamed one is not looked for among them. */
const FORMER_NAMES_AT_MOST = 20;

/**
 * The committed content of a file that is gone, and from which the edits make this text: the file was renamed, and only
 * then edited. Null if there is none.
 */
async function contentBeforeRename(
  repository: Repository,
  text: string,
  claims: readonly Claim[],
): Promise<string | null> {
  if (!claims.some((claim) => claim.new === '')) return null;
  const gone = await repository.git(['diff', '--name-only', '--no-renames', '--diff-filter=D', '-z', 'HEAD'], {
    codes: [0, 128],
  });
  const names = outputNames(gone.stdout);
  const head = names.length === 0 || names.length > FORMER_NAMES_AT_MOST ? null : await headNow(repository);
  if (gone.code !== 0 || head === null) return null;
  const entries = [...(await treeEntries(repository, head, names))].map(([name, entry]) => ({
    path: name,
    ...entry,
  }));
  return (
    [...(await filtered(repository, entries)).values()]
      .map((content) => content.toString('utf8'))
      .find((content) => applyReportedEdits(content, claims) === text) ?? null
  );
}
