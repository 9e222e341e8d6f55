/** Tools of MCP servers: the hooks that we set up hear them, and what they are given is looked at. */
import assert from 'node:assert/strict';
import { assistantOf, readPayload, type Assistant, type ToolEvent } from '../../../../src/provenance/assistants';
import { toolNamed } from '../../../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';
import { projectCommands } from '../../../../src/provenance/assistants/setup/hook-commands';

interface Hears {
  readonly id: string;
  readonly before: string;
  /** As the program names them. */
  readonly tools: readonly string[];
  readonly reads: string;
}

const HEARS: readonly Hears[] = [
  { id: 'claude-code', before: 'PreToolUse', tools: ['mcp__files__write', 'mcp__my-files__put'], reads: 'Read' },
  { id: 'codex', before: 'PreToolUse', tools: ['mcp__files__write'], reads: 'view_image' },
  { id: 'gemini', before: 'BeforeTool', tools: ['mcp_files_write', 'mcp__files__write'], reads: 'read_file' },
  { id: 'qwen-code', before: 'PreToolUse', tools: ['mcp__files__write'], reads: 'read_file' },
  { id: 'kiro', before: 'PreToolUse', tools: ['mcp_files_write', '@files/write'], reads: 'fs_read' },
];

/** Every matcher of the hooks that an assistant gets. */
function matchersOf(assistant: Assistant): string[] {
  const commands = projectCommands(assistant);
  return assistant
    .hooks('project', { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/proj' })
    .flatMap((setup) => {
      const text = setup.kind === 'listed' ? JSON.stringify(setup.entries(commands)) : setup.text(commands);
      return [...text.matchAll(/"matcher":\s*("(?:[^"\\]|\\.)*")/g)].map(
        ([, matcher = '']) => JSON.parse(matcher) as string,
      );
    });
}

/** What no hook that records an edit hears. */
const SHOWS_FILE = 'Read';

describe('MCP tools', () => {
  for (const { id, before, tools, reads } of HEARS) {
    it(`${id}: the hook's matcher takes MCP tools, and the paths in their input are read`, () => {
      const assistant = assistantOf(id) ?? assert.fail(id);
      // tools that show a file are asked about by a hook of their own, before they do
      const matchers = matchersOf(assistant).filter((matcher) => !new RegExp(`^(?:${matcher})$`).test(SHOWS_FILE));
      assert.ok(matchers.length >= 2, 'before and after');
      for (const matcher of matchers) {
        const heard = (tool: string): boolean => new RegExp(`^(?:${matcher})$`).test(tool);
        for (const tool of tools) assert.ok(heard(tool), `${matcher} and ${tool}`);
        assert.ok(!heard(reads), `${matcher} and ${reads}`);
      }
      for (const tool of tools) {
        const event = readPayload(
          assistant,
          {
            hook_event_name: before,
            session_id: 's-1',
            cwd: '/home/dev/proj',
            tool_name: tool,
            tool_input: { path: 'infra/a.tf' },
          },
          {},
        ) as ToolEvent;
        assert.deepEqual(
          [event.assistant, event.event, event.tool, event.perhaps?.paths],
          [id, 'before', 'other', ['infra/a.tf', 'path']],
        );
      }
    });
  }

  it('Kiro 0.12: its hooks name the tool type @mcp', () => {
    const [, first, second] =
      assistantOf('kiro')?.hooks('project', { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/proj' }) ?? [];
    for (const setup of [first, second])
      assert.deepEqual(
        (
          JSON.parse(
            setup?.kind === 'file'
              ? setup.text(projectCommands({ id: 'kiro', harmless: new Set(), deny: null, ask: null }))
              : '',
          ) as {
            when: { toolTypes: string[] };
          }
        ).when.toolTypes,
        ['write', 'shell', '@mcp'],
      );
  });
});

/** The call that each assistant's payload before a tool of an MCP server means. */
const SPELLED: readonly (readonly [id: string, payload: object, names: readonly string[]])[] = [
  ['claude-code', { hook_event_name: 'PreToolUse', tool_name: 'mcp__my-db__drop_table' }, ['my-db__drop_table']],
  ['gemini', { hook_event_name: 'BeforeTool', tool_name: 'mcp_db_drop_table' }, ['db__drop_table', 'db_drop__table']],
  ['kiro', { hook_event_name: 'PreToolUse', tool_name: '@db/drop_table' }, ['db__drop_table']],
  [
    'cursor',
    { hook_event_name: 'preToolUse', cursor_version: '3', conversation_id: 'c', tool_name: 'MCP:drop_table' },
    ['?__drop_table'],
  ],
  [
    'cursor',
    {
      hook_event_name: 'beforeMCPExecution',
      cursor_version: '3',
      conversation_id: 'c',
      tool_name: 'drop_table',
      tool_input: '{"table":"orders"}',
    },
    ['?__drop_table'],
  ],
  [
    'windsurf',
    {
      agent_action_name: 'pre_mcp_tool_use',
      trajectory_id: 't',
      tool_info: { mcp_server_name: 'db', mcp_tool_name: 'drop_table', mcp_tool_arguments: { table: 'orders' } },
    },
    ['db__drop_table'],
  ],
  [
    'cline',
    {
      hookName: 'PreToolUse',
      clineVersion: '3',
      taskId: 't',
      preToolUse: {
        toolName: 'use_mcp_tool',
        parameters: { server_name: 'db', tool_name: 'drop_table', arguments: '{"table":"orders"}' },
      },
    },
    ['db__drop_table'],
  ],
  [
    'opencode',
    { hook_event_name: 'PreToolUse', opencode: true, tool_name: 'db_drop_table' },
    ['db__drop_table', 'db_drop__table'],
  ],
  [
    'github-copilot',
    { hook_event_name: 'PreToolUse', tool_name: 'my-db-drop_table' },
    ['my__db-drop_table', 'my-db__drop_table'],
  ],
];

describe('the name of an MCP tool', () => {
  for (const [id, payload, names] of SPELLED)
    it(`${id}: server, tool and input are read (${names.join(', ')})`, () => {
      const event = readPayload(
        assistantOf(id) ?? assert.fail(id),
        { tool_input: { table: 'orders' }, ...payload },
        {},
      ) as ToolEvent;
      assert.deepEqual([event.event, event.call?.names, event.call?.input], ['before', names, { table: 'orders' }]);
    });

  it("a name without a server is one of the assistant's own tools", () => {
    assert.equal(toolNamed('CronDelete').server, null);
    assert.equal(toolNamed('delete_thread').server, null);
    assert.equal(toolNamed('db__drop').server, 'db');
  });
});
