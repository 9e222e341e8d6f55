/** Where editors and operating systems keep settings. */
import path from 'node:path';
import { absolute } from '../join-paths';
import type { AuditPlaces, Config } from './types';

/**
 * `settings.json` of an editor in VS Code's family, of the user and of the project. `product` is the name of its
 * folder.
 */
export function editorSettings(places: AuditPlaces, products: readonly string[], judge: Config['judge']): Config[] {
  const { home, env, platform, repositoryRoot } = places;
  const base =
    platform === 'darwin'
      ? path.join(home, 'Library', 'Application Support')
      : platform === 'win32'
        ? (env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'))
        : absolute(env['XDG_CONFIG_HOME'], path.join(home, '.config'));
  const user = products.map((product): Config => ({
    scope: 'user',
    file: path.join(base, product, 'User', 'settings.json'),
    format: 'json',
    judge,
  }));
  return repositoryRoot === undefined
    ? user
    : [
        ...user,
        { scope: 'project', file: path.join(repositoryRoot, '.vscode', 'settings.json'), format: 'json', judge },
      ];
}

/** The folder of a program's machine-wide settings; undefined where this system has none. */
export function machineFolder(
  { platform, top }: Pick<AuditPlaces, 'platform' | 'top'>,
  names: { readonly linux: string; readonly darwin: string; readonly win32: string },
): string | undefined {
  const name = platform === 'darwin' || platform === 'win32' ? names[platform] : names.linux;
  return path.join(top, ...name.split('/'));
}
