/** What an installed extension keeps of its code as V8 compiled it. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The names of its files, which begin with those of the bundles. `extensions`: where extensions are; `folder`: how the
 * name of this one's folder begins.
 */
export function compiledOf(extensions: string, folder: string): readonly string[] {
  const installed = readdirSync(extensions).find((name) => name.startsWith(folder));
  const kept = path.join(extensions, installed ?? '', 'dist', 'compiled');
  return existsSync(kept) ? readdirSync(kept) : [];
}
