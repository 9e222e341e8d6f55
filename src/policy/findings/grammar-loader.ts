/** What the danger rules get from this machine. */
import path from 'node:path';
import type { Tools } from '../../danger';

/** Next to the bundles; when run from the sources, where the build has put them. */
const FOLDERS = ['grammars', '../../../dist/grammars'];

export const TOOLS: Tools = {
  async grammar(file) {
    // Hardly any change needs a grammar, and loading these takes milliseconds.
    const { readFile } = await import('node:fs/promises');
    const { brotliDecompressSync } = await import('node:zlib');
    for (const folder of FOLDERS) {
      let packed: Buffer;
      try {
        packed = await readFile(path.join(__dirname, folder, `${file}.br`));
      } catch {
        continue;
      }
      return brotliDecompressSync(packed);
    }
    throw new Error(`The grammar ${file} is missing beside ${__dirname}: install Linekeeper again.`);
  },
};
