import assert from 'node:assert/strict';
import { lessonWarnings } from '../../../src/editor/problems/lesson-warnings';
import type { Hunk, Seen } from '../../../src/editor/state/line-hunks';
import type { LessonLearnt } from '../../../src/policy/incidents';
import type { Translate } from '../../../src/editor/translate';

const t = ((text: string, ...values: readonly unknown[]): string =>
  text.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]))) as Translate;
const seen = (start: number, end: number, author: Seen['author']): Seen => ({
  start,
  end,
  author,
  edited: false,
  assistant: author === 'ai' ? 'kiro' : null,
  model: null,
  session: null,
  evidence: null,
  reason: null,
  time: null,
});
const hunk = (added: readonly Seen[], removed: readonly Seen[] = []): Hunk => ({
  line: added[0]?.start ?? 1,
  was: 1,
  added,
  removed,
});
const LESSON: LessonLearnt = {
  incident: 'INC-1',
  path: 'infra/**',
  pattern: 'drop table',
  rule: null,
  message: 'It held orders.',
};
const LINES = ['one', 'DROP   TABLE x', 'three'];

describe("the warning of an incident's lesson", () => {
  const warned = (lessons: readonly LessonLearnt[], hunks: readonly Hunk[], path = 'infra/a.sql'): string[] =>
    lessonWarnings(t, lessons, {
      path,
      hunks,
      lineText: (line) => LINES[line - 1] ?? '',
      lineTotal: 3,
      findings: [
        {
          rule: 'destructive/sql-drop',
          class: 'destructive',
          severity: 'high',
          path,
          line: 3,
          side: 'new',
          message: 'm',
        },
      ],
    }).map(({ start, rule, message }) => `${String(start)} ${rule} ${message}`);

  it('stands at the line that matches, and names the incident', () =>
    assert.deepEqual(warned([LESSON], [hunk([seen(1, 3, 'ai')])]), [
      '2 lesson/INC-1 Such a change caused INC-1: It held orders.',
    ]));
  it('is only for lines of AI', () => {
    assert.deepEqual(warned([LESSON], [hunk([seen(1, 1, 'ai'), seen(2, 2, 'human')])]), []);
    assert.deepEqual(warned([LESSON], [hunk([seen(1, 3, 'human')])]), []);
  });
  it('comes by a danger rule for lines that AI only removed', () => {
    assert.deepEqual(
      warned([{ ...LESSON, pattern: null, rule: 'destructive/sql-drop' }], [hunk([], [seen(1, 1, 'ai')])]),
      ['3 lesson/INC-1 Such a change caused INC-1: It held orders.'],
    );
    assert.deepEqual(warned([{ ...LESSON, pattern: null, path: 'src/**' }], [hunk([seen(1, 3, 'ai')])]), []);
  });
  it('comes by a path alone at the first line of AI', () =>
    assert.deepEqual(warned([{ ...LESSON, pattern: null }], [hunk([seen(2, 3, 'ai')])]), [
      '2 lesson/INC-1 Such a change caused INC-1: It held orders.',
    ]));
  it("does not come by a danger rule for a person's lines", () =>
    assert.deepEqual(
      warned(
        [{ ...LESSON, pattern: null, rule: 'destructive/sql-drop' }],
        [hunk([seen(1, 1, 'ai')]), hunk([seen(3, 3, 'human')])],
      ),
      [],
    ));
});
