/** The analyzers' tools, with grammars from the packages that the build packs them from: nothing needs to be built. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GRAMMAR_FILES } from '../../scripts/build';
import type { Tools } from '../../src/danger';

const TOP = path.resolve(import.meta.dirname, '../..');

export const TOOLS: Tools = {
  grammar: (file) => {
    const source = GRAMMAR_FILES.find(({ to }) => path.basename(to) === `${file}.br`);
    return source === undefined
      ? Promise.reject(new Error(`there is no grammar ${file}`))
      : Promise.resolve(readFileSync(path.join(TOP, source.from)));
  },
};
