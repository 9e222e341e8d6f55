/**
 * The whole extension in this process, in a window of the stand-in for `vscode`, over a real repository: what a person
 * would see of it, and what they would do. The driver of the real editor has the same words (test/editor/host).
 */
import './vscode/register';
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, symlinkSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { Workspace } from '../editor/host/workspace';
import { Background } from '../../src/editor/background/helper-lifecycle';
import { errorFrom, thrown } from '../../src/editor/background/helper-messages';
import type { Tasks } from '../../src/editor/background/helper-questions';
import { Work } from '../../src/editor/background/background-tasks';
import { activateEditor } from '../../src/editor/activate';
import { DiskWatch } from './disk-watch';
import { removeFolder } from './folders';
import { builtGrammars } from './product';
import { People, until } from './editor-people';
import { Shown } from './editor-shown';
import { Texts } from './editor-texts';
import './repository'; // gives this process a home and a git configuration of its own
import { thrownByListeners } from './vscode/events';
import { modelled } from './vscode/modelled';
import { newWindow, type WindowState } from './vscode/state';
import { Uri } from './vscode/values';
import { changeSettings } from './vscode/workspace';
import { commands } from './vscode/commands';

const TOP = path.resolve(__dirname, '../..');

/** Does the work of the extension's helper here; what is asked and answered is copied, as between processes. */
class WorkHere extends Background {
  private readonly work = new Work(Date.now);

  override async ask<Task extends keyof Tasks>(
    task: Task,
    question: Tasks[Task]['question'],
  ): Promise<Tasks[Task]['answer']> {
    try {
      const answering = this.work[task] as (question: unknown) => Promise<Tasks[Task]['answer']>; // paired by the caller
      return structuredClone(await answering.call(this.work, structuredClone(question)));
    } catch (error) {
      throw errorFrom(structuredClone(thrown(error)));
    }
  }
}

export interface WindowOptions {
  /** Where an account is signed in: provider → its name and token. */
  readonly accounts?: Readonly<Record<string, { readonly name: string; readonly token: string }>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default: true. */
  readonly trusted?: boolean;
  /** Absolute paths of the folders that are open. Default: the workspace's root. */
  readonly folders?: (workspace: Workspace) => readonly string[];
}

/** A test takes a second mostly; where ten others run beside it, as long as ten do. */
const PATIENCE_MS = 240_000;
/** Between two looks at the disk. Milliseconds. */
const LOOKS_EVERY_MS = 50;

export class EditorWindow {
  readonly people: People;
  readonly shown: Shown;
  readonly text: Texts;
  private readonly context: vscode.ExtensionContext;
  private readonly watches = new Map<string, DiskWatch>();
  private readonly timer: NodeJS.Timeout;
  private readonly memory = new Map<string, unknown>();

  constructor(
    readonly state: WindowState,
    readonly workspace: Workspace,
    /** Of the process: where assistants and keys are looked for. */
    readonly home: string,
  ) {
    const run = (id: string, ...args: readonly unknown[]): Thenable<unknown> => commands.executeCommand(id, ...args);
    this.people = new People(state);
    this.shown = new Shown(state, run);
    this.text = new Texts(state, workspace, run);
    const extension = installedBeside(workspace);
    this.context = modelled<vscode.ExtensionContext>('ExtensionContext', {
      subscriptions: [],
      extensionPath: extension,
      extensionUri: Uri.file(extension),
      storageUri: Uri.file(path.join(path.dirname(workspace.root), 'storage')),
      globalStorageUri: Uri.file(path.join(path.dirname(workspace.root), 'global-storage')),
      environmentVariableCollection: modelled<vscode.GlobalEnvironmentVariableCollection>('variables', {
        description: undefined,
        prepend: (name, text) => void state.prepended.set(name, text),
      }),
      globalState: modelled<vscode.ExtensionContext['globalState']>('Memento', {
        get: (key: string, otherwise?: unknown) => this.memory.get(key) ?? otherwise,
        update: (key, value) => {
          this.memory.set(key, value === undefined ? undefined : structuredClone(value));
          return Promise.resolve();
        },
      }),
    });
    thrownByListeners.length = 0;
    activateEditor(this.context, (root, tell, traced) => {
      const programs = { helper: '', relay: '' };
      return new WorkHere({ programs, here: () => Promise.reject(new Error(root)), tell, traced });
    });
    this.look(); // what the folders hold now is what later looks are compared with
    this.timer = setInterval(() => this.look(), LOOKS_EVERY_MS);
  }

