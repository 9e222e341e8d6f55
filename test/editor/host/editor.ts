/**
 * The driver: a running editor and its surfaces, used as a person would.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chat } from './driver/chat';
import { gutterMarks, type GutterMark } from './driver/gutter';
import { hover } from './driver/hover';
import { Inside } from './driver/inside';
import { Keys } from './driver/keys';
import { Notices } from './driver/notices';
import { QuickInput } from './driver/quick-input';
import { SourceControl } from './driver/source-control';
import { Terminal } from './driver/terminal';
import { TextEditor } from './driver/text-editor';
import { Widgets } from './driver/widgets';
import { Workbench } from './driver/workbench';
import { completionsVsix, copilotVsix, probeVsix } from './extensions';
import type { ExternalUrls } from './external';
import type { Host } from './host';
import { DEFAULT_SHOTS, type EditorOptions, type Person } from './options';
import { startDesktop } from './desktop';
import { editorKind } from './kind';
import { startServed } from './served';
import { until } from './until';
import { Workspace } from './workspace';

export class Editor {
  readonly keys: Keys;
  readonly quick: QuickInput;
  readonly text: TextEditor;
  readonly widgets: Widgets;
  readonly notices: Notices;
  readonly workbench: Workbench;
  readonly scm: SourceControl;
  readonly terminal: Terminal;
  readonly chat: Chat;
  readonly inside: Inside;
  #workspace: Workspace;
  #folders = 0;
  #opened = '';
  #changedSettings: readonly string[] = [];

  constructor(
    readonly host: Host,
    workspace: Workspace,
    private readonly shots: string,
  ) {
    const { page, folder } = host;
    this.#workspace = workspace;
    this.inside = new Inside(folder);
    this.keys = new Keys(page, (text) =>
      this.inside.run(async (vscode, it) => vscode.env.clipboard.writeText(it), text),
    );
    this.quick = new QuickInput(page);
    this.text = new TextEditor(page, this.quick, this.keys, this.inside);
    this.widgets = new Widgets(page, this.inside);
    this.notices = new Notices(page, this.quick);
    this.workbench = new Workbench(page, this.quick, this.inside);
    this.scm = new SourceControl(page, this.quick, this.keys, () => this.#workspace.head());
    this.terminal = new Terminal(page, this.quick, this.keys);
    this.chat = new Chat(page, this.quick, this.keys, this.text, this.notices, this.inside);
  }

  /** The folder that is open. */
  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Addresses given to the system's browser. */
  get external(): ExternalUrls {
    return this.host.external;
  }

  /** The private home folder of the editor's user: `~/.gitconfig`, `~/.claude`, … */
  get home(): string {
    return this.host.folder.home;
  }

  /**
   * Opens a folder in the window, or a new repository with one commit when none is named. A new extension host starts.
   */
  async openFolder(root?: string): Promise<Workspace> {
    if (root === undefined) return this.openRepository();
    this.#workspace = new Workspace(path.resolve(root), this.host.folder.env);
    await this.#open(this.#workspace.root);
    return this.#workspace;
  }

  /** Makes a new repository with one commit, has it prepared, and only then opens it: the window is loaded once. */
  async openRepository(prepare?: (workspace: Workspace) => void | Promise<void>): Promise<Workspace> {
    const { folder } = this.host;
    this.#workspace = Workspace.create(folder.folder(`workspace-${String(++this.#folders)}`), folder.env);
    await prepare?.(this.#workspace);
    await this.#open(this.#workspace.root);
    return this.#workspace;
  }

  /**
   * Opens several folders (absolute paths) in the window. Paths of the workspace are those of `root`, which they lie
   * in.
   */
  async openFolders(root: string, folders: readonly string[]): Promise<void> {
    this.#workspace = new Workspace(root, this.host.folder.env);
    this.#workspace.write(
      'all.code-workspace',
      JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }),
    );
    // A window that is loaded on a busy machine may find no folder in the file, and never looks again.
    await until(
      async () => {
        await this.#open(this.#workspace.at('all.code-workspace'));
        return (await this.inside.run((vscode) => vscode.workspace.workspaceFolders?.length ?? 0)) === folders.length;
      },
      { timeout: 60_000, what: 'the window to have its folders' },
    );
  }

  /** Opens the same folder in one more window. It ends with this editor. */
  async secondWindow(): Promise<Editor> {
    const editor = new Editor(await this.host.newWindow(), this.#workspace, this.shots);
    await editor.#open(this.#workspace.root);
    return editor;
  }

  /** Loads the window again, as "Developer: Reload Window" does. */
  async reload(): Promise<void> {
    await this.#open(this.#opened);
  }

  async #open(root: string): Promise<void> {
    this.#opened = root;
    await this.host.openFolder(root);
    this.inside.renew();
    await this.#waitWatched(path.join(root, '.git'));
  }

  /** Waits until extensions hear of what changes on disk: the editor begins to watch a moment after the window stands. */
  async #waitWatched(gitDir: string): Promise<void> {
    if (!existsSync(gitDir) || !statSync(gitDir).isDirectory()) return;
    const cookie = path.join(gitDir, '.watchman-cookie-test'); // git passes over it, and so does the editor's git extension
    const from = await this.inside.mark();
    await until(
      async () => {
        writeFileSync(cookie, '');
        return (await this.inside.events(from)).some(
          (event) =>
            (event.kind === 'fsCreate' || event.kind === 'fsChange') && event.uri.endsWith(path.basename(cookie)),
        );
      },
      { timeout: 60_000, what: 'the editor to watch the folder' },
    );
    rmSync(cookie);
  }

  /** Presses keys one after another. */
  press(...keys: string[]): Promise<void> {
    return this.keys.press(...keys);
  }

  /** Types key by key into whatever has the focus. */
  type(text: string, delay?: number): Promise<void> {
    return this.keys.type(text, delay);
  }

  /** Starts a command by its id, as a button or a row does, and does not wait for its end. */
  async run(id: string): Promise<void> {
    await this.inside.run((vscode, name) => void vscode.commands.executeCommand(name), id);
  }

  /** Runs a command by its title in the palette. */
  command(title: string): Promise<void> {
    return this.quick.command(title);
  }

  /** Rests the mouse on a text of the active editor until its hover says what is expected, and gives the hover's text. */
  hover(text: string, expected: RegExp): Promise<string> {
    return hover(this.host.page, text, expected);
  }

  /** The icons that extensions put beside the visible lines of the active editor. */
  gutter(): Promise<GutterMark[]> {
    return gutterMarks(this.host.page);
  }

  /**
   * Waits for an address that was given to the system's browser, and gives it in full. As a person would, it says yes
   * when the editor asks whether to open the website. Nothing is really opened.
   */
  async browserUrl(match: string | RegExp, timeout = 15_000): Promise<string> {
    return until(
      async () => {
        const dialog = await this.notices.dialog();
        if (dialog && /open the external website/.test(dialog.message)) await this.notices.answerDialog('Open');
        return this.external.find(match);
      },
      { timeout, what: `an address ${String(match)} for the browser; so far: ${JSON.stringify(this.external.all)}` },
    );
  }

  /**
   * Changes user settings: those of the start, with these over them; those of an earlier call are taken back. `null`
   * takes one away. A setting that nobody has declared is an error.
   */
  async settings(more: Readonly<Record<string, unknown>>): Promise<void> {
    const { startSettings } = this.host.folder;
    // The product changes some of its own by itself, such as in Undo Set Up.
    const ofProduct = Object.keys(startSettings).filter((name) => name.startsWith('linekeeper.'));
    const names = [...new Set([...this.#changedSettings, ...ofProduct, ...Object.keys(more)])];
    this.#changedSettings = Object.keys(more);
    const wanted = { ...startSettings, ...more };
    const changes = names.map((name) => [name, wanted[name] ?? null] as const);
    // Through the editor, because it overlooks some changes of the file.
    await this.inside.run(async (vscode, all) => {
      const settings = vscode.workspace.getConfiguration();
      for (const [name, value] of all)
        if (JSON.stringify(settings.inspect(name)?.globalValue) !== JSON.stringify(value ?? undefined))
          await settings.update(name, value ?? undefined, vscode.ConfigurationTarget.Global);
    }, changes);
  }

  /** Who git in the editor says is committing from now on. */
  identity(person: Person): void {
    this.host.folder.identity(person);
  }

  /** The diagnostics of a file of the folder. */
  diagnostics(file: string): ReturnType<Inside['diagnostics']> {
    return this.inside.diagnostics(this.#workspace.at(file));
  }

  /** Writes a picture of the window to `NAME.png` in the folder for screenshots and gives its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.shots, { recursive: true });
    const file = path.join(this.shots, `${name}.png`);
    await this.host.page.screenshot({ path: file, timeout: 20_000, animations: 'disabled' }); // what fades in is there
    return file;
  }

  /**
   * What the window shows, in some lines: for whoever has nothing but a failed test's output. Parts that can't be read
   * are left out.
   */
  async glance(): Promise<string> {
    const parts = await Promise.allSettled([
      this.workbench.outline(),
      this.notices.all().then((all) => all.map(({ message }) => `notification: ${message}`)),
      this.notices.dialog().then((dialog) => (dialog ? [`dialog: ${dialog.message}`] : [])),
      this.quick
        .state()
        .then((state) =>
          state
            ? [
                `quick input: ${[state.title, state.placeholder, state.value, state.message].filter((text) => text !== '').join(' | ')}; ${String(state.items.length)} rows`,
              ]
            : [],
        ),
    ]);
    return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])).join('\n');
  }

  /** The editor's log files whose path matches: path → text. The extension host's own one matches `/exthost/`. */
  logs(match = /./): Record<string, string> {
    const { data } = this.host.folder;
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.log') && match.test(file),
    );
    return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(data, file), 'utf8')]));
  }

  /** Ends the editor and everything it started. */
  close(): Promise<void> {
    return this.host.close();
  }
}

/** Starts an editor with a folder open. The caller closes it. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const own = await Promise.all([
    probeVsix(),
    ...(options.completions === true ? [completionsVsix()] : []),
    ...(options.copilot === true ? [copilotVsix()] : []),
  ]);
  const all = { ...options, extensions: [...(options.extensions ?? []), ...own] };
  const host = editorKind(options) === 'desktop' ? await startDesktop(all) : await startServed(all);
  const { env } = host.folder;
  const workspace =
    options.workspace === undefined
      ? Workspace.create(host.folder.folder('workspace'), env)
      : new Workspace(path.resolve(options.workspace), env);
  const shots = path.resolve(options.shots ?? DEFAULT_SHOTS);
  const editor = new Editor(host, workspace, shots);
  try {
    await (options.open?.(editor) ?? editor.openFolder(workspace.root));
    return editor;
  } catch (error) {
    const picture = await editor.screenshot('start-failed').catch(() => 'none');
    const log = host.log().slice(-2000);
    await host.close();
    throw new Error(`the editor did not start: ${String(error)}\nscreenshot: ${picture}\n${log}`);
  }
}
