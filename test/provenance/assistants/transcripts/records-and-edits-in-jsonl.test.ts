/** What transcripts tell of edits. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSISTANTS, assistantOf, type ToldEdit } from '../../../../src/provenance/assistants';
import { readsDatabases, toldSince } from '../../../../src/provenance/assistants/transcripts';
import { rowsIn } from '../../../../src/provenance/assistants/transcripts/sqlite-transcripts';
import { sampleFile } from '../../../support/samples';

const NEW = '/home/dev/proj/new.py';
const OLD = '/home/dev/proj/a.txt';
const TEXT = 'def f():\n    return 1\n';

function told(id: string, sample: string): readonly ToldEdit[] {
  const edits = assistantOf(id)?.transcripts?.edits(readFileSync(sampleFile(sample), 'utf8'), 0);
  assert.ok(edits, id);
  return edits;
}

describe('the transcript of an assistant', () => {
  for (const [id, sample, model] of [
    ['claude-code', 'claude-code/told.jsonl', 'claude-sonnet-4-5'],
    ['codex', 'codex/told.jsonl', 'gpt-5.5'],
    ['gemini', 'gemini/told.jsonl', 'gemini-2.5-pro'],
    ['github-copilot', 'github-copilot/cli-told.jsonl', 'claude-sonnet-4.5'],
    ['opencode', 'opencode/told.jsonl', 'mock-model'],
  ] as const) {
    it(`${id}: the edits of its transcript come with model, session and time`, () => {
      const edits = told(id, sample);
      const files = new Set(edits.flatMap((edit) => edit.files));
      assert.deepEqual([...files].sort(), [OLD, NEW].sort());
      const created = edits.flatMap((edit) => edit.edits).find((edit) => edit.path === NEW);
      assert.deepEqual([created?.old, created?.new], ['', TEXT]);
      const changed = edits.find((edit) => edit.files.includes(OLD));
      const replaced =
        changed?.edits.find((edit) => edit.path === OLD) ??
        changed?.contents.map(({ before, after }) => ({ old: before, new: after }))[0];
      assert.deepEqual([replaced?.old?.trim(), replaced?.new?.trim()], ['hello', 'hello world']);
      for (const edit of edits) {
        assert.equal(edit.model, model);
        assert.ok(edit.session !== undefined && edit.id !== undefined);
        assert.equal(new Date(edit.at).toISOString().slice(0, 10), '2026-11-20');
      }
    });
  }

  it("VS Code's chat agent: edits are read, a refused one too, as its files do not tell it apart", () => {
    const edits = told('github-copilot', 'github-copilot/editor-told.jsonl');
    assert.deepEqual(
      edits.map((edit) => edit.files),
      [['/home/dev/proj/src/app.js'], ['/home/dev/proj/src/new.js'], ['/home/dev/proj/src/forbidden.js']],
    );
    assert.equal(edits[0]?.id, 'call_2_0');
  });

  it('a database is read if Node has SQLite; a file that is none gives no rows', function () {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper rows ')));
    try {
      const file = path.join(folder, 'opencode.db');
      writeFileSync(file, 'no database');
      assert.equal(rowsIn(file, 'SELECT 1 AS row WHERE 1 > ?', 0), undefined);
      assert.equal(rowsIn(path.join(folder, 'none.db'), "SELECT 'a' AS row WHERE 1 > ?", 0), undefined);
      assert.deepEqual(readdirSync(folder), ['opencode.db'], 'nothing is made');
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      assert.equal(
        readsDatabases(),
        major > 22 || (major === 22 && minor >= 13),
        'it is on without being asked for from 22.13',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('malformed lines give no edits and no error', () => {
    const lines = [
      '',
      'nonsense',
      '{',
      '[]',
      'null',
      '{}',
      '{"type":"assistant","message":7}',
      '{"type":"event_msg","payload":{"item":{"type":"FileChange","status":"completed","changes":{"/a":7}}},"timestamp":"x"}',
      '{"type":"gemini","id":1,"toolCalls":[7,{"status":"success"}]}',
      '{"type":"tool.execution_complete","data":{"success":true}}',
    ];
    for (const { transcripts } of ASSISTANTS)
      if (transcripts) assert.deepEqual(transcripts.edits(lines.join('\n'), 0), []);
  });
});

describe("the transcripts in a person's home", () => {
  let home: string;
  beforeEach(() => (home = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper told ')))));
  afterEach(() => rmSync(home, { recursive: true }));

  it("edits are found in each assistant's folder, sorted by time, from the asked time on", () => {
    const put = (file: string, sample: string): void => {
      mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
      writeFileSync(path.join(home, file), readFileSync(sampleFile(sample)));
    };
    put('.claude/projects/-home-dev-proj/s.jsonl', 'claude-code/told.jsonl');
    put('.claude/projects/-home-dev-other/s.jsonl', 'claude-code/told.jsonl');
    put('.codex/sessions/2026/11/20/rollout-2026-11-20T05-04-21-x.jsonl', 'codex/told.jsonl');
    put('.gemini/tmp/proj/chats/session-2026-11-20T05-08-x.jsonl', 'gemini/told.jsonl');
    put('.copilot/session-state/x/events.jsonl', 'github-copilot/cli-told.jsonl');
    put(
      '.config/Code/User/workspaceStorage/hash/GitHub.copilot-chat/transcripts/x.jsonl',
      'github-copilot/editor-told.jsonl',
    );
    const where = { home, env: {}, repositoryRoot: '/home/dev/proj' };
    const counts = (since: number): Record<string, number> => {
      const of: Record<string, number> = {};
      for (const { assistant } of toldSince(since, where)) of[assistant] = (of[assistant] ?? 0) + 1;
      return of;
    };
    assert.deepEqual(counts(0), { 'claude-code': 2, codex: 1, gemini: 2, 'github-copilot': 5 });
    const times = toldSince(0, where).map(({ at }) => at);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.deepEqual(counts(Date.parse('2026-11-20T05:09:00Z')), { 'github-copilot': 5 });
    assert.deepEqual(counts(Date.now() + 1e6), {});
  });
});
