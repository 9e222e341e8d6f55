/** What the danger rules get from this machine. */
import path from 'node:path';
import type { Tools } from '../../danger';

/** Next to the bundles; when run from the sources, where the build has put them. */
const FOLDERS = ['grammars', '../../../dist/grammars'];

export const TOOLS: Tools = {
  async grammar(file) {
    const { readFile } = await import('node:fs/promises'); // hardly any change needs a grammar, and loading it takes milliseconds
    for (const folder of FOLDERS) {
      try {
        return await readFile(path.join(__dirname, folder, file));
      } catch {
        // try the next one
      }
    }
    throw new Error(`The grammar ${file} is missing beside ${__dirname}: install Linekeeper again.`);
  },
};
