/** Where editors and machines keep settings. */
import path from 'node:path';
import { absolute } from '../config-folders';
import type { AuditPlaces, Config } from './types';

/**
 * `settings.json` of an editor of VS Code's family, for the person and the project. `product` is the name of its
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

/** The folder of a program's settings for the whole machine; undefined where it has none on this system. */
export function machineFolder(
  { platform, top }: AuditPlaces,
  names: { readonly linux: string; readonly darwin: string; readonly win32: string },
): string | undefined {
  const name = platform === 'darwin' || platform === 'win32' ? names[platform] : names.linux;
  return path.join(top, ...name.split('/'));
}
