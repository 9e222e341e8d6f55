/**
 * Reads the incident files that apply here: the base branch's if known, else the work tree's. The parsed form is cached
 * in the git directory, so that a hook needs no YAML: it can always be rebuilt, so no failure of the cache is an error.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputNames, isolatedGit, readBlobs, type Repository } from '../../git';
import { RecordFolder } from '../../base/files';
import { hasShape, isAnything, isListOf } from '../../base/shapes';
import type { OpenIncident } from '..';
import { baseCommit } from '../load';
import { incidentId, INCIDENTS_FOLDER, type Incident, type IncidentProblem, type Incidents } from './types';
import { attempt } from '../../base/platform';

/** Must change with what the parser accepts and with the shape of {@link Incidents}. */
const FORMAT = 2;
/** Larger files are not read (bytes), and no more than this many. */
const FILE_AT_MOST = 262_144;
const FILES_AT_MOST = 2_000;

const isAnyList = isListOf(isAnything);
const hasLists = hasShape({ incidents: isAnyList, problems: isAnyList, open: isAnyList });
/** By the commit, or the files' bytes, that they were read from. */
const parsedForms = new RecordFolder<Incidents>({
  folder: 'incidents',
  isRecord: (value): value is Incidents => hasLists(value), // written by this program
  bytesAtMost: 32 * 1024 * 1024,
});

export interface IncidentFile {
  readonly file: string;
  /** Null for an entry that is not a plain file, such as a symbolic link: it is not read. */
  readonly bytes: Buffer | null;
}

/** The incidents that apply here. Throws a GitError when git can't be run. */
export async function loadIncidents(repository: Repository): Promise<Incidents> {
  const commit = await baseCommit(repository);
  return commit === undefined ? workTreeIncidents(repository) : incidentsIn(repository, commit);
}

/** The incidents in a commit, by its id. Throws a GitError. */
export function incidentsIn(repository: Repository, commit: string): Promise<Incidents> {
  return kept(repository, commit, async () => {
    const listed = await isolatedGit(
      repository,
      ['ls-tree', '-z', '--full-tree', commit, '--', `${INCIDENTS_FOLDER}/`],
      { codes: [0, 128] },
    );
    const entries = outputNames(listed.stdout).flatMap((line) => {
      const [, mode = '', kind, id, file] = /^(\d{6}) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      if (id === undefined || file === undefined || kind === 'tree' || !isIncidentFile(file)) return [];
      return [{ file, id, isPlain: kind === 'blob' && mode.startsWith('100') }];
    });
    const blobs = await readBlobs(
      repository,
      entries.flatMap(({ id, isPlain }) => (isPlain ? [id] : [])),
    );
    return entries.map(({ file, id, isPlain }) => ({ file, bytes: isPlain ? (blobs.get(id) ?? null) : null }));
  });
}

/** The incidents of the work tree, committed or not. */
export function workTreeIncidents(repository: Repository): Promise<Incidents> {
  const files = workTreeFiles(repository);
  if (files.length === 0) return Promise.resolve({ incidents: [], problems: [], open: [] });
  const hash = createHash('sha256');
  for (const { file, bytes } of files)
    hash.update(`${file}\0${String(bytes?.length ?? -1)}\0`).update(bytes ?? Buffer.alloc(0));
  return kept(repository, hash.digest('hex'), () => Promise.resolve(files));
}

function workTreeFiles(repository: Pick<Repository, 'root'>): readonly IncidentFile[] {
  const folder = path.join(repository.root, INCIDENTS_FOLDER);
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch {
    return []; // there are none
  }
  return names
    .sort()
    .map((name) => `${INCIDENTS_FOLDER}/${name}`)
    .filter(isIncidentFile)
    .flatMap((file) => {
      return attempt(() => [{ file, bytes: readFileSync(path.join(repository.root, file)) }], []); // removed meanwhile
    });
}

const isIncidentFile = (file: string): boolean => /\.ya?ml$/i.test(file);

async function kept(
  repository: Repository,
  key: string,
  read: () => Promise<readonly IncidentFile[]>,
): Promise<Incidents> {
  const id = `${key}.v${String(FORMAT)}`;
  const known = parsedForms.get(repository.commonDir, id);
  if (known !== undefined) return known;
  const parsed = await incidentsOf(await read());
  try {
    parsedForms.put(repository.commonDir, parsed, id);
  } catch {
    // not writable
  }
  return parsed;
}

/** What incident files say, in the order of their names. */
export async function incidentsOf(files: readonly IncidentFile[]): Promise<Incidents> {
  const incidents: Incident[] = [];
  const problems: IncidentProblem[] = [];
  const open: OpenIncident[] = [];
  const unread = (file: string, message: string, suggestion: string): void => {
    problems.push({ file, line: 1, column: 1, message, suggestion });
    open.push({ id: incidentId(file), title: null, file, paths: null, wrong: message });
  };
  if (files.length > 0) {
    const { parseIncident } = await import('./parse');
    // Names begin with the date: the last ones are the newest.
    for (const { file, bytes } of files.slice(-FILES_AT_MOST)) {
      if (bytes === null) unread(file, 'it is not a plain file', 'make it a plain file');
      else if (bytes.length > FILE_AT_MOST)
        unread(file, 'the file is too large', `keep it under ${String(FILE_AT_MOST / 1024)} KiB`);
      else {
        const parsed = parseIncident(file, bytes);
        if (parsed.open !== null) open.push(parsed.open);
        if (parsed.ok) incidents.push(parsed.incident);
        else problems.push(...parsed.problems);
      }
    }
  }
  if (files.length > FILES_AT_MOST)
    unread(
      INCIDENTS_FOLDER,
      `there are more than ${String(FILES_AT_MOST)} incident files, and the oldest are not read`,
      'move old ones that are closed elsewhere',
    );
  return { incidents: incidents.sort((a, b) => Date.parse(b.began) - Date.parse(a.began)), problems, open };
}
