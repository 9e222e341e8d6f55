/**
 * The folder that one running editor lives in: a private home, user data, extensions, and the environment that goes
 * with them.
 */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { ADA, PRODUCT_FOLDER, QUIET_SETTINGS, type EditorOptions, type Person } from './options';
import { removeFolder } from '../../support/folders';

/** Variables that would tell the editor, its git or an agent in it about whoever started the tests. */
const FOREIGN =
  /^(VSCODE_|ELECTRON_|npm_|CLAUDE|CODEX_|GEMINI_|COPILOT_|GIT_|LINEKEEPER_|XDG_)|^(AI_AGENT|AGENT|INIT_CWD|NODE_OPTIONS|MOCHA_COLORS)$/;

export class RunFolder {
  /** Absolute, no symbolic links. Short, because it holds sockets. */
  readonly root: string;
  readonly home: string;
  readonly data: string;
  readonly extensions: string;
  /** The environment of the editor. */
  readonly env: Readonly<Record<string, string>>;
  /** The probe writes its port here once it runs. */
  readonly probeFile: string;
  /** What a request to the probe must carry. */
  readonly probeToken = randomBytes(16).toString('hex');
  /** The folder of the user's settings, keybindings and storage. */
  readonly user: string;
  /** The user settings that the editor starts with. */
  readonly startSettings: Readonly<Record<string, unknown>>;

  /** `userFolder`: where user settings are, inside the user data folder. */
  constructor(options: EditorOptions, userFolder: string) {
    this.root = realpathSync(
      mkdtempSync(path.join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'linekeeper-editor-')),
    );
    this.home = this.folder('home');
    this.data = this.folder('data');
    this.extensions = options.extensionsFolder ?? this.folder('extensions');
    this.user = this.folder(path.join('data', userFolder));
    this.probeFile = path.join(this.root, 'probe.port');
    this.env = this.#environment({
      ...(options.tapped === true ? { LINEKEEPER_PROBE_TAP: PRODUCT_FOLDER } : {}),
      ...options.env,
    });
    this.startSettings = { ...QUIET_SETTINGS, ...options.settings };
    this.userFile('settings.json', this.startSettings);
    this.identity(options.identity ?? ADA);
    // A prompt without the names of the user and the machine, which would be on every screenshot.
    writeFileSync(path.join(this.home, '.bashrc'), "PS1='\\W \\$ '\n");
    if (options.keybindings) this.userFile('keybindings.json', options.keybindings);
    if (options.models) this.userFile('chatLanguageModels.json', options.models);
  }

  /** Makes a folder in the run's folder. */
  folder(name: string): string {
    const made = path.join(this.root, name);
    mkdirSync(made, { recursive: true });
    return made;
  }

  /** Writes a JSON file of the user (`settings.json`, …), to be read at the start. */
  userFile(name: string, content: unknown): void {
    writeFileSync(path.join(this.user, name), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Who git in the editor says is committing from now on. */
  identity(person: Person): void {
    const lines = [
      '[user]',
      `\tname = ${person.name}`,
      `\temail = ${person.email}`,
      '[init]',
      '\tdefaultBranch = main',
      '[commit]',
      '\tgpgsign = false',
    ];
    lines.push('[gc]', '\tauto = 0', '[maintenance]', '\tauto = false', '[safe]', '\tdirectory = *', '');
    writeFileSync(path.join(this.home, '.gitconfig'), lines.join('\n'));
  }

  remove(): void {
    removeFolder(this.root);
  }

  #environment(more: Readonly<Record<string, string | undefined>>): Record<string, string> {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(process.env))
      if (value !== undefined && !FOREIGN.test(name)) env[name] = value;
    // npm puts the tools of the project first on PATH; a user's editor has none of them.
    env['PATH'] = (env['PATH'] ?? '')
      .split(path.delimiter)
      .filter((entry) => !/node_modules|node-gyp-bin/.test(entry))
      .join(path.delimiter);
    Object.assign(env, {
      HOME: this.home,
      USERPROFILE: this.home,
      XDG_CONFIG_HOME: path.join(this.home, '.config'),
      TMPDIR: this.folder('tmp'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      EXTENSIONS_GALLERY: '{}',
      LINEKEEPER_PROBE_FILE: this.probeFile,
      LINEKEEPER_PROBE_TOKEN: this.probeToken,
    });
    for (const [name, value] of Object.entries(more)) {
      if (value === undefined) Reflect.deleteProperty(env, name);
      else env[name] = value;
    }
    return env;
  }
}
