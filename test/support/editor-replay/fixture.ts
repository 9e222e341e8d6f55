/**
 * Recordings on disk: a file for each window, as JSON lines. The first line says which editor it was and whose
 * extensions there are, each other one is a scene. Times are the milliseconds since the report before. The folder of the
 * repository is written as `REPO_URI` and `REPO_PATH`, any other place of the run as `OTHER`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compact, expand, type CompactReports } from './compact';
import type { Report, Standing, ToldExtension } from './reports';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/editor-events');

/** The editor that a window's recordings were made in. */
export interface RecordedEditor {
  readonly version: string;
  readonly appName: string;
  readonly ui: number;
  readonly trusted: boolean;
  readonly build: 'stock' | 'all';
  readonly extensions: Readonly<Record<string, ToldExtension['manifest']>>;
  /** The ids of extensions that were active, and the settings, where a scene does not say something else. */
  readonly active: readonly string[];
  readonly settings: Standing['settings'];
}

export interface Recording {
  readonly title: string;
  /** What was committed of the files that it touches, by their paths in the repository. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings: Standing['settings'];
  /** The ids of those that were active. */
  readonly extensions: readonly string[];
  readonly window: Standing['window'];
  readonly documents: Standing['documents'];
  readonly reports: readonly Report[];
  /** The lines of files with their authors, as the real play's record had them: see `linesWithAuthors`. */
  readonly authors: Readonly<Record<string, readonly string[]>>;
}

export interface RecordedWindow {
  readonly editor: RecordedEditor;
  readonly scenes: ReadonlyMap<string, Recording>;
}

/** A recording as one line of its file: without what the first line says already. */
type WrittenRecording = Omit<Recording, 'reports' | 'documents' | 'extensions' | 'settings'> &
  Partial<Pick<Recording, 'extensions' | 'settings'>> & {
    /** Those that are open when it begins. */
    readonly open: Recording['documents'];
  } & CompactReports;

/** Undefined when there is none yet. */
export function readWindow(name: string, folder = FOLDER): RecordedWindow | undefined {
  const file = path.join(folder, `${name}.jsonl`);
  if (!existsSync(file)) return undefined;
  const [first = '{}', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const editor = JSON.parse(first) as RecordedEditor;
  const scenes = rest.map((line) => read(JSON.parse(line) as WrittenRecording, editor));
  return { editor, scenes: new Map(scenes.map((scene) => [scene.title, scene])) };
}

/** Puts scenes' recordings in their places, or behind the others. */
export function keepRecordings(
  name: string,
  editor: Omit<RecordedEditor, 'active' | 'settings'>,
  recordings: readonly Recording[],
  folder = FOLDER,
): void {
  const before = readWindow(name, folder);
  const scenes = new Map(before?.scenes);
  for (const recording of recordings) scenes.set(recording.title, recording);
  const [common] = scenes.values();
  const first: RecordedEditor = {
    ...editor,
    extensions: { ...before?.editor.extensions, ...editor.extensions },
    active: common?.extensions ?? [],
    settings: common?.settings ?? {},
  };
  const lines = [first, ...[...scenes.values()].map((scene) => written(scene, first))];
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.jsonl`), `${lines.map((value) => JSON.stringify(value)).join('\n')}\n`);
}

const read = ({ open, documents, reports, ...rest }: WrittenRecording, editor: RecordedEditor): Recording => ({
  extensions: editor.active,
  settings: editor.settings,
  ...rest,
  documents: open,
  reports: expand({ documents, reports }),
});

const written = (
  { documents, reports, extensions, settings, ...rest }: Recording,
  editor: RecordedEditor,
): WrittenRecording => ({
  ...rest,
  ...(isDeepStrictEqual(extensions, editor.active) ? {} : { extensions }),
  ...(isDeepStrictEqual(settings, editor.settings) ? {} : { settings }),
  open: documents,
  ...compact(reports, rest.window),
});

const REPO_URI = 'repo:';
const REPO_PATH = '{repo}';
const OTHER = '{other}';
/** Where nothing is written. */
const ELSEWHERE = '/elsewhere';

/** A value of a recording without places of the machine. `repository` and `run`, which it is in: absolute. */
export function withoutPlaces<T>(value: T, repository: string, run: string): T {
  return changed(value, [
    [`file://${encodeURI(repository)}`, REPO_URI],
    [repository, REPO_PATH],
    [run, OTHER],
  ]);
}

/** The same value where the repository is now. */
export function withPlaces<T>(value: T, repository: string): T {
  return changed(value, [
    [REPO_URI, `file://${encodeURI(repository)}`],
    [REPO_PATH, repository],
    [OTHER, ELSEWHERE],
  ]);
}

function changed<T>(value: T, signs: readonly (readonly [from: string, to: string])[]): T {
  return JSON.parse(signs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))) as T;
}

/** Times as the fixture has them. */
export function asDeltas(reports: readonly Report[]): readonly Report[] {
  let last = reports[0]?.at ?? 0;
  return reports.map((report) => {
    const { at, ...told } = report;
    const delta = at - last;
    last = at;
    return { at: delta, ...told };
  });
}
