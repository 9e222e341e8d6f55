import assert from 'node:assert/strict';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { itInFull } from '../../../support/full';
import { askJson, linekeeper, type Answer } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

interface Shown {
  readonly provenance: string;
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly LineRange[];
    readonly removed: readonly LineRange[];
  }[];
}

describe('linekeeper import', () => {
  let test: TestRepository;
  let commit: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\n');
    await test.commit('start');
    test.write('a.txt', 'one\nTWO\nthree\nfour\nfive\n');
    commit = await test.commit('Work\n\nEntire-Checkpoint: 214e9cd12196');
  });
  afterEach(() => test.dispose());

  const shown = async (): Promise<string> => {
    const { files } = await askJson<Shown>(test, 'show', commit);
    return files
      .flatMap(({ ranges, removed }) => [
        ...ranges.map((r) => `+${String(r.start)}-${String(r.end)} ${describe(r)}`),
        ...removed.map((r) => `-${String(r.start)} ${describe(r)}`),
      ])
      .join(', ');
    function describe(r: LineRange): string {
      return [r.author, r.assistant, r.model, r.session, r.evidence, r.edited ? 'edited' : null]
        .filter((word) => word !== null)
        .join(' ');
    }
  };
  const run = (...words: readonly string[]): Promise<Answer> => linekeeper(test, ['import', ...words]);
  const note = async (ref: string, text: string): Promise<void> => {
    writeFileSync(test.outside('note'), text);
    await test.git('notes', `--ref=${ref}`, 'add', '-f', '-F', test.outside('note'), commit);
  };

  itInFull("takes over whogitit's notes, of both versions", async () => {
    const whogitit = (version: number, source: (kind: string) => unknown): string =>
      JSON.stringify({
        version,
        session: { session_id: '7f3a4b2c', model: { id: 'claude-opus-4-5', provider: 'anthropic' } },
        prompts: [{ index: 0, text: 'do not keep this' }],
        files: [
          {
            path: 'a.txt',
            lines: [
              { line_number: 1, source: source('AI') },
              { line_number: 2, source: source('AI') },
              { line_number: 3, source: source('AIModified') },
              { line_number: 4, source: source('Human') },
              { line_number: 5, source: source('Original') },
            ],
          },
        ],
      });
    await note(
      'refs/notes/whogitit',
      whogitit(2, (kind) => kind),
    );
    assert.equal((await run('whogitit')).stdout, 'whogitit: 2 lines of 1 commit\n');
    const expected =
      '+2-2 ai claude-code claude-opus-4-5 7f3a4b2c reported, +3-3 ai claude-code claude-opus-4-5 7f3a4b2c reported edited, +4-5 unknown, -2 unknown';
    assert.equal(await shown(), expected);
    assert.equal((await run('whogitit')).stdout, 'whogitit: nothing new\n');
    await test.git('update-ref', '-d', 'refs/notes/ai');
    await note(
      'refs/notes/whogitit',
      whogitit(3, (kind) => ({ type: kind, edit_id: 'x' })),
    );
    await run();
    assert.equal(await shown(), expected);
    assert.doesNotMatch(await test.git('notes', '--ref=refs/notes/ai', 'show', commit), /do not keep/);
  });

  it('takes over Agent Trace files', async () => {
    const record = (path: string, start: number, end: number, type = 'ai'): unknown => ({
      version: '0.1.0',
      id: '550e8400-e29b-41d4-a716-446655440000',
      timestamp: '2026-11-20T05:03:13Z',
      vcs: { type: 'git', revision: commit },
      tool: { name: 'Claude Code', version: '2' },
      files: [
        {
          path,
          conversations: [
            {
              url: 'file:///home/dev/d56adc68.jsonl',
              contributor: { type, model_id: 'anthropic/claude-sonnet-4-5' },
              ranges: [{ start_line: start, end_line: end }],
            },
          ],
        },
      ],
    });
    test.write(
      '.agent-trace/traces.jsonl',
      `${JSON.stringify(record('a.txt', 3, 3))}\nnot json\n${JSON.stringify(record('a.txt', 5, 5, 'human'))}\n${JSON.stringify(record('../a.txt', 1, 9))}\n`,
    );
    assert.match((await run()).stdout, /^Agent Trace: 1 line of 1 commit$/m);
    assert.equal(
      await shown(),
      '+2-2 unknown, +3-3 ai claude-code claude-sonnet-4-5 d56adc68 reported, +4-5 unknown, -2 unknown',
    );
    writeFileSync(test.outside('trace.json'), JSON.stringify(record('a.txt', 1, 9)));
    assert.equal((await run(test.outside('trace.json'))).stdout, 'Agent Trace: 3 lines of 1 commit\n');
    assert.equal(await shown(), '+2-5 ai claude-code claude-sonnet-4-5 d56adc68 reported, -2 unknown');
    writeFileSync(test.outside('other.json'), '{"a": 1}');
    assert.match((await run('agent-trace', test.outside('other.json'))).stderr, /holds no Agent Trace record/);
    assert.equal((await run('whogitit', test.outside('other.json'))).code, 2);
    assert.equal((await run('nowhere.json')).code, 2);
    assert.match((await run('git-ai')).stderr, /need no import/);
    // A branch may bring along anything by that name.
    rmSync(path.join(test.root, '.agent-trace/traces.jsonl'));
    symlinkSync(test.outside('trace.json'), path.join(test.root, '.agent-trace/traces.jsonl'));
    const linked = await run();
    assert.equal(linked.code, 2);
    assert.match(linked.stderr, /traces\.jsonl is not read: it is a link out of the repository/);
    if (process.platform !== 'win32') assert.match((await run('/dev/zero')).stderr, /is larger than 64 MB/);
  });

  itInFull("takes over Entire's checkpoints without human lines", async () => {
    const checkpoint = async (human: number): Promise<void> => {
      const metadata = JSON.stringify({
        checkpoint_id: '214e9cd12196',
        session_id: 'b9480160',
        agent: 'Claude Code',
        model: 'claude-sonnet-4-6',
        files_touched: ['a.txt'],
        initial_attribution: {
          agent_lines: 4 - human,
          human_added: human,
          human_modified: 0,
          human_removed: 0,
          total_committed: 4,
        },
      });
      const blob = (await test.run(['hash-object', '-w', '--stdin'], { input: metadata })).stdout.trim();
      const tree = async (entry: string): Promise<string> =>
        (await test.run(['mktree'], { input: `${entry}\n` })).stdout.trim();
      const top = await tree(
        `040000 tree ${await tree(`040000 tree ${await tree(`040000 tree ${await tree(`100644 blob ${blob}\tmetadata.json`)}\t0`)}\t4e9cd12196`)}\t21`,
      );
      await test.git(
        'update-ref',
        'refs/heads/entire/checkpoints/v1',
        await test.git('commit-tree', '-m', 'checkpoint', top),
      );
    };
    await checkpoint(1);
    await run('entire');
    assert.equal(await shown(), '+2-5 unknown, -2 unknown');
    await checkpoint(0);
    assert.equal((await run('entire')).stdout, 'Entire: 5 lines of 1 commit\n');
    assert.equal(
      await shown(),
      '+2-5 ai claude-code claude-sonnet-4-6 b9480160 declared, -2 ai claude-code claude-sonnet-4-6 b9480160 declared',
    );
  });

  itInFull('starts few git processes, however many checkpoints commits name', async () => {
    for (const turn of [1, 2, 3])
      await test.git('commit', '-q', '--allow-empty', '-m', `Turn\n\nEntire-Checkpoint: abcdef00000${String(turn)}`);
    await test.run(['commit', '-q', '--allow-empty', '-F', '-'], {
      input: `Many\n\n${Array.from({ length: 300 }, (_, index) => `Entire-Checkpoint: fedcba${String(index).padStart(6, '0')}\n`).join('')}`,
    });
    const trace = test.outside('trace');
    const answer = await linekeeper(test, ['import', 'entire'], { env: { GIT_TRACE: trace } });
    assert.deepEqual([answer.code, answer.stdout], [0, 'Entire: nothing new\n']);
    assert.ok(readFileSync(trace, 'utf8').split('git cat-file').length < 12);
  });

  it('never changes a recorded line', async () => {
    await test.git('reset', '-q', '--soft', 'HEAD~');
    await linekeeper(test, ['declare', 'a.txt:3', '--human']);
    await test.git('commit', '-qm', 'Work');
    commit = await test.git('rev-parse', 'HEAD');
    assert.match(await shown(), /\+3-3 human declared/);
    await note(
      'refs/notes/whogitit',
      JSON.stringify({
        session: { model: { provider: 'anthropic' } },
        files: [
          {
            path: 'a.txt',
            lines: [
              { line_number: 3, source: 'AI' },
              { line_number: 4, source: 'AI' },
            ],
          },
        ],
      }),
    );
    await run();
    assert.equal(
      await shown(),
      '+2-2 unknown, +3-3 human declared, +4-4 ai claude-code reported, +5-5 unknown, -2 unknown',
    );
  });
});
