import assert from 'node:assert/strict';
import type { JournalRecord } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';
import type { KeptContents } from '../../../support/kept';

const BASE = 'const rate = cost\nlast\n';
const REWRITTEN = 'const rate = sum\nlast\n';
const CHANGED = 'const rate = price\nlast\n';

/** What is said of each line that differs between the commit and the work tree, by these records. */
function told(
  base: string,
  target: string,
  recordsOf: (keep: KeptContents['keep']) => readonly JournalRecord[],
): readonly string[] {
  const { added, removed } = attributed(base, target, recordsOf);
  return [...added, ...removed].map(({ by: { author } }) => author);
}

/**
 * What is said of the work tree's lines, where an assistant rewrote a word and what came then nobody saw but for these
 * contents.
 */
function authors(...seen: readonly string[]): readonly string[] {
  const by = { author: 'ai', assistant: 'claude-code', evidence: 'reported' } as const;
  return told(BASE, CHANGED, (keep) => [
    { version: 1, kind: 'edit', at: 1, by, files: [{ path: 'a.ts', from: keep(BASE), to: keep(REWRITTEN) }] },
    ...seen.map((text, i): JournalRecord => ({
      version: 1,
      kind: 'seen',
      at: i + 2,
      files: [{ path: 'a.ts', content: keep(text) }],
    })),
  ]);
}

describe("an assistant's edit that git discarded", () => {
  it('later lines are unknown when the file was seen with its former content in between', () =>
    assert.deepEqual(authors(BASE), ['unknown', 'unknown']));

  it("later lines are the assistant's when that was not seen", () => assert.deepEqual(authors(), ['ai', 'ai']));
});

describe('a line that an assistant rewrote and git restored', () => {
  const base = 'first line;\nconst rate = cost + next;\n';
  const rewritten = 'first line;\nsomething quite different;\n';
  const back = 'another beginning;\nconst rate = cost + next;\n';
  const changed = 'another beginning;\nconst rate = cost + last;\n';

  /** What is said of it, where it was first seen as the last commit has it or not at all. */
  function said(isSeen: boolean): readonly string[] {
    const [by, me] = [
      { author: 'ai', assistant: 'claude-code', evidence: 'reported' },
      { author: 'human', evidence: 'observed' },
    ] as const;
    const at = back.indexOf('next');
    return told(base, changed, (keep) => [
      ...(isSeen ? [{ version: 1, kind: 'seen', at: 1, files: [{ path: 'a.ts', content: keep(base) }] } as const] : []),
      { version: 1, kind: 'edit', at: 2, by, files: [{ path: 'a.ts', from: keep(base), to: keep(rewritten) }] },
      {
        version: 1,
        kind: 'edit',
        at: 3,
        by: me,
        files: [
          {
            path: 'a.ts',
            from: keep(back),
            to: keep(changed),
            hands: [me],
            operations: [{ offset: at, deleted: 4, inserted: 'last', by: 0 }],
          },
        ],
      },
    ]);
  }

  it("is the person's when a person changes it then", () => {
    assert.deepEqual(said(false), ['unknown', 'human', 'unknown', 'human']);
    assert.deepEqual(said(true), ['unknown', 'human', 'unknown', 'human']);
  });
});
