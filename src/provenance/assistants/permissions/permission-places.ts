/**
 * Where it is configured what assistants may do without asking: from the same table that the audit reads. Separate,
 * because few hooks need it.
 */
import path from 'node:path';
import { AUDITORS } from './registry';
import type { Surroundings } from '../types';
import { SYSTEM } from '../../../base/platform';

/** A file, or a folder with everything in it. */
interface PermissionPlace {
  /** Absolute. */
  readonly file: string;
  /** The assistant's id: its title is in the table, which would be most of this bundle. */
  readonly assistant: string;
  /** The file also holds much else, such as an editor's settings. */
  readonly shared: boolean;
}

/**
 * For this machine: those of its administrator, this user and the repository. A file that many assistants share is
 * listed once.
 */
export function permissionPlaces({ home, env, repositoryRoot }: Surroundings): PermissionPlace[] {
  const places = new Map<string, PermissionPlace>();
  const where = {
    home,
    env,
    platform: SYSTEM,
    top: path.parse(home).root,
    ...(repositoryRoot === undefined ? {} : { repositoryRoot }),
  };
  for (const { id, configs } of AUDITORS) {
    for (const { scope, file: config } of configs(where)) {
      // the administrator may lay more files beside it
      const file = scope === 'managed' ? path.dirname(config) : config;
      if (!places.has(file))
        places.set(file, { file, assistant: id, shared: /[\\/](?:User|\.vscode)[\\/]settings\.json$/.test(file) });
    }
  }
  return [...places.values()];
}
