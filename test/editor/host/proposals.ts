/**
 * The proposed APIs that the product uses are not in its packed manifest, which a marketplace would refuse. Where a test
 * grants them, they are written into the installed one, as in the build of `npm run package -- --proposals`.
 */
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { enabledApiProposals, name, publisher } from '../../../package.json';
import { PRODUCT_FOLDER, type EditorOptions } from './options';

/** `folder`: where extensions are installed. To be called before an editor that is not of the installation starts. */
export function declareProposals(folder: string, granted: EditorOptions['proposedApi'] = 'stock'): void {
  if (granted === 'stock' || (granted !== 'all' && !granted.includes(`${publisher}.${name}`))) return;
  for (const installed of readdirSync(folder).filter((entry) => entry.startsWith(PRODUCT_FOLDER))) {
    const file = path.join(folder, installed, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...manifest, enabledApiProposals }));
  }
  // The editor keeps what it read of manifests for as long as this list is the same.
  const list = path.join(folder, 'extensions.json');
  const later = new Date(Date.now() + 1000);
  if (existsSync(list)) utimesSync(list, later, later);
}
