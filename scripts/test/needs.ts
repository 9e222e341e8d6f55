/** What tests need before they can run: built or installed once, when an area first needs it. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { installEditor } from '../../test/editor/host';
import { editorKind } from '../../test/editor/host/kind';
import { buildBundles, CONTENTS_VARIABLE } from '../build';
import { packQuietly } from '../packed';
import { TOP, type Need } from './areas';
import { compileTests, mayCompile } from './compiled';

/** Variables that point the tests to what was built. */
export type Environment = Readonly<Record<string, string>>;

/** What each bundle is made of, so that no test builds it again to see. */
const CONTENTS = path.join(TOP, 'out', 'bundles.json');

type Maker = (say: (line: string) => void) => Promise<Environment>;

const MAKERS: Readonly<Record<Need, Maker>> = {
  compiled: async () => {
    if (mayCompile) await compileTests();
    return {};
  },
  // Who has packaged them just now, as `.ci/run` does, names the file.
  bundles: async () => {
    const built = process.env[CONTENTS_VARIABLE];
    if (built !== undefined) return { [CONTENTS_VARIABLE]: built };
    mkdirSync(path.dirname(CONTENTS), { recursive: true });
    await buildBundles(undefined, { contents: CONTENTS });
    return { [CONTENTS_VARIABLE]: CONTENTS };
  },
  // Of the bundles as they are: tests of other areas run them by now, and nobody builds them under their feet.
  package: async (say) => {
    const packed = process.env['LINEKEEPER_VSIX'];
    if (packed !== undefined) return { LINEKEEPER_VSIX: packed };
    await provide(['bundles'], say);
    return { LINEKEEPER_VSIX: await packQuietly({ built: true }) };
  },
  editor: async (say) => {
    if (editorKind({}) === 'served') await installEditor(say);
    return {};
  },
};

const made = new Map<Need, Promise<Environment>>();

/** Throws, with a reason for people, when something is unavailable. */
export async function provide(needs: readonly Need[], say: (line: string) => void): Promise<Environment> {
  const environments = needs.map((need) => {
    const making = made.get(need) ?? MAKERS[need](say);
    made.set(need, making);
    return making;
  });
  return Object.assign({}, ...(await Promise.all(environments))) as Environment;
}
