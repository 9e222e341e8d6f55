import assert from 'node:assert/strict';
import type { Attribution } from '../../../../src/provenance/authorship';
import type { By, JournalRecord, KeptOperation } from '../../../../src/provenance/journal';
import { attributed } from '../../../support/attributed';

const PERSON: By = { author: 'human', evidence: 'observed' };
const AGENT: By = { author: 'ai', assistant: 'claude-code', evidence: 'reported' };

interface Save {
  readonly by: By;
  /** The second hand. */
  readonly undoer?: By;
  readonly operations: readonly KeptOperation[];
}

/**
 * What a file went through: each save's operations by hands of its own. Gives `line author` of the lines that are
 * there, against the first content.
 */
const authors = (base: string, ...saves: readonly Save[]): readonly string[] => authorsSince(0, base, ...saves);

/** The same against the content after so many saves. */
const authorsSince = (committed: number, start: string, ...saves: readonly Save[]): readonly string[] =>
  told(committed, start, ...saves).added.map(said);

/** The same of the lines that are gone, against the first content. */
const takers = (base: string, ...saves: readonly Save[]): readonly string[] =>
  told(0, base, ...saves).removed.map(said);

const said = ({ line, by }: Attribution['added'][number]): string => `${String(line)} ${by.author}`;

function told(committed: number, start: string, ...saves: readonly Save[]): Attribution {
  const texts = [start];
  for (const { operations } of saves)
    texts.push(
      operations.reduce(
        (so, { offset, deleted, inserted }) => so.slice(0, offset) + inserted + so.slice(offset + deleted),
        texts.at(-1) ?? '',
      ),
    );
  const at = (index: number): string => texts.at(index) ?? assert.fail('there are not so many saves');
  return attributed(at(committed), at(-1), (keep) =>
    saves.flatMap(({ by, undoer, operations }, index): JournalRecord[] => [
      {
        version: 1,
        kind: 'edit',
        at: index + 1,
        by,
        files: [
          {
            path: 'a.ts',
            from: keep(at(index)),
            to: keep(at(index + 1)),
            operations,
            hands: undoer ? [by, undoer] : [by],
          },
        ],
      },
      ...(committed === index + 1
        ? [
            {
              version: 1,
              kind: 'committed',
              at: index + 1,
              commit: 'c1',
              files: [{ path: 'a.ts', content: keep(at(committed)) }],
            } as const,
          ]
        : []),
    ]),
  );
}

const erased = (offset: number, deleted: number): KeptOperation => ({ offset, deleted, inserted: '', by: 0 });
const typed = (offset: number, inserted: string): KeptOperation => ({ offset, deleted: 0, inserted, by: 0 });
const back = (offset: number, inserted: string, hand = 0): KeptOperation => ({
  offset,
  deleted: 0,
  inserted,
  by: -1,
  back: hand,
});

