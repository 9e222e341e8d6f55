/** The npm package of the command line: `npm install --global linekeeper-VERSION.tgz`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assemble, FLEET_QUESTIONS, ROOT, VIM_PLUGIN } from './assemble';
import { npm } from './npm';
import { LICENSES, type Manifest } from './package';
import { baseOf, pageOf } from './page';

/** What npm needs of the extension's manifest. No scripts run when it is installed, and nothing else is downloaded. */
export function npmManifest(manifest: Manifest): Manifest {
  const { name, version, description, license, keywords, repository, bin } = manifest;
  const { node } = manifest['engines'] as { readonly node: string };
  const shown = { name, version, description, license, keywords, ...(repository === undefined ? {} : { repository }) };
  return { ...shown, bin, engines: { node } };
}

const START = `## Start at a terminal

\`\`\`
linekeeper install   # in a repository: git's hooks. With --assistant found, also those of your assistants
linekeeper doctor    # what is recorded here, and what is not
linekeeper show      # who wrote the lines of the last commit
\`\`\`

## Start in the editor
`;

/** The extension's page, with how to start without it. Throws when that page does not say how to start. */
export function npmPage(page: string): string {
  const parts = page.split(/^## Start\n/m);
  if (parts.length !== 2) throw new Error('README.md has no section "Start"');
  return parts.join(START);
}

/**
 * Packs the built command line. `folder`: an empty one, for what is packed; `into`: where the package goes. Returns its
 * path. `licenses`: the text of `THIRD-PARTY-LICENSES.txt`.
 */
export async function packCommandLine(folder: string, into: string, licenses?: string): Promise<string> {
  await assemble(folder, ['LICENSE', FLEET_QUESTIONS, VIM_PLUGIN], 'command-line', false);
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest & { version: string };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(npmManifest(manifest), null, 2)}\n`);
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  writeFileSync(path.join(folder, 'README.md'), npmPage(pageOf(readme, baseOf(manifest, process.env))));
  if (licenses !== undefined) writeFileSync(path.join(folder, LICENSES), licenses);
  await npm(['pack', '--ignore-scripts', '--pack-destination', into], folder);
  return path.join(into, `${String(manifest['name'])}-${manifest.version}.tgz`);
}
