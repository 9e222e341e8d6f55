/**
 * Desktop VS Code, found or downloaded by `@vscode/test-electron` and driven through Electron's own debugging door by
 * the same driver. It was not run on a machine that can download VS Code: the served editor is the one that tests rely
 * on.
 */
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { _electron as electron, type ElectronApplication } from 'playwright-core';
import { existsSync } from 'node:fs';
import { Inside } from './driver/inside';
import { ExternalUrls } from './external';
import { openWorkbench, type Host } from './host';
import type { EditorOptions } from './options';
import { declareProposals } from './proposals';
import { run } from './run';
import { RunFolder } from './run-folder';
import { until } from './until';

/** `LINEKEEPER_VSCODE` names the program of an installed VS Code; else the stable one is downloaded once. */
export async function startDesktop(options: EditorOptions): Promise<Host> {
  const program = process.env['LINEKEEPER_VSCODE'] ?? (await download());
  const folder = new RunFolder(options, 'User');
  const env = { ...folder.env, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? '' }; // where the screen's socket is
  const shared = ['--user-data-dir', folder.data, '--extensions-dir', folder.extensions];
  const granted = await install(program, shared, options, env);
  declareProposals(folder.extensions, options.proposedApi);
  const args = [
    ...shared,
    '--new-window',
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-updates',
    '--disable-telemetry',
    '--no-sandbox',
  ];
  if (options.trust !== false) args.push('--disable-workspace-trust');
  args.push(...granted.flatMap((id) => ['--enable-proposed-api', id]), ...(options.args ?? []));
  const app = await electron.launch({ executablePath: program, args, env, timeout: 60_000 });
  try {
    const page = await app.firstWindow();
    const external = new ExternalUrls();
    const stop = await watchShell(app, external);
    const openFolder = openFolderIn(folder, (load) => openWorkbench(page, folder.probeFile, load));
    const close = async (): Promise<void> => {
      stop();
      await app.close();
      folder.remove();
    };
    return {
      kind: 'desktop',
      page,
      folder,
      external,
      outside: [],
      openFolder,
      newWindow: () => Promise.reject(new Error('a second window is driven only in the served editor')),
      log: () => '',
      close,
    };
  } catch (error) {
    await app.close();
    folder.remove();
    throw error;
  }
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode(process.env['LINEKEEPER_VSCODE_VERSION'] ?? 'stable');
  } catch (error) {
    throw new Error(
      `desktop VS Code could not be downloaded (${String(error)}); set LINEKEEPER_VSCODE to an installed one, or LINEKEEPER_TEST_EDITOR=served`,
    );
  }
}

/**
 * Installs the extensions and gives the ids of those that get proposed APIs. No desktop build grants them to all: "all"
 * means all of this run.
 */
async function install(
  program: string,
  shared: readonly string[],
  options: EditorOptions,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const extensions = options.extensions ?? [];
  const [cli = program, ...first] = resolveCliArgsFromVSCodeExecutablePath(program, { reuseMachineInstall: true });
  if (extensions.length > 0)
    await run(cli, [...first, ...shared, ...extensions.flatMap((file) => ['--install-extension', file]), '--force'], {
      env,
    });
  const proposed = options.proposedApi ?? 'stock';
  if (proposed === 'stock') return [];
  if (proposed !== 'all') return proposed;
  const listed = await run(cli, [...first, ...shared, '--list-extensions'], { env });
  return listed.split(/\s+/).filter((word) => /^[\w-]+\.[\w-]+$/.test(word));
}

/** Opens a folder in the one window through the probe, which runs in an empty window too. */
function openFolderIn(
  folder: RunFolder,
  opened: (load: () => Promise<void>) => Promise<void>,
): (root: string) => Promise<void> {
  const inside = new Inside(folder);
  let current = '';
  return async (root) => {
    await until(() => existsSync(folder.probeFile), { timeout: 60_000, what: 'the extension host' });
    // The window loads again before the command can answer. The probe's port is read now, before its file is taken away.
    const asked = inside.run(
      (vscode, { path, again }) =>
        again
          ? vscode.commands.executeCommand('workbench.action.reloadWindow')
          : vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(path), { forceReuseWindow: true }),
      { path: root, again: root === current },
    );
    current = root;
    await opened(() => {
      asked.catch(() => undefined);
      return Promise.resolve();
    });
  };
}

/** Takes the place of the system's browser in Electron's main process; gives what ends the watch. */
async function watchShell(app: ElectronApplication, urls: ExternalUrls): Promise<() => void> {
  await app.evaluate(({ shell }: { shell: { openExternal: (url: string) => Promise<void> } }) => {
    const handed: string[] = [];
    Object.assign(globalThis, { handedToBrowser: handed });
    shell.openExternal = (url: string) => {
      handed.push(url);
      return Promise.resolve();
    };
  });
  const fetchNew = async (): Promise<void> => {
    const handed = await app.evaluate(() =>
      (globalThis as unknown as { readonly handedToBrowser: string[] }).handedToBrowser.splice(0),
    ); // put there above
    for (const url of handed) urls.note(url);
  };
  const timer = setInterval(() => void fetchNew().catch(() => undefined), 200);
  return () => {
    clearInterval(timer);
  };
}
