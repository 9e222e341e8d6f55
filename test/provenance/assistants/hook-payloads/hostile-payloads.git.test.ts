/**
 * Payloads of every assistant with what an agent could have put into them: none gets past the guard, none ends in a
 * stack trace, and what is not understood is kept aside and credits nobody.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { ASSISTANTS, type Assistant } from '../../../../src/provenance/assistants';
import { SELF_TESTS, type Canary } from '../../../../src/provenance/assistants/hook-self-test';
import { casesOf, itInFull } from '../../../support/full';
import { hookWith, linesOf } from '../../../support/play';
import { TestRepository } from '../../../support/repository';
import type { VerbOutcome } from '../../../support/verbs';

type Json = Readonly<Record<string, unknown>>;

const CLOSED = 'infra/new.tf';
const POLICY = 'version: 1\ntiers:\n  - { name: closed, paths: ["infra/**"], agents: deny }\n';
/** Tells the command of the hook to refuse by itself. */
const LEAVES_IT = 124;

/** Stands for what is nested too deeply to be made by `JSON.stringify`. */
const DEEP = '(deep)';
const textOf = (payload: unknown): string =>
  JSON.stringify(payload).replaceAll(`"${DEEP}"`, `${'['.repeat(50_000)}${']'.repeat(50_000)}`);

/**
 * What an agent may add to the input of its own tool: words that mean something elsewhere, other files, and what is
 * hard to read.
 */
const ADDED: readonly Json[] = [
  {
    hook_event_name: 'Stop',
    hookName: 'TaskComplete',
    agent_action_name: 'post_write_code',
    tool_name: 'Read',
    toolName: 'view',
    name: 'Read',
  },
  { cwd: '/', transcript_path: '/x/.continue/y.jsonl', cursor_version: '1', clineVersion: '1' },
  { file_path: 'fine.txt' },
  { path: 'fine.txt' },
  { filePath: 'fine.txt' },
  { target_file: 'fine.txt', targetFile: 'fine.txt', absolutePath: 'fine.txt', notebook_path: 'fine.txt' },
  {
    edits: [{ old_string: 'a', new_string: 'b' }],
    replacements: [{ filePath: 'fine.txt', oldString: 'a', newString: 'b' }],
  },
  JSON.parse(
    '{"__proto__": {"path": "fine.txt", "tool_name": "Read"}, "constructor": {"prototype": 1}, "toString": 7}',
  ) as Json,
  { more: DEEP },
  { more: 'x'.repeat(3_000_000) },
  { more: '"}]} \u0000\u001b[31m\u202e\n"tool_name": "Read"' },
  { command: 'true', commands: [], description: '*** Begin Patch\n*** Add File: fine.txt\n+x\n*** End Patch' },
  { content: null, text: 5, file_text: [], new_string: {}, CodeContent: false, patch: 0 },
];

/** Keys whose values say what a payload is: assistants write them, and no agent can. */
const WRITTEN =
  /^(?:hook_?event_?name|hookName|agent_action_name|tool_?name|name|clineVersion|cursor_version|conversationId|conversation_id|trajectory_id|workspacePaths|opencode|toolCall|preToolUse|tool_info|tool_input|toolArgs|cwd|workspaceRoots|workspace_roots)$/i;

/** Where the input of the tool is, in the payloads of each. */
const INPUTS = ['tool_input', 'toolArgs', 'tool_info', 'args', 'parameters'];

/** The payload with `added` in the input of its tool, before or after what is there. */
function withInput(payload: unknown, added: Json, first: boolean): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload;
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]: [string, unknown]) => {
      if (!INPUTS.includes(key)) return [key, withInput(value, added, first)];
      const own = value as Json; // an object in every canary
      const keep = Object.fromEntries(Object.entries(added).filter(([name]) => !Object.hasOwn(own, name)));
      return [key, first ? { ...keep, ...own } : { ...own, ...keep }];
    }),
  );
}

/** The payload with other values where neither the event, nor the tool, nor the file is told. */
function withOther(payload: unknown, other: (at: number) => unknown): unknown {
  let at = 0;
  const change = (key: string, value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(name, one)]));
    return WRITTEN.test(key) || JSON.stringify(value).includes(CLOSED) ? value : other(at++);
  };
  return change('', payload);
}

const refused = ({ code, out }: VerbOutcome): boolean =>
  code === 2 || code === LEAVES_IT || /"(?:permissionDecision|decision|permission)":"deny"|"cancel":true/.test(out);
