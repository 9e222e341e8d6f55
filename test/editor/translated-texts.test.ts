import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLE, bundleOf, textsOfEditor } from '../../scripts/texts';

const EDITOR = path.resolve(import.meta.dirname, '../../src/editor');

describe('texts of the extension', () => {
  it('media/l10n has all of them', () => {
    assert.equal(readFileSync(BUNDLE, 'utf8'), bundleOf(textsOfEditor()), 'write it anew: npx tsx scripts/texts.ts');
  });

  it('every notification passes through the translator', () => {
    const bare = readdirSync(EDITOR, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [
          ...readFileSync(path.join(EDITOR, file), 'utf8').matchAll(
            /show(?:Information|Warning|Error)Message\(\s*['"`].*/g,
          ),
        ].map((match) => `${file}: ${match[0]}`),
      );
    assert.deepEqual(bare, []);
  });

  it('the first notification has two sentences', () => {
    const source = readFileSync(path.join(EDITOR, 'hooks/offer-set-up.ts'), 'utf8');
    const sentences = [...source.matchAll(/ t\('([^']*[.?])'/g)].flatMap(([, text = '']) => text.split(/(?<=[.?]) /));
    assert.equal(sentences.length, 2, sentences.join('\n'));
  });
});