describe('attribution of text that an undo restores across a save', () => {
  const LINE = 'let rate = cost + next;\n';

  it("an assistant's text that was gone in the last commit: stays the assistant's when an undo or the clipboard brings it back", () => {
    const gone: readonly Save[] = [
      { by: AGENT, operations: [typed(5, LINE)] },
      { by: PERSON, operations: [erased(5, LINE.length)] },
    ];
    const inPart = [{ offset: 5, deleted: 0, inserted: LINE, by: -1, back: 0 }, typed(5 + LINE.length, 'mine;\n')];
    for (const again of [
      { by: PERSON, operations: [back(5, LINE)] },
      { by: PERSON, operations: inPart },
      { by: AGENT, undoer: PERSON, operations: [{ ...typed(5, LINE), back: 1 }] },
      { by: AGENT, operations: [typed(5, LINE)] },
    ])
      assert.equal(authorsSince(2, 'kept\n', ...gone, again)[0], '2 ai', JSON.stringify(again));
    assert.deepEqual(authorsSince(2, 'kept\n', ...gone, { by: PERSON, operations: [typed(5, LINE)] }), ['2 human']);
  });

  it('is unchanged text, around what was typed into it', () => {
    const saves = [
      { by: PERSON, operations: [erased(0, LINE.length)] },
      { by: PERSON, operations: [back(0, 'let rate = co'), typed(13, 'unt() + mo'), back(23, 'st + next;\n')] },
    ];
    assert.deepEqual(authors(`${LINE}other;\n`, ...saves), ['1 human']);
  });

  it('belongs to its writer, not to the person who typed into it', () => {
    const written = { by: AGENT, operations: [typed(0, LINE)] };
    const saves = [
      written,
      { by: PERSON, operations: [erased(0, LINE.length)] },
      { by: PERSON, operations: [back(0, 'let rate = co'), back(13, 'st + next;\n')] },
    ];
    assert.deepEqual(authors('other;\n', ...saves), ['1 ai']);
  });

  it('is unchanged text beside what is removed in the same save', () => {
    const saves = [
      { by: PERSON, operations: [erased(0, LINE.length), typed(0, 'mine;\n')] },
      { by: PERSON, operations: [erased(0, 6), back(0, 'let rate = c'), back(12, 'ost + next;\n')] },
    ];
    assert.deepEqual(authors(`${LINE}other;\n`, ...saves), []);
  });

  it('belongs to its writer when the file is as before, around a part that stayed', () => {
    const saves = [
      { by: AGENT, operations: [typed(4, 'rough ')] },
      { by: PERSON, operations: [erased(4, 10), typed(4, 'x'), erased(13, 6), typed(13, 'y')] },
      { by: PERSON, operations: [erased(4, 10), back(4, 'rough rate = cost + next')] },
    ];
    assert.deepEqual(authors(`${LINE}other;\n`, ...saves), ['1 ai']);
  });

  it('is unchanged text, in a line of the person, when a commit had it meanwhile', () => {
    const saves = [
      { by: AGENT, operations: [typed(22, ';')] },
      { by: PERSON, operations: [erased(22, 1)] },
      {
        by: AGENT,
        undoer: PERSON,
        operations: [
          { ...back(22, ';', 1), by: 0 },
          { ...erased(21, 1), by: 1 },
        ],
      },
    ];
    assert.deepEqual(authorsSince(1, 'let rate = cost + next\n', ...saves), ['1 human']);
  });

  it("is unknown when a redo repeats a formatter's change from before the record", () => {
    const base = 'let rate = cost;\nother;\n';
    const formatted = 'let rate  = cost\nother;\n';
    const undone: readonly KeptOperation[] = [{ offset: 9, deleted: 1, inserted: '', by: 0, back: 0 }, back(15, ';')];
    const redone: readonly KeptOperation[] = [back(9, ' '), { offset: 16, deleted: 1, inserted: '', by: 0, back: 0 }];
    const made = attributed(base, formatted, (keep) =>
      [[formatted, base, undone] as const, [base, formatted, redone] as const].map(
        ([from, to, operations], index): JournalRecord => ({
          version: 1,
          kind: 'edit',
          at: index + 1,
          by: PERSON,
          files: [{ path: 'a.ts', from: keep(from), to: keep(to), operations, hands: [PERSON] }],
        }),
      ),
    );
    assert.deepEqual([...made.added, ...made.removed].map(said), ['1 unknown', '1 unknown']);
  });

  it("is unknown when two authors' equal text could have come back", () => {
    const saves = [
      { by: AGENT, operations: [typed(0, 'x = y;\n')] },
      { by: PERSON, operations: [typed(7, 'x = y;\n')] },
      { by: PERSON, operations: [erased(0, 14)] },
      { by: PERSON, operations: [back(0, 'x = y;\n')] },
    ];
    assert.deepEqual(authors('other;\n', ...saves), ['1 unknown']);
  });

  it('is unknown when the text was never recorded', () => {
    assert.deepEqual(authors('other;\n', { by: PERSON, operations: [back(0, LINE)] }), ['1 unknown']);
    const saves = [
      { by: PERSON, operations: [erased(0, LINE.length)] },
      { by: PERSON, operations: [back(0, LINE, 7)] },
    ];
    assert.deepEqual(authors(`${LINE}other;\n`, ...saves), []);
  });
});