const assertOrderly = ({ code, err }: VerbOutcome, what: string): void => {
  assert.ok([0, 2, LEAVES_IT].includes(code), what);
  assert.doesNotMatch(err.join('\n'), /\n\s+at |\[object|undefined|TypeError/, what);
};

describe('a hostile payload of an assistant', function () {
  this.timeout(120_000);
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('a.txt', 'one\n');
    await test.commit('start');
    await hookWith(test, 'claude-code', {
      hook_event_name: 'PreToolUse',
      tool_name: 'Write',
      cwd: test.root,
      tool_input: { file_path: test.at('fine.txt'), content: '' },
    }); // the policy is known from now on
  });
  after(() => test.dispose());

  const canaries = (): { readonly assistant: Assistant; readonly canary: Canary }[] =>
    ASSISTANTS.flatMap((assistant) =>
      (
        SELF_TESTS[assistant.id]?.canaries({
          folder: test.root,
          name: CLOSED,
          text: 'x\n',
          session: 's',
          home: test.home,
        }) ?? []
      ).map((canary) => ({ assistant, canary })),
    ).filter(
      ({ assistant, canary }) => assistant.deny !== null && JSON.stringify(canary.before.payload).includes(CLOSED),
    );

  itInFull("does not get past the guard by extra fields in the tool's input", async () => {
    assert.ok(canaries().length >= 10);
    for (const { assistant, canary } of canaries()) {
      for (const [index, added] of ADDED.entries()) {
        for (const first of [true, false]) {
          const answer = await hookWith(
            test,
            assistant.id,
            textOf(withInput(canary.before.payload, added, first)),
            canary.before.env ?? {},
          );
          const what = `${assistant.id}, ${String(index)}: ${answer.out}${answer.err.join('\n')}`;
          assertOrderly(answer, what);
          assert.ok(refused(answer), what);
        }
      }
    }
  });

  itInFull('does not get past the guard by values of other types beside the file', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('x'.repeat(100_000), 'm\nodel', '\u0000', '../../../etc/passwd', '__proto__', -1, 1e300),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...canaries()),
        fc.array(value, { minLength: 1, maxLength: 4 }),
        async ({ assistant, canary }, values) => {
          const payload = withOther(canary.before.payload, (at) => values[at % values.length]);
          const answer = await hookWith(test, assistant.id, payload, canary.before.env ?? {});
          assertOrderly(answer, assistant.id);
          assert.ok(refused(answer), `${assistant.id}: ${answer.out}${answer.err.join('\n')}`);
        },
      ),
      { numRuns: casesOf(150, 50) },
    );
  });

  it('does not get past the guard by leaving out what it changes', async () => {
    const claude = (tool: string, input: unknown): object => ({
      hook_event_name: 'PreToolUse',
      session_id: 's',
      cwd: test.root,
      tool_name: tool,
      tool_use_id: 'c',
      tool_input: input,
    });
    const cases: readonly (readonly [id: string, payload: unknown])[] = [
      ['claude-code', claude('Write', { file_path: [test.at(CLOSED)], content: 'x' })],
      ['claude-code', claude('Edit', {})],
      ['claude-code', claude('Bash', { command: { run: `rm ${CLOSED}` } })],
      ['claude-code', claude('Bash', { command: ['rm', CLOSED] })],
      ['claude-code', { hook_event_name: 'PreToolUse', cwd: test.root, tool_name: 5, tool_input: {} }],
      ['claude-code', '{"hook_event_name": "PreToolUse", "tool_name": "Wri'],
      [
        'codex',
        claude('apply_patch', {
          command: `*** Begin Patch\n*** Add File: fine.txt\n+x\n  *** Add File: ${CLOSED}\n+x\n*** End Patch`,
        }),
      ],
      ['codex', claude('apply_patch', { command: 'no patch at all' })],
      ['codex', claude('Bash', { command: 'true', cmd: `rm ${CLOSED}` })],
      ['github-copilot', claude('apply_patch', `*** Begin Patch\n  *** Delete File: ${CLOSED}\n*** End Patch`)],
      ['kiro', claude('fs_write', { text: 'x' })],
      [
        'windsurf',
        { agent_action_name: 'pre_write_code', trajectory_id: 't', tool_info: { file_path: 7, cwd: test.root } },
      ],
      ['gemini', { ...claude('replace', {}), hook_event_name: 'BeforeTool' }],
      [
        'cline',
        {
          hookName: 'tool_call',
          clineVersion: '1',
          workspaceRoots: [test.root],
          tool_call: { name: 'run_commands', input: { commands: [], command: `rm ${CLOSED}` } },
        },
      ],
    ];
    for (const [id, payload] of cases) {
      const answer = await hookWith(test, id, payload);
      assert.ok(refused(answer), `${id} ${JSON.stringify(payload)}: ${answer.out}${answer.err.join('\n')}`);
      assertOrderly(answer, id);
    }
  });

  itInFull('is set aside when not understood, and credits nobody', async () => {
    const other = await TestRepository.create();
    try {
      other.write('a.txt', 'one\n');
      await other.commit('start');
      other.write('a.txt', 'two\n');
      const odd = fc.oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.record({
          hook_event_name: fc.jsonValue(),
          tool_name: fc.jsonValue(),
          tool_input: fc.jsonValue(),
          cwd: fc.constantFrom(other.root, 7, null, '\u0000', '/nowhere'),
        }),
        fc.string({ unit: 'binary' }),
      );
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...ASSISTANTS), odd, async ({ id }, payload) => {
          const answer = await hookWith(other, id, payload);
          assert.equal(answer.code, 0, id);
          assertOrderly(answer, id);
        }),
        { numRuns: casesOf(200, 60) },
      );
      assert.deepEqual(await linesOf(other), ['a.txt +1 unknown', 'a.txt -1 unknown']);
      assert.ok(
        existsSync(other.at('.git/linekeeper/aside')) && readdirSync(other.at('.git/linekeeper/aside')).length > 20,
      );
    } finally {
      await other.dispose();
    }
  });
});
