/**
 * The feature for dev containers: a folder `linekeeper` that a repository copies into its `.devcontainer/`, so that
 * nothing is downloaded when a container is built. Format: containers.dev, "Dev Container Features reference".
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './assemble';

/** The name of the folder must be the feature's `id`. */
const ID = 'linekeeper';
const SCRIPT = 'install.sh';
const METADATA = 'devcontainer-feature.json';

/** `npmPackage` and `extension`: the files of the release that the feature brings. Returns the feature's folder. */
export function packFeature(
  folder: string,
  {
    version,
    npmPackage,
    extension,
  }: { readonly version: string; readonly npmPackage: string; readonly extension: string },
): string {
  const feature = path.join(folder, ID);
  mkdirSync(feature, { recursive: true });
  const metadata = JSON.parse(readFileSync(path.join(ROOT, 'dev-container', METADATA), 'utf8')) as object; // ours
  writeFileSync(path.join(feature, METADATA), `${JSON.stringify({ ...metadata, version }, null, 2)}\n`);
  copyFileSync(path.join(ROOT, 'dev-container', SCRIPT), path.join(feature, SCRIPT));
  chmodSync(path.join(feature, SCRIPT), 0o755);
  for (const file of [npmPackage, extension]) copyFileSync(file, path.join(feature, path.basename(file)));
  return feature;
}
