/** A forge's remote for a repository that is open in the editor, without a network. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Editor, Workspace } from './host';

/**
 * Gives the repository the remote `origin` at this address, such as `git@github.com:acme/costs.git`, with what is
 * committed as its `main`. What git would say to the forge over ssh, it says to a bare repository in a folder: push and
 * fetch both work. Returns that folder.
 */
export function forgeFolder(editor: Editor, workspace: Workspace, address: string): string {
  // Suites that share an editor may have the same address.
  const folder = mkdtempSync(path.join(editor.home, 'forge-'));
  const bare = path.join(folder, path.basename(address));
  execFileSync('git', ['clone', '--quiet', '--bare', workspace.root, bare]);
  workspace.git('remote', 'add', 'origin', address);
  const ssh = path.join(folder, 'ssh');
  writeFileSync(ssh, `#!/bin/sh\nfor asked do :; done\nexec "\${asked%% *}" '${bare}'\n`, { mode: 0o755 });
  workspace.git('config', 'core.sshCommand', `'${ssh}'`);
  workspace.git('config', 'ssh.variant', 'simple');
  workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  return bare;
}
