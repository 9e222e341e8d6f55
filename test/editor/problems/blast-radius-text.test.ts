import assert from 'node:assert/strict';
import type { BlastRadius, Edge } from '../../../src/policy/blast-radius';
import type { Translate } from '../../../src/editor/translate';
import { blastText } from '../../../src/editor/problems/blast-radius-text';

const t: Translate = (message, ...words) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(words[Number(index)]));
const edge = (dependent: string, more: Partial<Edge> = {}): Edge => ({
  kind: 'import',
  path: 'src/money.ts',
  dependent,
  line: 3,
  evidence: "import { total } from './money';",
  owners: [],
  ...more,
});
const told = (blast: Partial<BlastRadius>): readonly string[] =>
  blastText(t, { files: blast.edges?.length ?? 0, edges: [], cannotTell: [], ...blast }, (path, line) =>
    [encodeURIComponent(path), ...(line === null ? [] : [line])].join('#'),
  );

describe('the hover on files that depend on a change', () => {
  it('names each file with its line, the evidence and the owners', () => {
    assert.deepEqual(
      told({
        edges: [
          edge('src/cart.ts', { owners: ['@acme/shop'] }),
          edge('docs.md', { kind: 'history', line: null, evidence: 'changed together in 4 of 5 commits' }),
        ],
      }),
      [
        '$(references) **2 files depend on this change**',
        '- [src/cart\\.ts\\:3](src%2Fcart.ts#3) · import · \\@acme/shop',
        '- [docs\\.md](docs.md) · changed together in 4 of 5 commits',
      ],
    );
    assert.deepEqual(told({ edges: [edge('a.ts')] })[0], '$(references) **1 file depends on this change**');
  });

  it('names at most five files and counts the rest; it is empty when no file is known', () => {
    const lines = told({ edges: Array.from({ length: 9 }, (_, n) => edge(`src/${String(n)}.ts`)) });
    assert.equal(lines.length, 7);
    assert.match(lines.at(-1) ?? '', /and 4 more/);
    assert.deepEqual(told({}), []);
  });

  it('says what is not known, and escapes markup in paths, evidence and owners', () => {
    const [head, line = '', untold] = told({
      edges: [
        edge('](command:evil)\n# <img src=x>$(bug)`.ts', { kind: 'history', evidence: '**x**', owners: ['@a](b)'] }),
      ],
      cannotTell: ["What depends on x.bin isn't known."],
    });
    assert.match(head ?? '', /^\$\(references\)/);
    assert.doesNotMatch(line, /\n|(?<!\\)\]\(command|<img|(?<!\\)\$\(bug|(?<!\\)`|(?<!\\)\*\*x/);
    assert.equal(untold, "$(question) What depends on x\\.bin isn't known\\.");
  });
});
