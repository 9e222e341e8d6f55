/** Our notes, read by a reader that is written from the text of the Git AI Standard 3.0.0 and shares no code with ours. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Author, ChangeAttribution, LineRange } from '../../../../src/provenance/authorship/types';
import { attributionOfNote, readNote, renderNote, writeNote } from '../../../../src/provenance/commits/notes/format';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'f'.repeat(40);
const ADA = 'Ada <ada@example.com>';

interface StandardNote {
  readonly assistants: readonly string[];
  readonly people: readonly string[];
  /** `assistant TOOL`, a person or `untracked`, by path and line. */
  readonly authorOf: (path: string, line: number) => string;
}

/** Fails for whatever the standard does not allow. */
function readByTheStandard(text: string): StandardNote {
  const divider = /^---$/m.exec(text) ?? assert.fail('no line ---');
  const json = JSON.parse(text.slice(divider.index + 4)) as {
    schema_version: string;
    base_commit_sha: string;
    prompts: Record<string, unknown>;
    sessions?: Record<string, { agent_id: { tool: string; id: string; model: string } }>;
    humans?: Record<string, { author: string }>;
  };
  assert.equal(json.schema_version, 'authorship/3.0.0');
  assert.match(json.base_commit_sha, /^[0-9a-f]{40}$/);
  assert.deepEqual(json.prompts, {});
  const digits = (of: string): string => createHash('sha256').update(of).digest('hex').slice(0, 14);
  const authors = new Map<string, string>();
  for (const [key, { agent_id: agent }] of Object.entries(json.sessions ?? {})) {
    assert.equal(key, `s_${digits(`${agent.tool}:${agent.id}`)}`, 'a key by the rule');
    authors.set(key, `assistant ${agent.tool}`);
  }
  for (const [key, { author }] of Object.entries(json.humans ?? {})) {
    assert.equal(key, `h_${digits(author)}`, 'a key by the rule');
    authors.set(key, author);
  }
  const entries = new Map<string, { key: string; ranges: string }[]>();
  let path = '';
  for (const line of text.slice(0, divider.index).split('\n').slice(0, -1)) {
    if (!line.startsWith('  ')) {
      path = line.replace(/^"(.*)"$/, '$1');
      entries.set(path, []);
      continue;
    }
    const [, key = '', ranges = ''] =
      /^ {2}(s_[0-9a-f]{14}::t_[0-9a-f]{14}|h_[0-9a-f]{14}) (\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)$/.exec(line) ??
      assert.fail(line);
    entries.get(path)?.push({ key, ranges });
  }
  return {
    // A session is an assistant's, with lines or without: readers take a note that has one for AI's.
    assistants: Object.values(json.sessions ?? {}).map(({ agent_id: agent }) => agent.tool),
    people: Object.values(json.humans ?? {}).map(({ author }) => author),
    authorOf(file, line) {
      const entry = (entries.get(file) ?? []).findLast(({ ranges }) =>
        ranges.split(',').some((item) => {
          const [from = 0, to = from] = item.split('-').map(Number);
          return from <= line && line <= to;
        }),
      );
      if (entry === undefined) return 'untracked';
      return authors.get(entry.key.split('::')[0] ?? '') ?? assert.fail(`${entry.key} is not explained`);
    },
  };
}

const lines = (start: number, end: number, author: Author): LineRange => ({
  start,
  end,
  author,
  edited: false,
  assistant: author === 'ai' ? 'claude-code' : null,
  model: null,
  session: author === 'ai' ? 's-1' : null,
  evidence: author === 'ai' ? 'reported' : 'observed',
});
const changed = (ranges: readonly LineRange[], removed: readonly LineRange[]): ChangeAttribution => ({
  files: [{ path: 'a.ts', from: null, status: 'M', binary: false, ranges, removed, change: null }],
  added: { ai: 0, human: 0, unknown: 0 },
  removed: { ai: 0, human: 0, unknown: 0 },
});

/** As earlier versions wrote a note without an assistant's session: our record was in a session of our own. */
function asEarlier(text: string, id: string): string {
  const divider = text.indexOf('---\n') + 4;
  const { 'linekeeper.record': record, ...json } = JSON.parse(text.slice(divider)) as Readonly<Record<string, unknown>>;
  assert.equal(typeof record, 'string');
  const key = `s_${createHash('sha256').update(id).digest('hex').slice(0, 14)}`;
  const carrier = {
    agent_id: { tool: 'linekeeper', id: COMMIT, model: 'unknown' },
    custom_attributes: { 'linekeeper.record': record },
  };
  return `${text.slice(0, divider)}${JSON.stringify({ ...json, sessions: { [key]: carrier } }, null, 2)}\n`;
}

describe('our note, read by the authorship standard', () => {
  const byPeople = writeNote(COMMIT, ADA, changed([lines(1, 2, 'human')], [lines(4, 5, 'human')]));

  it('names no assistant when only people made the commit', () => {
    const note = readByTheStandard(byPeople);
    assert.deepEqual([note.assistants, note.people], [[], [ADA]]);
    assert.deepEqual([note.authorOf('a.ts', 2), note.authorOf('a.ts', 3)], [ADA, 'untracked']);
  });

  it("names no assistant when only people's lines were removed", () => {
    assert.deepEqual(readByTheStandard(writeNote(COMMIT, ADA, changed([], [lines(4, 5, 'human')]))).assistants, []);
  });

  it('names the assistant alone, by the key that the rule gives, when one made a part', () => {
    const note = readByTheStandard(writeNote(COMMIT, ADA, changed([lines(1, 2, 'human'), lines(3, 4, 'ai')], [])));
    assert.deepEqual(note.assistants, ['claude']);
    assert.deepEqual([note.authorOf('a.ts', 1), note.authorOf('a.ts', 3)], [ADA, 'assistant claude']);
  });

  it('our own reader gets everything back, and refuses a copy of it on another commit', () => {
    for (const text of [byPeople, asEarlier(byPeople, 'linekeeper'), asEarlier(byPeople, `linekeeper:${COMMIT}`)]) {
      const note = readNote(text, COMMIT) ?? assert.fail('not a note');
      const says = attributionOfNote(note);
      assert.deepEqual(
        [says.added('a.ts', 1)?.evidence, says.removed('a.ts', 4)?.author, says.removed('a.ts', 6)],
        ['observed', 'human', undefined],
      );
      assert.equal(renderNote(COMMIT, note), byPeople);
      assert.equal(readNote(text, OTHER), undefined);
    }
  });

  it("has an assistant's session when we merge into another tool's note", () => {
    const theirs = writeNote(COMMIT, ADA, changed([lines(3, 4, 'ai')], []));
    const merged = writeNote(
      COMMIT,
      ADA,
      changed([lines(1, 2, 'human')], [lines(4, 5, 'human')]),
      readNote(theirs, COMMIT),
    );
    assert.deepEqual(readByTheStandard(merged).assistants, ['claude']);
    assert.equal(merged.match(/"linekeeper\.record"/g)?.length, 1);
    assert.equal(attributionOfNote(readNote(merged, COMMIT) ?? assert.fail()).removed('a.ts', 5)?.author, 'human');
  });
});
