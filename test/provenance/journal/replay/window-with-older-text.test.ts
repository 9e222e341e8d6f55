import assert from 'node:assert/strict';
import type { By } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

const BASE = 'let vmpwpqs = qenxhvz + zuxplyc;\nlet tmwqddj = cbgihgm + xtejzmt;\nlet rlcksra = aancwud + vslcozk;\n';
/** What the person made of it, with parts of lines that do not tell by themselves where they come from. */
const MINE =
  '    let vmpwpqsxhvxkksdnqxplyc;\n// ask yqqenxp\ndaetcsylet tmwqddj = cbgihgm + xtejzmt;\nif (scitwsx) {\n}\nlet rlcksra = aancwud + vslcozk;\n';
const THEIRS = BASE.replace('tmwqddj', 'xqgydwi');

describe('an editor window with older text than the file', () => {
  it('its save goes on from its own text, with a line of unknown author that it had read', () => {
    const read = MINE.replace('}\n', '}\nread;\n');
    const saved = `${read}more;\n`;
    const { added } = attributed(BASE, saved, (keep) => [
      { version: 1, kind: 'edit', at: 1, by: PERSON, files: [{ path: 'a.ts', from: keep(BASE), to: keep(MINE) }] },
      { version: 1, kind: 'seen', at: 2, files: [{ path: 'a.ts', content: keep(BASE) }] },
      { version: 1, kind: 'edit', at: 3, by: AGENT, files: [{ path: 'a.ts', from: keep(BASE), to: keep(THEIRS) }] },
      {
        version: 1,
        kind: 'edit',
        at: 4,
        by: PERSON,
        files: [
          {
            path: 'a.ts',
            from: keep(read),
            to: keep(saved),
            hands: [PERSON],
            operations: [{ offset: read.length, deleted: 0, inserted: 'more;\n', by: 0 }],
          },
        ],
      },
    ]);
    assert.deepEqual(
      added.map(({ line, by }) => `${String(line)} ${by.author}`),
      ['1 human', '2 human', '3 human', '4 human', '5 human', '6 unknown', '8 human'],
    );
  });
});
