import assert from 'node:assert/strict';
import { compact, expand } from '../../support/editor-replay/compact';
import { differenceBetween } from '../../support/editor-replay/difference';
import { withoutPlaces, withPlaces } from '../../support/editor-replay/fixture';
import type { Extent, Report, ToldDocument, ToldWindow } from '../../support/editor-replay/reports';

const uri = 'repo:/a.ts';
const window = (line: number, character: number): ToldWindow => ({
  focused: true,
  active: uri,
  visible: [[uri, [[line, character, line, character]]]],
});

/** A letter that a key puts at a place of the first line: a change, the window after it and the caret's move. */
const typed = (character: number, letter: string, after = 1): readonly Report[] => [
  { at: 40, kind: 'change', uri, dirty: true, changes: [[[0, character, 0, character], letter]] },
  { at: after, kind: 'window', ...window(0, character + 1) },
  { at: 0, kind: 'selection', uri, by: 1, selections: [[0, character + 1, 0, character + 1]] },
];

const saved: readonly Report[] = [
  { at: 9, kind: 'willSave', uri },
  { at: 3, kind: 'save', uri, disk: true },
];

/** A scene in a file that is open with a first text. */
const played = (
  reports: readonly Report[],
  text = '',
): { documents: readonly ToldDocument[]; reports: typeof reports } => ({
  documents: [{ uri, language: 'typescript', text, dirty: false }],
  reports,
});

describe('the recordings of what the editor reports', () => {
  it('reports on disk: are the same when they are read again', () => {
    const reports: readonly Report[] = [
      { at: 0, kind: 'open', uri, language: 'typescript', text: '', dirty: false, disk: true },
      { at: 5, kind: 'window', ...window(0, 0) },
      ...typed(0, 'a'),
      {
        at: 7,
        kind: 'change',
        uri,
        dirty: true,
        changes: [
          [[0, 0, 0, 1], 'b'],
          [[1, 0, 1, 0], '\n'],
        ],
        reason: 1,
      },
      { at: 2, kind: 'window', ...window(4, 4) },
      ...saved,
    ];
    const isMove = (report: Report): boolean => report.kind === 'window' && report.visible[0]?.[1][0]?.[1] === 1;
    const without = reports
      .filter((report) => !isMove(report))
      .map((report) => (report.kind === 'selection' ? { ...report, at: 1 } : report));
    assert.deepEqual(expand(compact(reports, window(0, 0))), without);
  });

  it("reports on disk: keep a window that no caret's move explains", () => {
    const reports: readonly Report[] = [
      { at: 1, kind: 'window', ...window(0, 7) },
      { at: 0, kind: 'selection', uri, by: 2, selections: [[0, 1, 0, 1]] },
    ];
    assert.deepEqual(expand(compact(reports, window(0, 0))), reports);
  });

  it('places of a recording: name no folder of the machine', () => {
    const report = { uri: 'file:///tmp/run%201/work/a.ts', path: '/tmp/run 1/work/a.ts', log: '/tmp/run 1/log' };
    const clean = withoutPlaces(report, '/tmp/run 1/work', '/tmp/run 1');
    assert.deepEqual(clean, { uri: 'repo:/a.ts', path: '{repo}/a.ts', log: '{other}/log' });
    assert.deepEqual(withPlaces(clean, '/my work'), {
      uri: 'file:///my%20work/a.ts',
      path: '/my work/a.ts',
      log: '/elsewhere/log',
    });
  });

  it('two plays of a scene: are alike when only times, windows and other documents come in another order', () => {
    const aside: readonly Report[] = [
      { at: 0, kind: 'change', uri: 'repo:/b.ts', dirty: true, changes: [[[0, 0, 0, 0], 'x']] },
    ];
    const recorded = [...typed(0, 'a'), ...aside, ...saved];
    const told = [...aside, ...typed(0, 'a', 900).filter(({ kind }) => kind !== 'window'), ...saved];
    assert.equal(differenceBetween(played(recorded), played(told)), undefined);
  });

  it('two plays of a scene: are alike when the second replaces a dot by itself', () => {
    const name = (extent: Extent, text: string): readonly Report[] => [
      { at: 0, kind: 'change', uri, dirty: true, changes: [[extent, text]] },
    ];
    const recorded = played(name([0, 4, 0, 7], 'toUpperCase'), 'net.toU');
    assert.equal(differenceBetween(recorded, played(name([0, 3, 0, 7], '.toUpperCase'), 'net.toU')), undefined);
    assert.match(differenceBetween(recorded, played(name([0, 4, 0, 7], 'toFixed'), 'net.toU')) ?? '', /toFixed|Fixed/);
  });

  const OTHERS: readonly (readonly [what: string, told: readonly Report[], said: RegExp])[] = [
    [
      'another text',
      [...typed(0, 'b'), ...saved],
      /recorded: change at 0 "a" for "" .*\n.*told now: change at 0 "b" for ""/,
    ],
    [
      'a caret that no key has moved',
      [...typed(0, 'a').map((report) => (report.kind === 'selection' ? { ...report, by: 3 } : report)), ...saved],
      /recorded: .*selection 1\n.*told now: .*selection 3/,
    ],
    ['no willSave', [...typed(0, 'a'), ...saved.slice(1)], /recorded: willSave\n.*told now: save/],
    ['one change more', [...typed(0, 'a'), ...saved, ...typed(1, 'b')], /recorded: nothing more/],
    [
      'an undo',
      [...typed(0, 'a').map((report) => (report.kind === 'change' ? { ...report, reason: 1 } : report)), ...saved],
      /told now: .*, undo/,
    ],
  ];
  for (const [what, told, said] of OTHERS)
    it(`two plays of a scene: are said to differ when the second has ${what}`, () => {
      assert.match(differenceBetween(played([...typed(0, 'a'), ...saved]), played(told)) ?? '', said);
    });
});
