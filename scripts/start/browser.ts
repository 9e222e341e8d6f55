/** VS Code served to the browser, for machines without desktop VS Code. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openInBrowser } from '../../src/cli/forge/open-in-browser';
import { serveEditor } from '../../test/editor/host';
import type { EditorOptions } from '../../test/editor/host';

export interface BrowserOptions extends Pick<EditorOptions, 'settings' | 'models' | 'identity'> {
  /** The folder to open. */
  readonly root: string;
  readonly extensions: readonly string[];
  /** Keeps the extensions from one start to the next: hooks that are set up from the editor run what is there. */
  readonly keep: string;
  /** Whether the editor uses the person's own home and git, or private ones. */
  readonly home: 'own' | 'private';
  readonly say: (line: string) => void;
  /** Called once the editor can be used. `home` is the home folder of its terminals. */
  readonly ready: (url: string, home: string, extensions: string) => void;
}

/** Serves the editor until Ctrl+C. Throws when it can't be installed or started. */
export async function openInServedEditor({
  root,
  extensions,
  keep,
  home,
  say,
  ready,
  ...options
}: BrowserOptions): Promise<void> {
  const extensionsFolder = path.join(keep, 'extensions');
  mkdirSync(extensionsFolder, { recursive: true });
  const { HOME, USERPROFILE, XDG_CONFIG_HOME, GIT_CONFIG_NOSYSTEM, GIT_TERMINAL_PROMPT } = process.env;
  const env = home === 'own' ? { HOME, USERPROFILE, XDG_CONFIG_HOME, GIT_CONFIG_NOSYSTEM, GIT_TERMINAL_PROMPT } : {};
  const served = await serveEditor({ ...options, extensions, extensionsFolder, env, log: say });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  const url = served.url(root);
  ready(url, served.folder.home, extensionsFolder);
  if (process.stdout.isTTY && hasScreen()) await openInBrowser(url);
  await stopped;
  say('Ending the editor …');
  await served.close();
}

const hasScreen = (): boolean =>
  process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
