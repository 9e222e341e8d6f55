/** Everything that is kept about a repository, as one value for JSON. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NOTES_REF } from '../../provenance/commits';
import { outputLines, readBlobs, type Repository } from '../../git';
import { openJournal, type By } from '../../provenance/journal';
import { gitDirs } from './places-of-user-data';
import { attempt, SEPARATOR } from '../../base/platform';

interface KeptSession {
  readonly assistant: string;
  readonly session: string;
  readonly model: string | null;
  readonly records: number;
}

interface Kept {
  readonly version: 1;
  readonly worktrees: readonly {
    readonly gitDir: string;
    readonly records: readonly unknown[];
    /** Contents of files by git object id, if requested; else null for each that is kept. */
    readonly contents: Readonly<Record<string, string | null>>;
    readonly setAside: readonly string[];
    readonly acknowledged: readonly unknown[];
  }[];
  readonly sessions: readonly KeptSession[];
  readonly notes: readonly { readonly commit: string; readonly text: string }[];
}

/** Collects it. `texts`: include the contents of files. Throws a GitError. */
export async function exportKept(
  repository: Repository,
  options: { readonly texts: boolean; readonly now: () => number },
): Promise<Kept> {
  const worktrees = gitDirs(repository).map((gitDir) => {
    const journal = openJournal(gitDir, options.now);
    const records = journal.read().map(({ name, record }) => ({ name, ...record }));
    const ids = namesBelow(path.join(journal.folder, 'contents')).map((name) => name.split(SEPARATOR).join(''));
    return {
      gitDir,
      records,
      contents: Object.fromEntries(
        ids.map((id) => [id, options.texts ? (journal.content(id)?.toString('utf8') ?? null) : null]),
      ),
      setAside: namesBelow(path.join(journal.folder, 'aside')),
      acknowledged: namesBelow(path.join(journal.folder, 'acknowledged')).flatMap((name) =>
        jsonIn(path.join(journal.folder, 'acknowledged', name)),
      ),
    };
  });
  return {
    version: 1,
    worktrees,
    sessions: sessionsIn(worktrees.flatMap(({ records }) => records)),
    notes: await notesIn(repository),
  };
}

/** Files below a folder, by their names relative to it. */
function namesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function jsonIn(file: string): unknown[] {
  return attempt((): unknown[] => [JSON.parse(readFileSync(file, 'utf8'))], []);
}

function sessionsIn(records: readonly object[]): Kept['sessions'] {
  const sessions = new Map<string, KeptSession>();
  for (const record of records) {
    const by: Partial<By> =
      'by' in record
        ? (record.by as By)
        : 'opens' in record
          ? (record.opens as { by: By }).by
          : 'session' in record
            ? (record as Partial<By>)
            : {};
    if (by.session === undefined) continue;
    const key = `${by.assistant ?? ''} ${by.session}`;
    const known = sessions.get(key) ?? {
      assistant: by.assistant ?? 'unknown-assistant',
      session: by.session,
      model: null,
      records: 0,
    };
    sessions.set(key, { ...known, model: by.model ?? known.model, records: known.records + 1 });
  }
  return [...sessions.values()];
}

async function notesIn(repository: Repository): Promise<Kept['notes']> {
  const list = await repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
  const pairs = outputLines(list.stdout).flatMap((line) => {
    const [blob, commit] = line.split(' ');
    return blob !== undefined && commit !== undefined ? [{ blob, commit }] : [];
  });
  const blobs = await readBlobs(
    repository,
    pairs.map(({ blob }) => blob),
  );
  return pairs.map(({ blob, commit }) => ({ commit, text: blobs.get(blob)?.toString('utf8') ?? '' }));
}
