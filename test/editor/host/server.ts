/**
 * VS Code's own server, as its process group. Made to be opened in a browser.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EditorPaths } from './cache';
import type { EditorOptions } from './options';
import { declareProposals } from './proposals';
import type { RunFolder } from './run-folder';
import { run as runProgram } from './run';
import { until } from './until';

export interface EditorServer {
  readonly port: number;
  /**
   * The address at which a browser gets the editor with this folder (an absolute path, or that of a `.code-workspace`)
   * open.
   */
  readonly url: (folder: string) => string;
  /** What the server has written so far. */
  readonly log: () => string;
  /** Ends the server and everything it started. */
  readonly close: () => Promise<void>;
}

/** Installs the extensions and starts the server on a free port of loopback. */
export async function startServer(
  paths: EditorPaths,
  folder: RunFolder,
  options: EditorOptions,
): Promise<EditorServer> {
  const proposed = options.proposedApi ?? 'stock';
  const main = path.join(proposed === 'all' ? paths.vscode : paths.stock, 'out', 'server-main.js');
  const shared = [
    main,
    '--server-data-dir',
    folder.data,
    '--extensions-dir',
    folder.extensions,
    '--accept-server-license-terms',
  ];
  const extensions = options.extensions ?? [];
  if (extensions.length > 0) {
    await runProgram(
      paths.node,
      [...shared, ...extensions.flatMap((file) => ['--install-extension', path.resolve(file)]), '--force'],
      { env: folder.env, timeout: 120_000 },
    );
  }
  declareProposals(folder.extensions, proposed);
  const args = [
    ...shared,
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--telemetry-level',
    'off',
  ];
  if (options.trust !== false) args.push('--disable-workspace-trust');
  if (typeof proposed !== 'string') args.push(...proposed.flatMap((id) => ['--enable-proposed-api', id]));
  const child = spawn(paths.node, [...args, ...(options.args ?? [])], {
    cwd: folder.home,
    env: folder.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (log += data.toString('utf8')));
  const close = keepGroup(child, folder.root);
  try {
    const port = await until(
      () => {
        if (child.exitCode !== null) throw new Error('the server ended');
        return Number(/Extension host agent listening on (\d+)/.exec(log)?.[1] ?? 0);
      },
      { timeout: 60_000, what: "the editor's server" },
    );
    const url = (open: string): string => {
      const payload = JSON.stringify([['skipWelcome', 'true']]);
      return `http://127.0.0.1:${String(port)}/?${open.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURIComponent(open)}&payload=${encodeURIComponent(payload)}`;
    };
    return { port, url, log: () => log, close };
  } catch (error) {
    await close();
    throw new Error(`the editor's server did not start: ${String(error)}\n${log.slice(-2000)}`);
  }
}

/**
 * Ends a process group when told, when this process ends, and also when this process is killed: a shell waits on a pipe
 * that breaks then, ends the group and removes the run's folder.
 */
function keepGroup(child: ChildProcess, folder: string): () => Promise<void> {
  const { pid } = child;
  if (pid === undefined) throw new Error("the editor's server could not be started");
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch {
      // already gone
    }
  };
  const script = 'read _; kill -9 "-$1" 2>/dev/null; sleep 1; rm -rf -- "$2"';
  const guard = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  const onExit = (): void => {
    kill('SIGKILL');
  };
  process.once('exit', onExit);
  return async () => {
    process.removeListener('exit', onExit);
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('close', resolve));
      kill('SIGTERM');
      await Promise.race([gone, sleep(2000, undefined, { ref: false })]);
    }
    kill('SIGKILL');
    guard.kill('SIGKILL');
    guard.stdin.destroy();
  };
}
