/**
 * What the steps of the story share: the editor with the product in it, the sample repository, the command line, what
 * happened so far.
 */
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AGENT_SETTINGS, scriptedModel, startEditor, type Editor, type EditorOptions } from '../editor/host';
import { CHAT_COMPLETIONS } from '../support/model/chat-completions';
import { ScriptedModel } from '../support/model/server';
import { CommandLine } from './command-line';
import { Ledger } from './ledger';
import { putOnPath } from './on-path';
import { JUNE, makeSample, type Sample } from './sample';
import { removeFolder } from '../support/folders';

export const TOP = path.resolve(import.meta.dirname, '../..');
export const SHOTS = path.join(TOP, 'out', 'story');

/** What the story ends with. */
export interface Ending {
  /** The message of the last commit. */
  message?: string;
  /** What "linekeeper check" says of the branch. */
  decision?: string;
  /** The page that the system's browser was given. */
  address?: string;
  /** What another clone says of the session that destroyed something. */
  session?: string;
  /** What the agent was told when it did again what an outage had taught. */
  warning?: string;
}

/** What happened after the review. */
export interface AfterReview {
  /** The merge on `main`. */
  merge?: string;
  /** `main` before it. */
  good?: string;
  /** The incident's id, and its file in the repository. */
  incident?: { readonly id: string; readonly file: string };
  /** The command that an agent ran with Ada's signature: the request's id, and the agent's session. */
  run?: { readonly id: string; readonly session: string };
}

export interface StageOptions {
  /** The packaged product. */
  readonly vsix: string;
  /** Gets a line for each long step of the preparation. */
  readonly log: (line: string) => void;
  /** Default: none, as everybody has it. */
  readonly proposedApi?: EditorOptions['proposedApi'];
  /** Default: true. */
  readonly pictures?: boolean;
}

/**
 * Settings that keep the keys of the story what they are (nothing that pops up takes an Enter or a Tab for itself), and
 * its pictures calm.
 */
const STEADY_SETTINGS = {
  'editor.parameterHints.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.scrollBeyondLastLine': false,
  'editor.stickyScroll.enabled': false,
  'editor.suggestOnTriggerCharacters': false,
};

export class Stage {
  readonly ending: Ending = {};
  readonly later: AfterReview = {};
  private shots = 0;

  private constructor(
    readonly editor: Editor,
    /** Answers the editor's own agent. */
    readonly model: ScriptedModel,
    readonly sample: Sample,
    readonly linekeeper: CommandLine,
    readonly ledger: Ledger,
    private readonly folder: string,
    private readonly options: StageOptions,
  ) {}

  static async open(options: StageOptions): Promise<Stage> {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-story-')));
    const model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
    try {
      const sample = makeSample(folder);
      const editor = await startEditor({
        workspace: sample.root,
        extensions: [options.vsix],
        completions: true,
        proposedApi: options.proposedApi ?? 'stock',
        identity: JUNE,
        settings: { ...AGENT_SETTINGS, ...STEADY_SETTINGS },
        models: [scriptedModel(`${model.url}/v1`)],
        shots: SHOTS,
        log: options.log,
      });
      const program = putOnPath(editor.home, editor.host.folder.extensions);
      const linekeeper = new CommandLine(program, sample.root, editor.host.folder.env);
      const ledger = new Ledger((file) => `${editor.workspace.git('show', `HEAD:${file}`)}\n`);
      await editor.host.page.evaluate(MARK_WINDOW);
      return new Stage(editor, model, sample, linekeeper, ledger, folder, options);
    } catch (error) {
      await model.stop();
      removeFolder(folder);
      throw error;
    }
  }

  /** A second stage with everything of its own, which the caller closes. It takes no pictures. */
  another(more: Pick<StageOptions, 'proposedApi'>): Promise<Stage> {
    return Stage.open({ ...this.options, ...more, pictures: false });
  }

  /** Whether the window has not been loaded again since the beginning. */
  isSameWindow(): Promise<boolean> {
    return this.editor.host.page.evaluate<boolean>(ASK_WINDOW);
  }

  /** A path outside the repository, in a folder that goes with the stage. */
  outside(file: string): string {
    return path.join(this.folder, file);
  }

  /** Takes a picture of the window. */
  async shot(name: string): Promise<void> {
    if (this.options.pictures !== false)
      await this.editor.screenshot(`${String(++this.shots).padStart(2, '0')}-${name}`);
  }

  async close(): Promise<void> {
    await this.editor.close();
    await this.model.stop();
    removeFolder(this.folder);
  }
}

/** Run in the page: what is put there is gone when the window is loaded again. */
const MARK_WINDOW = 'globalThis.linekeeperStory = true';
const ASK_WINDOW = 'globalThis.linekeeperStory === true';
