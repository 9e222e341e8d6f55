/** Which records of agents' runs say that an approval was given: read from git's notes. */
import assert from 'node:assert/strict';
import { keepEnd, keepRefused } from '../../../../src/guard/hook/keep-permitted-and-refused-runs';
import type { ToolEvent } from '../../../../src/provenance/assistants';
import { settleRuns } from '../../../../src/provenance/commits/settle';
import { addLineNotes, RUNS_REF } from '../../../../src/provenance/commits';
import {
  textOfStatement,
  type RunCommand,
  type RunStatement,
} from '../../../../src/provenance/journal/permitted-and-refused-runs';
import { approvingRuns, type ApprovingRun } from '../../../../src/review/gate/approvals/approvals-made-in-agent-runs';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';

const COMMAND: RunCommand = {
  program: 'gh',
  verb: 'pr',
  targets: ['review', '481'],
  directory: '.',
  environment: null,
  rule: 'person/approve',
  tier: null,
  line: null,
};
const AT = '2026-11-26T10:07Z';
const SESSION = { assistant: 'claude-code', session: 's1', user: 'ada@example.com' };

const TOOL_EVENT = {
  event: 'before',
  assistant: 'claude-code',
  session: 's1',
  id: 'toolu_1',
  files: [],
  edits: [],
  contents: [],
  exact: false,
  failed: false,
  onDisk: true,
  userModified: false,
} as const;

const byId = (one: ApprovingRun, next: ApprovingRun): number => one.id.localeCompare(next.id);

describe('records of agents that approved', () => {
  let test: TestRepository;
  let head: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'a\n');
    head = await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const read = async (...statements: readonly RunStatement[]): Promise<readonly string[]> => {
    const lines = statements.map((statement) => ({ commit: head, text: textOfStatement(statement) }));
    await addLineNotes(test.repository(), RUNS_REF, lines, Date.now());
    return (await approvingRuns(test.repository()))
      .toSorted(byId)
      .map(
        ({ id, from, until, numbers }) =>
          `${id} ${new Date(from).toISOString().slice(11, 16)}-${new Date(until).toISOString().slice(11, 16)} ${numbers.join()}`,
      );
  };

  itInFull('a run: is one that approved when it ran, for the quarter of an hour that holds its time', async () => {
    const ran: RunStatement = { id: '0000000a', at: AT, event: 'ran', ...SESSION, under: null, command: COMMAND };
    assert.deepEqual(await read(ran), ['0000000a 10:00-10:15 481']);
  });

  itInFull('a run: is one that approved when its person agreed, or the policy only observed', async () => {
    const asked: RunStatement = { id: '0000000b', at: AT, event: 'asked', ...SESSION, command: COMMAND };
    const ended: RunStatement = { id: '0000000b', at: '2026-11-26T10:31Z', event: 'ended', failed: false, exit: 0 };
    const observed: RunStatement = { id: '0000000c', at: AT, event: 'observed', ...SESSION, command: COMMAND };
    assert.deepEqual(await read(asked, ended, observed), ['0000000b 10:00-10:45 481', '0000000c 10:00-10:15 481']);
  });

  it('a run: approved nothing if it was refused, failed or did something else', async () => {
    const statements: readonly RunStatement[] = [
      { id: '0000000d', at: AT, event: 'refused', ...SESSION, command: COMMAND },
      { id: '0000000e', at: AT, event: 'asked', ...SESSION, command: COMMAND },
      { id: '0000000f', at: AT, event: 'ran', ...SESSION, under: null, command: COMMAND },
      { id: '0000000f', at: AT, event: 'ended', failed: true, exit: 1 },
      {
        id: '00000010',
        at: AT,
        event: 'ran',
        ...SESSION,
        under: null,
        command: { ...COMMAND, rule: 'person/merge' },
      },
    ];
    assert.deepEqual(await read(...statements), []);
  });

  it('a run: approved if it was part of a command that failed, such as `gh pr review --approve; false`', async () => {
    const ran: RunStatement = { id: '0000000e', at: AT, event: 'ran', ...SESSION, under: null, command: COMMAND };
    const ended: RunStatement = { id: '0000000e', at: AT, event: 'ended', failed: true, exit: 1, compound: true };
    assert.deepEqual(await read(ran, ended), ['0000000e 10:00-10:15 481']);
  });

  for (const [command, isAlone] of [
    ['gh pr review 481 --approve', true],
    ['gh pr review 481 --approve; false', false],
    ['gh pr review 481 --approve && false', false],
    ['gh pr review 481 --approve\nfalse', false],
    ['! gh pr review 481 --approve', false],
    ["sh -c 'gh pr review 481 --approve; false'", false],
  ] as const)
    it(`${JSON.stringify(command)}: ${isAlone ? 'approves nothing if it fails' : 'may have approved if it fails'}`, async () => {
      const event: ToolEvent = { ...TOOL_EVENT, tool: 'shell', toolName: 'Bash', command };
      const place = {
        repository: test.repository(),
        event,
        keeps: { line: false, minute: true, reason: false },
        firstCall: () => undefined,
        now: Date.parse('2026-11-26T10:07:00Z'),
      };
      await keepRefused(place, { verdict: 'ask', reason: '', rule: 'person/approve', instead: '' }, 'observed');
      keepEnd(test.repository(), { ...event, event: 'after', failed: true, exit: 1 }, place.now);
      await settleRuns(test.repository(), place.now);
      assert.equal((await approvingRuns(test.repository())).length, isAlone ? 0 : 1);
    });

  it("a server's tool: is kept with the numbers that it names when the policy only observes", async () => {
    const event: ToolEvent = {
      ...TOOL_EVENT,
      tool: 'other',
      toolName: 'mcp__github__pull_request_review_write',
      call: {
        shown: 'pull_request_review_write',
        server: 'github',
        tool: 'pull_request_review_write',
        names: ['github__pull_request_review_write'],
        input: { owner: 'acme', pullNumber: 481, event: 'APPROVE' },
        writes: true,
      },
    };
    const repository = test.repository();
    const place = {
      repository,
      event,
      keeps: { line: false, reason: false, minute: false },
      firstCall: () => undefined,
      now: Date.parse(AT.replace('Z', ':00Z')),
    } as const;
    await keepRefused(place, { verdict: 'deny', reason: '', rule: 'person/approve', instead: '' }, 'observed');
    await settleRuns(repository, place.now);
    assert.deepEqual(
      (await approvingRuns(test.repository())).map(({ numbers, assistant }) => [numbers, assistant]),
      [[[481], 'claude-code']],
    );
  });
});
