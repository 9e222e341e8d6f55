import assert from 'node:assert/strict';
import { heardOf, sessionsOf } from '../../../src/editor/changes/sessions-in-changes';
import type { Seen } from '../../../src/editor/state/line-hunks';
import { atOnce } from '../../../src/editor/time-slices';
import type { StoredRecord } from '../../../src/provenance/journal';

const seen = (more: Partial<Seen>): Seen => ({
  start: 1,
  end: 1,
  author: 'ai',
  edited: false,
  assistant: 'codex',
  model: null,
  session: 's1',
  evidence: 'reported',
  reason: null,
  time: null,
  ...more,
});

const opens = (name: string, session: string, at: number): StoredRecord => ({
  name,
  record: {
    version: 1,
    kind: 'seen',
    at,
    files: [],
    opens: { by: { author: 'ai', assistant: 'claude-code', model: 'm', session }, all: true, head: null },
  },
});

describe("sessionsOf, for the list of assistants' sessions", () => {
  it('counts added and removed lines for each assistant, model and session over all files', () => {
    const files = [
      {
        path: 'a',
        lines: {
          added: [seen({ end: 3 }), seen({ start: 5, end: 5, author: 'human', assistant: null, session: null })],
          removed: [seen({ end: 2 })],
        },
      },
      {
        path: 'b',
        lines: { added: [seen({ model: 'gpt', end: 4 }), seen({ start: 9, end: 9, session: 's2' })], removed: [] },
      },
    ];
    assert.deepEqual(atOnce(sessionsOf(files, heardOf([], 0))), [
      {
        assistant: 'codex',
        model: 'gpt',
        session: 's1',
        working: false,
        paths: ['a', 'b'],
        added: 7,
        removed: 2,
        prompt: null,
        refused: [],
      },
      {
        assistant: 'codex',
        model: null,
        session: 's2',
        working: false,
        paths: ['b'],
        added: 1,
        removed: 0,
        prompt: null,
        refused: [],
      },
    ]);
  });

  it('a session between before and after is at work, and comes first', () => {
    const files = [{ path: 'a', lines: { added: [seen({ end: 9 })], removed: [] } }];
    const records = [opens('1', 'x', 1_000)];
    assert.deepEqual(
      atOnce(sessionsOf(files, heardOf(records, 2_000))).map(({ session, working }) => [session, working]),
      [
        ['x', true],
        ['s1', false],
      ],
    );
    const after: StoredRecord = {
      name: '2',
      record: {
        version: 1,
        kind: 'edit',
        at: 1_500,
        by: { author: 'ai', assistant: 'claude-code', session: 'x' },
        closes: '1',
        files: [],
      },
    };
    assert.deepEqual(
      atOnce(sessionsOf(files, heardOf([...records, after], 2_000))).map(({ session }) => session),
      ['s1'],
    );
  });

  it('a session lists its refusals, even if it changed no line', () => {
    const refusals = [{ assistant: 'kiro', session: 'k', reason: 'Agents may not change infra/**.', at: 2 }];
    assert.deepEqual(
      atOnce(sessionsOf([], heardOf([], 3, refusals))).map(({ assistant, session, refused }) => [
        assistant,
        session,
        refused,
      ]),
      [['kiro', 'k', ['Agents may not change infra/**.']]],
    );
  });

  it('a session has the beginning of its latest prompt when prompts are kept', () => {
    const files = [{ path: 'a', lines: { added: [seen({}), seen({ start: 2, end: 2, session: 's2' })], removed: [] } }];
    const asked = (
      name: string,
      session: string,
      prompt: { readonly digest: string; readonly excerpt?: string },
    ): StoredRecord => ({
      name,
      record: { version: 1, kind: 'session', at: 1, event: 'turn-end', assistant: 'codex', session, prompt },
    });
    const records = [
      asked('1', 's1', { digest: 'd', excerpt: 'first' }),
      asked('2', 's1', { digest: 'd', excerpt: 'then' }),
      asked('3', 's2', { digest: 'd' }),
    ];
    assert.deepEqual(
      atOnce(sessionsOf(files, heardOf(records, 2))).map(({ session, prompt }) => [session, prompt]),
      [
        ['s1', 'then'],
        ['s2', null],
      ],
    );
  });
});
