/**
 * Assembles what the image for jobs is made of, in a folder: `npx tsx scripts/image.ts FOLDER`, then `docker build FOLDER`
 * (or `buildah build FOLDER`). Nothing of ours is downloaded when it is built.
 */
import { assemble, assembleWhenStarted, FLEET_QUESTIONS } from './assemble';

/** Returns the lines to print. `build`: false where the bundles are made already. Throws when the folder is not empty. */
export const packImage = (folder: string, build = true): Promise<readonly string[]> =>
  assemble(folder, ['Dockerfile', 'LICENSE', FLEET_QUESTIONS], 'command-line', build);

assembleWhenStarted(import.meta.url, packImage);
