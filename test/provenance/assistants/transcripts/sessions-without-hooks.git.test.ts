/** Sessions that a transcript proves and no hook reported are named, and those that hooks reported are not. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { doctor } from '../../../../src/cli/verbs/doctor';
import { report } from '../../../../src/cli/verbs/report';
import { openJournal } from '../../../../src/provenance/journal';
import { unheardSessions, unheardWords } from '../../../../src/provenance/assistants/coverage';
import { fillFromTranscripts } from '../../../../src/provenance/assistants/record';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { callVerb } from '../../../support/verbs';

const MINUTE = 60_000;

describe('sessions without hooks', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'hello\n');
    await test.commit('start', { at: new Date(Date.now() - 60 * MINUTE).toISOString() });
  });
  afterEach(() => test.dispose());

  /** A file that the session writes, as Claude Code notes it; `agent`: the subagent that does. */
  const writes = (
    session: string,
    name: string,
    { agent, minutesAgo = 5 }: { agent?: string; minutesAgo?: number } = {},
  ): void => {
    const [file, id] = [path.join(test.root, name), `toolu_${session}_${name.replace('.', '_')}`];
    test.write(name, 'new\n');
    const record = {
      timestamp: new Date(Date.now() - minutesAgo * MINUTE).toISOString(),
      cwd: test.root,
      sessionId: session,
      isSidechain: agent !== undefined,
      ...(agent === undefined ? {} : { agentId: agent }),
    };
    const call = { type: 'tool_use', id, name: 'Write', input: { file_path: file, content: 'new\n' } };
    const result = { type: 'create', filePath: file, content: 'new\n', structuredPatch: [], originalFile: null };
    const lines = [
      { ...record, type: 'assistant', message: { model: 'claude-sonnet-4-5', content: [call] } },
      {
        ...record,
        type: 'user',
        message: { content: [{ type: 'tool_result', tool_use_id: id, content: 'created' }] },
        toolUseResult: result,
      },
    ];
    const projects = path.join(test.home, '.claude', 'projects', test.root.replace(/[^A-Za-z0-9]/g, '-'));
    const place = agent === undefined ? `${session}.jsonl` : path.join(session, 'subagents', `agent-${agent}.jsonl`);
    mkdirSync(path.dirname(path.join(projects, place)), { recursive: true });
    appendFileSync(path.join(projects, place), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };
  const isHeard = (session: string): void =>
    void openJournal(test.repository().gitDir, Date.now).addAt(Date.now() - 6 * MINUTE, {
      kind: 'session',
      event: 'start',
      assistant: 'claude-code',
      session,
    });
  const named = (): readonly string[] => {
    fillFromTranscripts(test.repository(), { home: test.home, env: {} }, Date.now);
    return unheardSessions(test.repository(), Date.now()).map((all) => unheardWords(all, 'Claude Code'));
  };

  itInFull('sessions: are named with their number when no hook reported any of their edits', () => {
    for (const session of ['s1', 's2']) writes(session, `${session}.txt`);
    const [sentence, ...more] = named();
    assert.match(sentence ?? '', /^2 sessions of Claude Code here since [A-Z][a-z]+day ran without hooks$/);
    assert.deepEqual(more, []);
    assert.deepEqual(named(), [sentence], 'and once');
  });

  itInFull(
    'a session: is not named when its hooks were heard, or its edits are older than what is known of hooks',
    () => {
      isHeard('s1');
      writes('s1', 'b.txt');
      writes('s2', 'c.txt', { minutesAgo: 24 * 60 });
      assert.deepEqual(named(), []);
    },
  );

  itInFull('subagents: are named when the hooks of their session were heard and theirs were not', () => {
    isHeard('s1');
    writes('s1', 'b.txt', { agent: 'a1' });
    assert.match(named().join(), /^1 session of Claude Code here since [A-Z][a-z]+day ran without hooks: subagents$/);
  });

  it('doctor and report: name them when nobody has looked before', async () => {
    writes('s1', 'b.txt');
    const { out } = await callVerb(doctor, [], test.root, { home: test.home });
    assert.match(out, /note {2}Claude Code: 1 session of Claude Code here since \w+day ran without hooks;/);
    const reported = await callVerb(report, ['--json'], test.root, { home: test.home });
    assert.match(reported.out, /1 session of Claude Code here since \w+day ran without hooks\./);
  });
});
