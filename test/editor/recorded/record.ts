/**
 * What the editor tells while a scene is played, against what it told when it was recorded: with `LINEKEEPER_COMPARE=1`.
 * With `LINEKEEPER_RECORD=1` the recording is taken anew.
 */
import { fileURLToPath } from 'node:url';
import { differenceBetween } from '../../support/editor-replay/difference';
import {
  asDeltas,
  keepRecordings,
  readWindow,
  withoutPlaces,
  type Recording,
} from '../../support/editor-replay/fixture';
import type { Report, Standing } from '../../support/editor-replay/reports';
import { authorsOf } from '../authors';
import { until, type Editor } from '../host';
import type { Build } from '../use-editor';

/** Where in the tests a recording belongs. */
export interface RecordingPlace {
  /** Of its file in `test/fixtures/editor-events`. */
  readonly window: string;
  readonly build: Build;
  readonly title: string;
}

/**
 * Whether what the editor tells is noted: to take recordings, or to compare with them. An editor that notes hands our
 * extension objects of its own, with which the buttons of a session's row do nothing, so other plays do without.
 */
export const IS_NOTING = Boolean(process.env['LINEKEEPER_RECORD'] ?? process.env['LINEKEEPER_COMPARE']);

/** Begun before the first file of a scene is opened. */
export class SceneRecorder {
  private constructor(
    private readonly editor: Editor,
    private readonly place: RecordingPlace,
    private readonly standing: Standing,
  ) {}

  /** Undefined where nothing is noted. */
  static async begin(editor: Editor, place: RecordingPlace): Promise<SceneRecorder | undefined> {
    if (!IS_NOTING) return undefined;
    return new SceneRecorder(editor, place, await editor.inside.standing());
  }

  /** Ends it when the record is written. `files`: those whose authors are looked at. Throws when the editor told something else. */
  async end(files: readonly string[]): Promise<void> {
    const { window, build, title } = this.place;
    const { version, appName, ui, trusted, extensions } = this.standing;
    const { recording, told } = await this.recording(files);
    if (process.env['LINEKEEPER_RECORD']) {
      const all = [...extensions, ...told.flatMap((report) => (report.kind === 'extensions' ? report.active : []))];
      const manifests = Object.fromEntries(all.map(({ id, manifest }) => [id, manifest]));
      keepRecordings(window, { version, appName, ui, trusted, build, extensions: manifests }, [recording]);
      return;
    }
    const recorded = readWindow(window);
    const before = recorded?.scenes.get(title);
    const how = `Take it anew with LINEKEEPER_RECORD=1 and -g '${title}', and look at what the replay says of it (test/editor/README.md).`;
    if (!recorded || !before) {
      console.log(`      not compared, because it is not recorded: ${title}`);
      return;
    }
    const difference = differenceBetween(before, recording);
    if (difference === undefined) return;
    const versions =
      recorded.editor.version === version
        ? `VS Code ${version}`
        : `VS Code ${version}, and the recording is of ${recorded.editor.version}`;
    throw new Error(
      `${title}: the editor (${versions}) reports something else than was recorded. ${how}\n${difference}`,
    );
  }

  private async recording(files: readonly string[]): Promise<{ recording: Recording; told: readonly Report[] }> {
    const { editor, standing } = this;
    const { workspace } = editor;
    let told: readonly Report[] = [];
    await until(async () => areSavesOver((told = await editor.inside.told(standing.reports))), {
      what: 'the reports of all saves',
    });
    const clean = <T>(value: T): T => withoutPlaces(value, workspace.root, editor.host.folder.root);
    const touched = new Set(told.flatMap((report) => ('uri' in report ? [report.uri] : [])));
    const paths = [...touched]
      .filter((uri) => uri.startsWith(`file://${workspace.root}/`))
      .map((uri) => fileURLToPath(uri).slice(workspace.root.length + 1));
    const authors: Record<string, readonly string[]> = {};
    for (const file of files) authors[file] = await authorsOf(workspace, file);
    const committed: Record<string, string> = {};
    for (const file of new Set([...files, ...paths])) {
      const content = committedIn(editor, file);
      if (content !== undefined) committed[file] = content;
    }
    const recording: Recording = {
      title: this.place.title,
      files: committed,
      settings: settingsAt(standing, told),
      extensions: standing.extensions.map(({ id }) => id),
      window: clean(standing.window),
      documents: clean(standing.documents.filter(({ uri }) => touched.has(uri))),
      reports: clean(asDeltas(told)).map((report) =>
        report.kind === 'extensions'
          ? { ...report, active: report.active.map(({ id }) => ({ id, manifest: {} })) } // the manifests are in the first line
          : report,
      ),
      authors,
    };
    return { recording, told };
  }
}

/** On a busy machine a save is reported some seconds after the file is written. */
function areSavesOver(told: readonly Report[]): boolean {
  const saving = new Set<string>();
  for (const report of told)
    if (report.kind === 'willSave' && report.uri.startsWith('file:')) saving.add(report.uri);
    else if (report.kind === 'save') saving.delete(report.uri);
  return saving.size === 0;
}

/** Those that were first read during the scene had their value before. */
function settingsAt({ settings }: Standing, told: readonly Report[]): Standing['settings'] {
  const all: Record<string, unknown> = { ...settings };
  for (const report of told) if (report.kind === 'setting' && !(report.name in all)) all[report.name] = report.value;
  return all;
}

/** Undefined when it is not in HEAD. */
function committedIn({ workspace }: Editor, file: string): string | undefined {
  try {
    return workspace.gitBytes('cat-file', 'blob', `HEAD:${file}`).toString('utf8');
  } catch {
    return undefined;
  }
}