  /** Starts a command by its id; the promise ends when it does. */
  run(id: string, ...args: readonly unknown[]): Promise<unknown> {
    return Promise.resolve(commands.executeCommand(id, ...args));
  }

  /** Changes settings; `undefined` takes one back. */
  settings(changed: Readonly<Record<string, unknown>>): void {
    changeSettings(changed);
  }

  /** Returns to the window, or leaves it for another. */
  focus(focused: boolean): void {
    this.state.focused = focused;
    this.state.on.changeFocus.fire({ focused, active: focused });
  }

  /** Loads the window again: what is only in memory is gone, as after "Reload Window". */
  reload(): EditorWindow {
    this.close();
    const state = newWindow();
    state.folders = this.state.folders;
    const window = new EditorWindow(state, this.workspace, this.home);
    for (const [key, value] of this.memory) window.memory.set(key, value);
    return window;
  }

  /** Ends the extension. Fails when one of its listeners threw. */
  close(): void {
    clearInterval(this.timer);
    for (const subscription of this.context.subscriptions) void subscription.dispose();
    assert.deepEqual(thrownByListeners.splice(0), [], 'what listeners of the extension threw');
  }

  /** Reports what changed on disk, as the editor's watcher does. */
  private look(): void {
    const bases = new Set([...this.state.folders, ...[...this.state.watchers].flatMap(({ base }) => base ?? [])]);
    for (const base of bases) {
      const watch = this.watches.get(base);
      if (!watch) this.watches.set(base, new DiskWatch(base));
      for (const { kind, file } of watch?.look() ?? []) {
        const inFolders = this.state.folders.includes(base);
        for (const watcher of [...this.state.watchers])
          if (
            (watcher.base === undefined ? inFolders : watcher.base === base) &&
            watcher.matches(path.relative(base, file))
          )
            watcher[kind].fire(Uri.file(file));
        if (inFolders)
          for (const document of [...this.state.documents]) if (document.uri.fsPath === file) document.reload();
      }
    }
  }
}

/** The extension where no repository is around it, as where it is installed: else its pages would be work of this one. */
function installedBeside(workspace: Workspace): string {
  const folder = path.join(path.dirname(workspace.root), 'extension');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  cpSync(path.join(TOP, 'docs', 'rules'), path.join(folder, 'docs', 'rules'), { recursive: true });
  for (const name of ['dist', 'media', 'package.json']) symlinkSync(path.join(TOP, name), path.join(folder, name));
  return folder;
}

/** The environment of git in this process, which test/support/repository.ts has made private. */
const environment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** A new repository with one commit, prepared, and open in a new window. */
export async function openWindow(
  prepare: (workspace: Workspace) => void | Promise<void> = () => undefined,
  { accounts = {}, settings = {}, trusted = true, folders }: WindowOptions = {},
): Promise<EditorWindow> {
  await builtGrammars();
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-window-')));
  const workspace = Workspace.create(path.join(folder, 'work'), environment());
  await prepare(workspace);
  const state = newWindow();
  state.folders = folders?.(workspace) ?? [workspace.root];
  state.trusted = trusted;
  Object.assign(
    state.settings,
    { 'linekeeper.setUp.offer': false, 'linekeeper.recording.compareClipboard': 'always' },
    settings,
  );
  for (const [provider, { name, token }] of Object.entries(accounts))
    state.accounts.set(provider, { id: provider, accessToken: token, scopes: [], account: { id: name, label: name } });
  return new EditorWindow(state, workspace, process.env['HOME'] ?? '');
}

/** Called inside a `describe`: its tests share a window, which is opened before the first. */
export function useWindow(prepare?: Parameters<typeof openWindow>[0], options?: WindowOptions): () => EditorWindow {
  let window: EditorWindow | undefined;
  beforeEach('as long as a busy machine needs', function () {
    this.currentTest?.timeout(PATIENCE_MS);
  });
  before('open a window', async function () {
    this.timeout(PATIENCE_MS);
    window = await openWindow(prepare, options);
  });
  after('close it', () => {
    window?.close();
    if (window) removeFolder(path.dirname(window.workspace.root));
  });
  return () => window ?? assert.fail('the window is there only while a test runs');
}

export { until };
