import { existsSync, rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { ExternalUrls } from './external';
import type { EditorKind } from './options';
import type { RunFolder } from './run-folder';
import { until } from './until';

/** A running editor, wherever it comes from: one window that the driver presses keys in. */
export interface Host {
  readonly kind: EditorKind;
  readonly page: Page;
  readonly folder: RunFolder;
  readonly external: ExternalUrls;
  /** Requests of the window that would have left the machine. */
  readonly outside: readonly string[];
  /**
   * Opens another folder (an absolute path, or that of a `.code-workspace`) in the window, with a new extension host,
   * or the same one again.
   */
  readonly openFolder: (root: string) => Promise<void>;
  /** Another window of the same editor, with nothing open. It ends with the editor. */
  readonly newWindow: () => Promise<Host>;
  /** What the editor's process wrote. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Does what loads the workbench again, and waits until it stands and extensions run. */
export async function openWorkbench(page: Page, probeFile: string, load: () => Promise<unknown>): Promise<void> {
  rmSync(probeFile, { force: true });
  await load();
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
  await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
  await until(() => existsSync(probeFile), { timeout: 60_000, every: 50, what: 'the extension host' });
}
