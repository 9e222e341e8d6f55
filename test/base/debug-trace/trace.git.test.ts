/** The trace, through the built programs: what was asked of git, what was believed, why a line got its author. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Background } from '../../../src/editor/background/helper-lifecycle';
import { itInFull } from '../../support/full';
import { builtCli, CLI, linekeeperProcess } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('LINEKEEPER_TRACE', () => {
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
    assert.equal((await linekeeperProcess(test, ['install', '--git'])).code, 0);
  });
  afterEach(() => test.dispose());

  /** An edit by an agent and one that nobody saw, both staged. */
  async function work(env: Readonly<Record<string, string>>): Promise<void> {
    const hook = async (event: string): Promise<void> => {
      const payload = {
        hook_event_name: event,
        session_id: 's-1',
        cwd: test.root,
        tool_name: 'Write',
        tool_input: { file_path: test.at('a.txt'), content: 'one\ntwo\n' },
      };
      assert.equal(
        (await linekeeperProcess(test, ['record', 'claude-code'], { input: JSON.stringify(payload), env })).code,
        0,
      );
    };
    await hook('PreToolUse');
    test.write('a.txt', 'one\ntwo\n');
    await hook('PostToolUse');
    test.write('b.txt', 'nobody saw this\n');
    await test.git('add', '.');
  }

  itInFull("a commit's trace has its records, git calls, origin and the reason for each line's author", async () => {
    const file = test.outside('steps.log');
    const env = { LINEKEEPER_TRACE: file };
    await work(env);
    const commit = await test.run(['commit', '-m', 'Write more'], { env });
    assert.equal(commit.code, 0, commit.stderr);
    const steps = readFileSync(file, 'utf8');
    for (const step of [
      /^\S+Z \d+ record \S+: edit by claude-code \(reported\): a\.txt$/m,
      /^\S+ \d+ git {4}.*diff-index --cached .* → exit 0, \d+ bytes, [\d.]+ ms, in /m,
      /^\S+ \d+ commit the next one on [0-9a-f]{10}: new work$/m,
      /^\S+ \d+ line {3}a\.txt \+2 ai: claude-code, reported, at \d{4}-/m,
      /^\S+ \d+ line {3}b\.txt \+1 unknown: unrecorded/m,
      /^\S+ \d+ commit its trailers: Assisted-by: claude-code \| AI-Lines/m,
    ])
      assert.match(steps, step);
    assert.doesNotMatch(steps, /nobody saw this|Write more|example\.com/, 'it tells texts, messages or addresses');
  });

  it("an amend's trace names the amended commit as source", async () => {
    await work({});
    await test.git('commit', '-m', 'first');
    const source = (await test.git('rev-parse', 'HEAD')).slice(0, 10);
    const file = test.outside('steps.log');
    await test.run(['commit', '--amend', '-m', 'again'], { env: { LINEKEEPER_TRACE: file } });
    const steps = readFileSync(file, 'utf8');
    assert.match(steps, new RegExp(`commit the next one on [0-9a-f]{10}: amends, made from ${source}$`, 'm'));
    assert.match(steps, new RegExp(`made from ${source} \\(note\\)$`, 'm'));
  });

  it('tracing does not change what status prints', async () => {
    await work({});
    const plain = await linekeeperProcess(test, ['status']);
    const traced = await linekeeperProcess(test, ['status'], { env: { LINEKEEPER_TRACE: '1' } });
    assert.equal(plain.stderr, '');
    assert.equal(traced.stdout, plain.stdout);
    assert.match(traced.stderr, / git {4}/);
  });

  it("the editor's background helper sends its steps while somebody listens", async () => {
    await work({});
    const program = path.join(path.dirname(CLI), 'helper.js');
    assert.ok(existsSync(program));
    const steps: string[] = [];
    let listens = false;
    const background = new Background({
      programs: { helper: program, relay: path.join(path.dirname(CLI), 'relay.js') },
      here: () => Promise.reject(new Error('it needs a process')),
      tell: (sentence) => assert.fail(sentence),
      traced: () => (listens ? (step, text) => steps.push(`${step} ${text}`) : undefined),
    });
    try {
      const { root, gitDir, commonDir } = test.repository();
      const question = { places: { root, gitDir, commonDir }, path: 'a.txt', content: null };
      await background.ask('authored', question);
      assert.equal(steps.length, 0);
      listens = true;
      await background.ask('authored', { ...question, path: 'b.txt' });
      assert.ok(
        steps.some((step) => step.startsWith('git ')),
        steps.join('\n'),
      );
    } finally {
      background.dispose();
    }
  });
});