describe('attribution of text that a redo removes again after a save', () => {
  const LINE = 'let rate = cost + next;\n';
  const [taken, undone] = [
    { by: AGENT, operations: [erased(0, LINE.length)] },
    { by: PERSON, operations: [back(0, LINE)] },
  ];
  const again: KeptOperation = { ...erased(0, LINE.length), back: 0 };

  it('belongs to whoever removed it first', () =>
    assert.deepEqual(takers(`${LINE}other;\n`, taken, undone, { by: PERSON, operations: [again] }), ['1 ai']));

  it('belongs to whoever changed its line before the first removal', () => {
    const mine = { by: PERSON, operations: [typed(0, 'mine ')] };
    const gone = { by: AGENT, operations: [erased(0, LINE.length + 5)] };
    const redone = { by: PERSON, operations: [{ ...erased(0, LINE.length + 5), back: 0 }] };
    assert.deepEqual(
      takers(`${LINE}other;\n`, mine, gone, { by: PERSON, operations: [back(0, `mine ${LINE}`)] }, redone),
      ['1 human'],
    );
  });

  it('belongs to whoever removed it first, beside text typed before the save', () =>
    assert.deepEqual(
      takers(`${LINE}other;\n`, taken, undone, { by: PERSON, operations: [again, typed(6, ' // mine')] }),
      ['1 ai', '2 human'],
    ));

  it('is unknown when somebody else had removed a part of it only', () => {
    const part = [
      { by: AGENT, operations: [erased(4, 4)] },
      { by: PERSON, operations: [back(4, 'rate')] },
    ];
    assert.deepEqual(takers(`${LINE}other;\n`, ...part, { by: PERSON, operations: [again] }), ['1 unknown']);
  });

  it('is unknown when an unrecorded text replaces it', () => {
    const put: readonly KeptOperation[] = [
      { ...erased(0, LINE.length - 1), back: 0 },
      back(0, 'let rate = other;'),
      typed(17, '\nmine'),
    ];
    const { added, removed } = told(0, `${LINE}last;\n`, { by: PERSON, operations: put });
    assert.deepEqual([...added, ...removed].map(said), ['1 unknown', '2 human', '1 unknown']);
  });

  it('belongs to the person when nobody had removed it before', () => {
    assert.deepEqual(takers(`${LINE}other;\n`, { by: PERSON, operations: [again] }), ['1 human']);
    assert.deepEqual(takers(`${LINE}other;\n`, taken, undone, { by: PERSON, operations: [erased(0, LINE.length)] }), [
      '1 human',
    ]);
  });
});

describe('attribution of text that a redo restores around text that stayed', () => {
  const [line, other, last] = ['let alpha = beta + gamma;\n', 'let delta = kappa + sigma;\n', 'last;\n'];
  const [start, end] = [line.length, line.length + other.length];
  const rewritten: Save = { by: AGENT, operations: [erased(4, 5), typed(4, 'omega'), erased(start, other.length)] };
  const undone: Save = {
    by: PERSON,
    operations: [erased(4, 5), back(4, 'alpha'), back(start, other)].map((operation) => ({ ...operation, back: 0 })),
  };
  const again = [{ ...erased(0, end), back: 0 }, back(0, 'let omega = '), back(12, 'beta + gamma;\n')];

  it('belongs to whoever made it, beside text typed before the save', () => {
    const redone: Save = { by: PERSON, operations: [...again, typed(start + 4, ' // mine')] };
    const { added, removed } = told(0, line + other + last, rewritten, undone, redone);
    assert.deepEqual([...added, ...removed].map(said), ['1 ai', '2 human', '1 ai', '2 ai', '3 human']);
  });

  const put: Save = { by: AGENT, operations: [typed(4, 'rough ')] };
  const taken: Save = { by: PERSON, operations: [{ ...erased(4, 6), back: 0 }] };

  it('belongs to whoever made it, around text typed into it', () => {
    const { added } = told(0, line + last, put, taken, {
      by: PERSON,
      operations: [{ ...erased(4, 5), back: 0 }, back(4, 'rough al'), typed(12, 'mine'), back(16, 'pha')],
    });
    assert.deepEqual(added.map(said), ['1 ai']);
  });

  it('belongs to whoever made it when the editor recorded only a part of the redo', () => {
    const { added } = told(0, line + last, put, taken, {
      by: PERSON,
      operations: [
        { ...erased(4, 5), back: 0 },
        { ...typed(4, 'rough'), by: -1 },
        back(9, ' alpha'),
        typed(start + 10, ' // mine'),
      ],
    });
    assert.deepEqual(added.map(said), ['1 ai', '2 human']);
  });

  it('belongs to whoever made it when its line break is on the other side', () => {
    const written: Save = { by: AGENT, operations: [typed(start - 1, '\nlet kappa;')] };
    const gone: Save = { by: PERSON, operations: [{ ...erased(start, 11), back: 0 }] };
    const { added } = told(0, line + other + last, written, gone, {
      by: PERSON,
      operations: [back(start, 'let kappa;\n'), typed(end + 15, ' // mine')],
    });
    assert.deepEqual(added.map(said), ['2 ai', '4 human']);
  });

  it("a line beside it stays the person's who typed it anew", () => {
    const written: Save = { by: AGENT, operations: [typed(0, line + other)] };
    const anew: Save = { by: PERSON, operations: [erased(0, end), typed(0, line)] };
    const { added } = told(0, last, written, anew, {
      by: PERSON,
      operations: [back(start, other), typed(end + 4, ' // mine')],
    });
    assert.deepEqual(added.map(said), ['1 human', '2 ai', '3 human']);
  });

  it('is unknown when a person typed in it', () => {
    const { added } = told(0, line + other + last, rewritten, undone, {
      by: PERSON,
      operations: [
        { ...erased(0, end), back: 0 },
        typed(0, 'let omega = '),
        back(12, 'beta + gamma;\n'),
        typed(start + 4, ' // mine'),
      ],
    });
    assert.deepEqual(added.map(said), ['1 unknown', '2 human']);
  });
});

