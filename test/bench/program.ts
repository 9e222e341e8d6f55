/** The command line that is measured: a copy, so that a build of somebody else does not get in between. */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildBundles } from '../../scripts/build';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const FOLDER = path.join(ROOT, 'out', 'bench');
export const CLI = path.join(FOLDER, 'cli.js');

/** Builds the command line and copies its bundles. */
export async function buildProgram(): Promise<void> {
  await buildBundles(['cli', 'policy', 'verbs', 'yaml', 'zod']);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const dist = path.join(ROOT, 'dist');
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.js')))
    cpSync(path.join(dist, name), path.join(FOLDER, name));
}
