/**
 * Makes everything that is released, in `out/release`: the extension, the npm package of the command line, the folders of
 * the Action, of the image and of the dev container's feature, the bill of materials and the checksums of all of it.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAction } from './action';
import { ROOT, VIM_PLUGIN } from './assemble';
import { buildBundles, printed } from './build';
import { packImage } from './image';
import { packFeature } from './dev-container';
import { packCommandLine } from './npm-package';
import { LICENSES, packExtension } from './package';
import { billOfMaterials, licensesOfOthers } from './sbom';

export const RELEASE = path.join(ROOT, 'out', 'release');
const SUMS = 'SHA256SUMS';

/** Returns a line for each file. Throws when something can't be built. */
export async function release(folder = RELEASE): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const named = (ending: string): string => path.join(folder, `linekeeper-${version}${ending}`);
  await buildBundles();
  const licenses = await licensesOfOthers();
  await packExtension({ build: false, licenses, file: named('.vsix') });
  await packExtension({ build: false, licenses, file: named('-proposals.vsix'), proposals: true });
  const staged = mkdtempSync(path.join(tmpdir(), 'linekeeper-release-'));
  try {
    const npmPackage = await packCommandLine(staged, folder, licenses);
    packFeature(path.join(folder, 'dev-container'), { version, npmPackage, extension: named('.vsix') });
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  await packAction(path.join(folder, 'action'), false);
  await packImage(path.join(folder, 'image'), false);
  for (const name of ['action', 'image']) writeFileSync(path.join(folder, name, LICENSES), licenses);
  writeFileSync(path.join(folder, LICENSES), licenses);
  copyFileSync(path.join(ROOT, VIM_PLUGIN), path.join(folder, path.basename(VIM_PLUGIN)));
  writeFileSync(path.join(folder, 'linekeeper.cdx.json'), await billOfMaterials()); // a name that a workflow can name
  const sums = checksums(folder);
  writeFileSync(path.join(folder, SUMS), sums.map((line) => `${line}\n`).join(''));
  return sums;
}

/** As `sha256sum --check` reads them: paths relative to the folder, sorted. */
export function checksums(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== SUMS)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()
    .map((file) => {
      const digest = createHash('sha256')
        .update(readFileSync(path.join(folder, file)))
        .digest('hex');
      return `${digest}  ${file}`;
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printed(release());
