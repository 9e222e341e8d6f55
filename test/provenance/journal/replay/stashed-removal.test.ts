import assert from 'node:assert/strict';
import type { By, JournalRecord } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

const BASE = 'let vmpwpqs = qenxhvz;\nlet tmwqddj = cbgihgm;\n';
const TYPED = `daetcsy ${BASE}`;
const LEFT = 'let tmwqddj = cbgihgm;\n';

/**
 * Who is told to have removed a line: a person typed in it, the work was put away and is there again, and an assistant
 * took the line away.
 */
function remover(...between: readonly string[]): readonly string[] {
  const { removed } = attributed(BASE, LEFT, (keep) => {
    const seen = (at: number, content: string): JournalRecord => ({
      version: 1,
      kind: 'seen',
      at,
      files: [{ path: 'a.ts', content: keep(content) }],
    });
    return [
      {
        version: 1,
        kind: 'edit',
        at: 1,
        by: PERSON,
        files: [
          {
            path: 'a.ts',
            from: keep(BASE),
            to: keep(TYPED),
            hands: [PERSON],
            operations: [{ offset: 0, deleted: 0, inserted: 'daetcsy ', by: 0 }],
          },
        ],
      },
      { version: 1, kind: 'seen', at: 2, files: [{ path: 'a.ts', content: keep(TYPED) }], away: true },
      ...[BASE, ...between, TYPED].map((text, i) => seen(3 + i, text)),
      { version: 1, kind: 'edit', at: 9, by: AGENT, files: [{ path: 'a.ts', from: keep(TYPED), to: keep(LEFT) }] },
    ];
  });
  return removed.map(({ by }) => by.author);
}

describe('attribution of a removal in a stash that is applied again', () => {
  it('the person who made it, when the file is as it was stashed from', () => assert.deepEqual(remover(), ['human']));

  it('unknown, when the file had other unrecorded text in between', () =>
    assert.deepEqual(remover(`${BASE}let unseen = other;\n`), ['unknown']));
});
