/**
 * The editor served to any browser on this machine: for people, and as the first half of the editor under test.
 */
import type { EditorPaths } from './cache';
import { installEditor } from './install';
import type { EditorOptions } from './options';
import { RunFolder } from './run-folder';
import { startServer } from './server';

export interface ServedEditor {
  readonly folder: RunFolder;
  readonly paths: EditorPaths;
  /** The address at which a browser on this machine gets the editor with this folder (an absolute path) open. */
  readonly url: (root: string) => string;
  readonly log: () => string;
  /** Ends the server and removes its folder; `LINEKEEPER_KEEP=1` leaves the folder. */
  readonly close: () => Promise<void>;
}

/**
 * Installs what is missing and starts the server, with no extensions but those of the options. Without a `workspace`
 * nothing is opened.
 */
export async function serveEditor(options: EditorOptions): Promise<ServedEditor> {
  const paths = await installEditor(options.log);
  const folder = new RunFolder(options, 'data/User');
  const remove = (): void => {
    if (!process.env['LINEKEEPER_KEEP']) folder.remove();
  };
  try {
    const server = await startServer(paths, folder, options);
    const close = async (): Promise<void> => {
      await server.close();
      remove();
    };
    return { folder, paths, url: server.url, log: server.log, close };
  } catch (error) {
    remove();
    throw error;
  }
}
