/** How assistants' hooks are set up from the editor. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { dataPlace } from '../../base/files';
import { folderOf } from '../../base/launcher';
import type { Runtime } from '../../git';
import type { SetupOptions } from '../../provenance/assistants/setup';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';

/** What *Set Up* and *Undo Set Up* work with. */
export interface SetUpPorts {
  readonly worktrees: Worktrees;
  readonly runtime: Runtime;
  readonly setupOptions: SetupOptions;
  readonly memory: vscode.Memento;
  readonly t: Translate;
  /** The set-up has changed. */
  readonly changed: () => Promise<void>;
}

/**
 * How assistants' hooks are set up from here. The same as on the command line, so that either can undo what the other
 * did.
 */
export function setupOptionsOf(runtime: Runtime, home: string, env: SetupOptions['env']): SetupOptions {
  return {
    scope: 'user',
    get program() {
      if (runtime.launcher !== undefined) return [runtime.launcher];
      return runtime.electron
        ? ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', runtime.executable, runtime.cli]
        : [runtime.executable, runtime.cli];
    },
    stateDir: path.join(folderOf(home), 'setup'),
    home,
    env,
  };
}

/** The same for a repository, in either scope. */
export const setupOptionsIn =
  ({ root, commonDir }: Worktree['repository'], options: SetupOptions) =>
  (scope: SetupOptions['scope']): SetupOptions => ({
    ...options,
    scope,
    stateDir: scope === 'user' ? options.stateDir : dataPlace(commonDir, 'setup'),
    repositoryRoot: root,
  });
