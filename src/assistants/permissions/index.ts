/**
 * Where it stands what assistants may do without asking: from the same table that the audit reads. Apart, because few
 * hooks ask.
 */
import path from 'node:path';
import { AUDITORS } from '../audit/registry';
import type { Surroundings } from '../types';

/** A file, or a folder with everything in it. */
export interface PermissionPlace {
  /** Absolute. */
  readonly file: string;
  /** The assistant's id: its title is in the table, which would be most of this bundle. */
  readonly assistant: string;
  /** Much else stands in it too, as in the settings of an editor. */
  readonly shared: boolean;
}

/**
 * For this machine: of its administrator, this person and the repository. A file that many assistants share is named
 * once.
 */
export function permissionPlaces({ home, env, repositoryRoot }: Surroundings): PermissionPlace[] {
  const places = new Map<string, PermissionPlace>();
  const where = {
    home,
    env,
    platform: process.platform,
    top: path.parse(home).root,
    ...(repositoryRoot === undefined ? {} : { repositoryRoot }),
  };
  for (const { id, configs } of AUDITORS) {
    for (const { file } of configs(where))
      if (!places.has(file))
        places.set(file, { file, assistant: id, shared: /[\\/](?:User|\.vscode)[\\/]settings\.json$/.test(file) });
  }
  return [...places.values()];
}
