import path from 'node:path';
import type { Editor } from './editor';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Where the editor comes from: a browser-served VS Code, or desktop VS Code. */
export type EditorKind = 'served' | 'desktop';

export interface EditorOptions {
  /** The folder to open. Default: a new git repository with one commit. */
  readonly workspace?: string;
  /** Opens what the window begins with, in place of that folder: a window that is loaded is what takes longest. */
  readonly open?: (editor: Editor) => Promise<unknown>;
  /** VSIX files, installed as a user would. */
  readonly extensions?: readonly string[];
  /** Also installs the test extension that offers inline completions. Default: false. */
  readonly completions?: boolean;
  /** Also notes what the editor tells the product, for `inside.told`. Default: false. */
  readonly tapped?: boolean;
  /** Also installs it under the id of GitHub Copilot's own. Default: false. */
  readonly copilot?: boolean;
  /** Where extensions are installed. Default: the run's own folder, which goes with it. Only for a served editor. */
  readonly extensionsFolder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly keybindings?: readonly object[];
  /**
   * `stock` (default): as users have it, no proposed API for anybody. `all`: every proposal that an installed extension
   * declares. A list: stock, started with `--enable-proposed-api` for these extension ids.
   */
  readonly proposedApi?: 'stock' | 'all' | readonly string[];
  /**
   * `false`: the folder is in Restricted Mode until `workbench.trust()`. Default: no workspace trust feature at all.
   */
  readonly trust?: boolean;
  /** Added to the environment of the editor, its extensions, terminals and git. `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Entries of `chatLanguageModels.json`, see `scriptedModel`. */
  readonly models?: readonly object[];
  /** Who git says is committing. Default: Ada. */
  readonly identity?: Person;
  /** Folder for screenshots. Default: `out/editor` of this repository. */
  readonly shots?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Shows the window. Default: false; a desktop editor is always shown. */
  readonly headed?: boolean;
  /** More arguments for the editor's own command line. */
  readonly args?: readonly string[];
  /** Default: what `LINEKEEPER_TEST_EDITOR` says, else `served`. */
  readonly kind?: EditorKind;
  /** Gets a line for each long step. Default: standard error. */
  readonly log?: (line: string) => void;
}

/** How the name of the folder begins that the product is installed in. */
export const PRODUCT_FOLDER = 'linekeeper.linekeeper-';

export const ADA: Person = { name: 'Ada', email: 'ada@example.com' };

export const DEFAULT_SHOTS = path.resolve(import.meta.dirname, '../../../out/editor');

/** Settings of every run: nothing that distracts, asks or uses the network. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  'chat.tips.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.addAICoAuthor': 'off',
  'git.autofetch': false,
  'git.enableSmartCommit': true,
  'git.openRepositoryInParentFolders': 'never',
  // One server for TypeScript where users have two, and none that asks the network for types: each takes processor time.
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
  'js/ts.tsserver.useSyntaxServer': 'never',
  // As after Set Up: the keys are what most suites try.
  'linekeeper.keybindings.commands': true,
  'linekeeper.recording.compareClipboard': 'always',
  'linekeeper.setUp.offer': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.defaultProfile.linux': 'bash',
  'terminal.integrated.gpuAcceleration': 'off',
  'update.mode': 'none',
  'window.dialogStyle': 'custom',
  'window.menuBarVisibility': 'compact',
  'window.titleBarStyle': 'custom',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Settings with which the built-in chat agent works without asking. Leave them out to see its confirmations and answer
 * them with `chat.button`.
 */
export const AGENT_SETTINGS: Readonly<Record<string, unknown>> = {
  'chat.permissions.default': 'autoApprove',
  'chat.editing.confirmEditRequestRemoval': false,
  'chat.byokUtilityModelDefault': 'mainAgent',
};

/**
 * An entry for `models`: a model on this machine behind Copilot Chat's "Custom Endpoint" provider. `url` ends in `/v1`.
 */
export function scriptedModel(url: string, more: Readonly<Record<string, unknown>> = {}): object {
  const model = {
    id: 'scripted-1',
    name: 'Scripted',
    toolCalling: true,
    vision: false,
    maxInputTokens: 100_000,
    maxOutputTokens: 8000,
  };
  return {
    name: 'Scripted',
    vendor: 'customendpoint',
    apiKey: 'none',
    apiType: 'chat-completions',
    models: [{ ...model, url: `${url}/chat/completions`, ...more }],
  };
}
