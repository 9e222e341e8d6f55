import assert from 'node:assert/strict';
import { useWindow } from '../support/editor-window';
import { begunText, traceText, type Trace } from '../../src/aftermath';
import { agentWrites } from './agent';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const counts = { ai: 1, human: 0, unknown: 0 };

const traced: Trace = {
  subject: { path: 'prod/main.tf', line: 1, text: 'size = 1', commit: COMMIT },
  suggestions: [
    {
      author: 'ai',
      assistant: 'claude-code',
      model: 'claude-opus-4-8',
      session: null,
      evidence: 'reported',
      edited: false,
      commit: COMMIT,
      day: '2026-03-10',
      prompts: [],
      specs: [],
    },
  ],
  edits: [],
  commit: {
    commit: COMMIT,
    subject: 'Shrink the disk',
    day: '2026-03-10',
    by: 'Ada',
    added: counts,
    removed: counts,
    provenance: 'note',
  },
  review: null,
  deployments: [],
  incidents: [],
  runs: [],
  missing: ['No sign-off that counts is recorded here.'],
};

type Begun = Parameters<typeof begunText>[0];
const change = { commit: COMMIT, at: '2026-03-10T10:00:00Z', by: 'Ada', subject: 'Shrink the disk' };
const begun = {
  id: null,
  file: null,
  began: Date.parse('2026-03-10T10:12:00Z'),
  deployed: COMMIT,
  lastGood: null,
  found: {
    suspects: [
      {
        ...change,
        added: counts,
        removed: counts,
        assistants: [],
        contribution: 'unknown',
        reasons: [{ kind: 'line', says: 'It changed prod/main.tf:1, which the trace names.' }],
      },
    ],
    others: 3,
    changes: [],
    onlyTime: false,
    window: { from: null, to: COMMIT, commits: 4 },
    files: [],
    notices: [],
  },
  gate: new Map(),
  runs: { from: '', to: '', runs: [], exceptions: [] },
  timeline: [],
  hasLogs: false,
  notices: ['No last good revision is known, so the 14 days before it began are looked at.'],
} as unknown as Begun;

/** Where texts are in a page, in the order in which they were asked. */
const orderOf = (page: string, ...texts: readonly string[]): readonly number[] => {
  const places = texts.map((text) => page.indexOf(text));
  assert.ok(!places.includes(-1), page);
  return places;
};
const ascending = (places: readonly number[]): boolean => places.every((at, n) => n === 0 || (places[n - 1] ?? 0) < at);

describe('pages that answer first', () => {
  it('a trace: the commit, who wrote it, then what is not known', () => {
    const page = traceText(traced, 'editor', () => 'Claude Code');
    const order = orderOf(page, 'prod/main.tf:1', '0123456789 2026-03-10 by Ada'.replace(' by', ''), 'Written by');
    assert.ok(ascending([...order, ...orderOf(page, 'Not known', 'No sign-off', 'None so far')]), page);
  });

  it('an incident: the likeliest commit and its line, then what was searched and what is not known', () => {
    const page = begunText(begun, 'editor');
    assert.match(page, /^Most points at 0123456789 Shrink the disk \(of 4 commits\)/);
    assert.ok(ascending(orderOf(page, 'prod/main.tf:1', 'What was searched', 'Looked at', 'No last good')), page);
    assert.match(begunText(begun, 'terminal'), /^Looked at 4 commits/);
  });

  it('an incident: says that no commit was made when the window is empty', () => {
    const { found } = begun;
    const empty = { ...begun, found: { ...found, suspects: [], others: 0, window: { ...found.window, commits: 0 } } };
    for (const place of ['terminal', 'editor'] as const) {
      assert.match(begunText(empty, place), /No commit was made in the time that was searched \(until /);
      assert.doesNotMatch(begunText(empty, place), /Looked at|points at any/);
    }
  });
});

describe('ids of commits in our pages', () => {
  const window = useWindow((workspace) => {
    workspace.write('main.txt', 'one\n');
    workspace.commit('Begin');
  });

  it('an id in the page of a trace: is a link that opens the commit when it is clicked', async () => {
    const { state, text, workspace } = window();
    await agentWrites(workspace, 'main.txt', 'one\ntwo\n');
    workspace.commit('Add two');
    await text.open('main.txt');
    await window().run('linekeeper.traceLine');
    await text.waitLine(/Begin/);
    const page = state.documents.map(({ real }) => real).find(({ uri }) => uri.path === '/Trace of a Line');
    const [provided] = [...state.links];
    assert.ok(page && provided);
    const links = await provided.provider.provideDocumentLinks(page, undefined as never);
    const target = links?.[0]?.target;
    assert.ok(target);
    const shown = await state.contents.get('linekeeper')?.provideTextDocumentContent(target, undefined as never);
    assert.match(shown ?? '', /Begin[^]*\+one/);
  });
});
