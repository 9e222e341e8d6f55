/** What tests need before they can run: made or installed once, when an area first asks for it. */
import { installEditor } from '../../test/editor/host';
import { editorKind } from '../../test/editor/host/kind';
import { buildBundles } from '../build';
import { packQuietly } from '../packed';
import type { Need } from './areas';

/** Variables in which the tests find what was made. */
export type Environment = Readonly<Record<string, string>>;

type Maker = (say: (line: string) => void) => Promise<Environment>;

const MAKERS: Readonly<Record<Need, Maker>> = {
  bundles: async () => {
    await buildBundles();
    return {};
  },
  package: async () => ({ LINEKEEPER_VSIX: process.env['LINEKEEPER_VSIX'] ?? (await packQuietly()) }),
  editor: async (say) => {
    if (editorKind({}) === 'served') await installEditor(say);
    return {};
  },
};

const made = new Map<Need, Promise<Environment>>();

/** Throws, with a reason for people, when something can't be had. */
export async function provide(needs: readonly Need[], say: (line: string) => void): Promise<Environment> {
  let all: Environment = {};
  for (const need of needs) {
    const making = made.get(need) ?? MAKERS[need](say);
    made.set(need, making);
    all = { ...all, ...(await making) };
  }
  return all;
}