describe('attribution of a line that is back where the commit has it', () => {
  it('is unknown when its white space changed unrecorded, though a person moved it', () => {
    const [line, other] = ['let rate = cost + next;\n', 'let price = cost;\n'];
    const [before, moved, target] = [line + other, other + line, other + line.replace(';', ' ')];
    const edits: readonly (readonly [from: string, to: string, operations: readonly KeptOperation[]])[] = [
      [before, moved, [erased(0, line.length), typed(other.length, line)]],
      [moved, before, [back(0, line), { ...erased(line.length + other.length, line.length), back: 0 }]],
      [before, moved, [{ ...erased(0, line.length), back: 0 }, typed(other.length, line)]],
    ];
    const { added, removed } = attributed(moved, target, (keep) => {
      const records = edits.map(([from, to, operations], index): JournalRecord => ({
        version: 1,
        kind: 'edit',
        at: 10 * (index + 1),
        by: PERSON,
        files: [{ path: 'a.ts', from: keep(from), to: keep(to), operations, hands: [PERSON] }],
      }));
      return records.toSpliced(1, 0, {
        version: 1,
        kind: 'committed',
        at: 11,
        commit: 'a'.repeat(40),
        files: [{ path: 'a.ts', content: keep(moved) }],
      });
    });
    assert.deepEqual([...added, ...removed].map(said), ['2 unknown', '2 unknown']);
  });
});

describe('attribution of text that an undo takes back to a former version', () => {
  const [line, other] = ['let rate = cost + next;\n', 'let price = cost;\n'];
  const saved = (
    keep: (text: string) => string,
    at: number,
    by: By,
    from: string,
    to: string,
    operations: readonly KeptOperation[],
    hands: readonly By[] = [by],
  ): JournalRecord => ({
    version: 1,
    kind: 'edit',
    at,
    by,
    files: [{ path: 'a.ts', from: keep(from), to: keep(to), operations, hands }],
  });

  it('a blank line belongs to whoever made it, though unrecorded text was in it meanwhile', () => {
    const blank = `${line}\n${other}`;
    const pasted = `${line}pasted from somewhere;\n${other}`;
    const { added } = attributed(line + other, blank, (keep) => [
      saved(keep, 1, PERSON, line + other, blank, [typed(line.length - 1, '\n')]),
      { version: 1, kind: 'seen', at: 2, files: [{ path: 'a.ts', content: keep(pasted) }] },
      saved(keep, 3, PERSON, pasted, blank, [{ ...erased(line.length, 22), back: 0 }]),
    ]);
    assert.deepEqual(added.map(said), ['2 human']);
  });

  it('belongs to whoever typed in it, not to the assistant whose text is gone', () => {
    const mine = `let rmine\nate = cost + next;\n${other}`;
    const theirs = `rough harbour;\nate = cost + next;\n${other}`;
    const { added, removed } = attributed(line + other, mine, (keep) => [
      saved(keep, 1, PERSON, line + other, mine, [typed(5, 'mine\n')]),
      { version: 1, kind: 'edit', at: 2, by: AGENT, files: [{ path: 'a.ts', from: keep(mine), to: keep(theirs) }] },
      saved(
        keep,
        3,
        { author: 'unknown' },
        theirs,
        mine,
        [{ ...erased(0, 14), back: 0 }, { ...back(0, 'let r'), by: -1 }, typed(5, 'mine')],
        [PERSON],
      ),
    ]);
    assert.deepEqual([...added, ...removed].map(said), ['1 human', '2 human', '1 human']);
  });
});

describe('attribution of a line whose break was removed and put back', () => {
  const [line, other] = ['let rate = cost + next;\n', 'let price = cost;\n'];
  const end = line.length - 1;

  it('its removal belongs to whoever removes it, not to whoever put the break back', () => {
    const saves = [
      { by: PERSON, operations: [erased(end, 1), typed(end, '\n// mine\n')] },
      { by: AGENT, operations: [erased(0, line.length)] },
    ];
    assert.deepEqual(takers(line + other, ...saves), ['1 ai']);
  });

  it('its removal belongs to whoever joins it with the next line', () => {
    const saves = [
      { by: PERSON, operations: [erased(end, 1), typed(end, '\n')] },
      { by: AGENT, operations: [erased(end, 1)] },
    ];
    assert.deepEqual(takers(line + other, ...saves), ['1 ai', '2 ai']);
  });
});
