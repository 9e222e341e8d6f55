/** What an agent's command did in spite of the policy is said at once, and stands in the note of the commit. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { breaches } from '../../../src/provenance/journal/breaches';
import { grantException } from '../../../src/provenance/journal/exceptions';
import { itInFull } from '../../support/full';
import { builtCli, linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY = `version: 1
people: { senior: [sue@example.com] }
unlisted: senior
tiers:
  - { name: closed, paths: ["infra/**"], agents: deny }
`;

describe("a breach: an agent's command changed a closed file", function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/main.tf', 'a\n');
    test.write('build.js', "require('fs').writeFileSync(['in', 'fra/main.tf'].join(''), 'b\\n')\n");
    await test.commit('start');
    await linekeeper(test, ['install', '--git']);
  });
  afterEach(() => test.dispose());

  const COMMAND = 'node build.js';
  const hook = (id: string, event: string): Promise<Answer> =>
    linekeeper(test, ['record', id], {
      input: JSON.stringify({
        hook_event_name: event,
        session_id: 's-1',
        tool_name: 'Bash',
        tool_use_id: 'c-1',
        cwd: test.root,
        tool_input: { command: COMMAND },
      }),
    });
  const run = async (id = 'claude-code'): Promise<Answer> => {
    assert.equal((await hook(id, 'PreToolUse')).stdout, '', 'a committed script is not looked into');
    execFileSync(process.execPath, ['build.js'], { cwd: test.root });
    return hook(id, 'PostToolUse');
  };

  itInFull('is reported to the agent, kept, and written into the note', async () => {
    const answer = JSON.parse((await run()).stdout) as { decision: string; reason: string };
    assert.equal(answer.decision, 'block');
    assert.match(answer.reason, /infra\/main\.tf, in tier "closed".*Undo it now/);
    assert.deepEqual(
      breaches(test.repository().gitDir, Date.now()).map(({ session, paths }) => [session, paths]),
      [['s-1', ['infra/main.tf']]],
    );
    await test.commit('built');
    await linekeeper(test, ['show', 'HEAD']);
    assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD'), /linekeeper\.breach.*infra\/main\.tf/);
  });

  it('is an unmet requirement in check, until a senior signs off', async () => {
    await test.git('branch', 'base');
    await run();
    assert.match((await linekeeper(test, ['status', '--json'])).stdout, /in spite of the policy/);
    const head = await test.commit('built');
    const check = async (
      ...more: string[]
    ): Promise<{
      readonly verdict: string;
      readonly tiers: readonly {
        readonly required: readonly { readonly why: string; readonly satisfied: boolean }[];
      }[];
    }> => {
      const answer = await linekeeper(test, [
        'check',
        '--base',
        'base',
        '--head',
        'main',
        '--actor',
        'ada',
        '--json',
        ...more,
      ]);
      return JSON.parse(answer.stdout) as Awaited<ReturnType<typeof check>>;
    };
    const no = await check();
    assert.equal(no.verdict, 'fail');
    assert.match(
      no.tiers[0]?.required[0]?.why ?? '',
      /An agent's command changed infra\/main\.tf in spite of the policy/,
    );
    const file = path.join(test.home, 'approvals.json');
    writeFileSync(
      file,
      JSON.stringify([
        { by: 'sue', email: 'sue@example.com', commit: head, state: 'approved', at: '2026-01-01T00:00:00Z' },
      ]),
    );
    assert.equal((await check('--approvals', file)).verdict, 'pass');
  });

  itInFull("is printed to standard error when the assistant's protocol cannot carry it", async () => {
    const input = (event: string): string =>
      JSON.stringify({
        hook_event_name: event,
        session_id: 's-1',
        tool_name: 'run_shell_command',
        cwd: test.root,
        tool_input: { command: COMMAND },
        tool_response: { llmContent: '' },
      });
    await linekeeper(test, ['record', 'gemini'], { input: input('BeforeTool') });
    execFileSync(process.execPath, ['build.js'], { cwd: test.root });
    const { code, stdout, stderr } = await linekeeper(test, ['record', 'gemini'], { input: input('AfterTool') });
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /in tier "closed"/);
  });

  itInFull("is not reported under an exception, nor for files outside the policy's paths", async () => {
    grantException(
      test.repository().gitDir,
      { reason: 'x', by: 'ada@example.com', minutes: 5, session: null, tier: null },
      Date.now(),
    );
    assert.equal((await run()).stdout, '');
    test.write('build.js', "require('fs').writeFileSync('other.txt', 'b\\n')\n");
    await test.commit('other');
    assert.equal((await run()).stdout, '');
    assert.deepEqual(breaches(test.repository().gitDir, Date.now()), []);
  });
});
