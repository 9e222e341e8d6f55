/** How often the YAML of a change is parsed: what is read once is not read again. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { findInChanges } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const yaml = createRequire(import.meta.url)('yaml') as { parseDocument: typeof Yaml.parseDocument };

/** The characters that are parsed meanwhile, and in how many texts. */
async function parsedIn(
  work: () => Promise<unknown>,
): Promise<{ readonly texts: number; readonly characters: number }> {
  const original = yaml.parseDocument;
  let [texts, characters] = [0, 0];
  yaml.parseDocument = (source: string, ...rest: []) => {
    texts += 1;
    characters += source.length;
    return original(source, ...rest);
  };
  try {
    await work();
  } finally {
    yaml.parseDocument = original;
  }
  return { texts, characters };
}

const job = (name: string, command: string): string =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: ${command}\n`;
const workflow = (name: string, command: (index: number) => string): string =>
  `name: ${name}\non: push\njobs:\n${Array.from({ length: 100 }, (_, index) => job(`job${String(index)}`, command(index))).join('')}`;
const change = (before: string | null, after: string) =>
  ({ path: '.github/workflows/a.yml', from: null, before, after }) as const;

describe('parses of a YAML change', () => {
  it('the whole file: each side is parsed once, whatever is found in it', async () => {
    const before = workflow('one', (index) => `echo ${String(index)}`);
    const after = workflow('one', (index) => `kubectl delete namespace prod-${String(index)}`);
    const { characters } = await parsedIn(async () => {
      const found = await findInChanges([change(before, after)], TOOLS);
      assert.ok(found.length > 0, 'nothing was found, so nothing asked for the old side');
    });
    assert.ok(
      characters <= (before.length + after.length) * 1.05,
      `${String(characters)} characters were parsed, of ${String(before.length + after.length)}`,
    );
  });

  it('the same change again: nothing is parsed', async () => {
    const texts = [workflow('two', (index) => `echo a${String(index)}`), workflow('two', () => 'echo b')] as const;
    await findInChanges([change(...texts)], TOOLS);
    assert.equal((await parsedIn(() => findInChanges([change(...texts)], TOOLS))).texts, 0);
  });

  it('another key typed: only the text near it is parsed', async () => {
    const before = workflow('three', (index) => `echo c${String(index)}`);
    const typed = (text: string): string => before.replace('echo c70\n', `${text}\n`);
    await findInChanges([change(before, typed('echo c'))], TOOLS);
    const { characters } = await parsedIn(() => findInChanges([change(before, typed('echo cc'))], TOOLS));
    assert.ok(characters > 0, 'what is typed was not parsed');
    assert.ok(
      characters * 20 < before.length,
      `${String(characters)} characters were parsed, of ${String(before.length)}`,
    );
  });
});
