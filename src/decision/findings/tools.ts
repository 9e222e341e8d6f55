/** What the danger rules are handed from this machine. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tools } from '../../danger';

/** Beside the bundles; from the sources, where the build has put them. */
const FOLDERS = ['grammars', '../../../dist/grammars'];

export const TOOLS: Tools = {
  async grammar(file) {
    for (const folder of FOLDERS) {
      try {
        return await readFile(path.join(__dirname, folder, file));
      } catch {
        // the next one
      }
    }
    throw new Error(`The grammar ${file} is missing beside ${__dirname}: install Linekeeper again.`);
  },
};
