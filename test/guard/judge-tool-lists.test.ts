/** What a policy says of tools by their names. */
import assert from 'node:assert/strict';
import { toolCallOf } from '../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';
import { explainTool, type ToolExplanation } from '../../src/guard';
import type { Environment, Policy, ToolLists } from '../../src/policy';
import { judge, ROOT, RULES } from '../support/guard';

const verdict = (name: string, input: object, over: Partial<Policy['tools']>, more: Partial<Policy> = {}): string =>
  judge(
    { call: toolCallOf(name, input, {}) },
    { rules: { ...RULES, tools: { deny: [], ask: [], allow: [], others: 'allow', ...over }, ...more } },
  ).verdict;

describe("the policy's lists of tools", () => {
  it("deny and ask match a tool's name in the spelling of every assistant", () => {
    for (const name of ['mcp__postgres__drop_view', 'mcp_postgres_drop_view', '@postgres/drop_view', 'MCP:drop_view']) {
      assert.equal(verdict(name, {}, { deny: ['postgres__*drop*'] }), 'deny', name);
      assert.equal(verdict(name, {}, { ask: ['postgres__*drop*'] }), 'ask', name);
    }
    assert.equal(verdict('mcp__mysql__drop_view', {}, { deny: ['postgres__*drop*'] }), 'allow');
    assert.equal(verdict('mcp__postgres__list', {}, { deny: ['postgres__*drop*'] }), 'allow');
  });

  it('others decides on tools that write outside the repository', () => {
    const others = { others: 'ask' } as const;
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, others), 'ask');
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, { others: 'deny' }), 'deny');
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, { ...others, allow: ['crm__*'] }), 'allow');
    assert.equal(verdict('mcp__crm__get_contact', { id: 1 }, others), 'allow');
    assert.equal(verdict('mcp__files__write_file', { path: `${ROOT}/src/a.ts` }, others), 'allow');
    assert.equal(verdict('mcp__files__write_file', { path: '/srv/a.ts' }, others), 'ask');
  });

  it('words for people and queries: pass when others must be agreed to, and what looks like them does not', () => {
    const others = { others: 'ask' } as const;
    for (const [name, input] of [
      ['mcp__github__add_issue_comment', { owner: 'acme', repo: 'shop', issue_number: 4, body: 'Please look.' }],
      ['mcp__gitlab__create_merge_request_note', { project_id: 'acme/shop', body: 'Approved?' }],
      ['mcp__github__create_pull_request', { title: 'Drop it', head: 'a', base: 'main' }],
      ['mcp__linear__create_comment', { issueId: 'SHOP-1', body: 'Plan' }],
      ['mcp__github__create_pull_request_review', { event: 'REQUEST_CHANGES', body: 'Why?' }],
      ['mcp__postgres__execute_sql', { sql: 'SELECT count(*) FROM orders WHERE deleted_at IS NOT NULL' }],
    ] as const)
      assert.equal(verdict(name, input, others), 'allow', name);
    for (const [name, input] of [
      ['mcp__github__update_issue_comment', { id: 1, body: '' }],
      ['mcp__github__create_pull_request_review', { body: 'No event' }],
      ['mcp__github__create_issue', { title: 'Public' }],
      ['mcp__crm__add_note_and_close', { id: 1 }],
      ['mcp__postgres__execute_sql', { sql: 'SELECT archive_orders()' }],
      ['mcp__postgres__execute_sql', { sql: 'SELECT * INTO copy FROM orders' }],
      ['mcp__postgres__execute_sql', { sql: "SELECT 1; UPDATE orders SET state = 'x' WHERE id = 1" }],
      ['mcp__postgres__execute_sql', { sql: '' }],
    ] as const)
      assert.notEqual(verdict(name, input, others), 'allow', `${name} ${JSON.stringify(input)}`);
    assert.equal(verdict('mcp__linear__create_comment', { body: 'Plan' }, { others: 'deny' }), 'deny');
    assert.equal(verdict('mcp__postgres__execute_sql', { sql: 'SELECT 1' }, { others: 'deny' }), 'allow');
  });

  it('a tool of an environment may only read there', () => {
    const environments = [{ name: 'production', when: {}, env: {}, tools: ['db-prod__*'], agents: 'deny' as const }];
    assert.equal(verdict('mcp__db-prod__update_row', { id: 1 }, {}, { environments }), 'deny');
    assert.equal(verdict('mcp__db-prod__query', { sql: 'DROP TABLE a' }, {}, { environments }), 'deny');
    assert.equal(verdict('mcp__db-prod__query', { sql: 'SELECT 1' }, {}, { environments }), 'allow');
    assert.equal(verdict('mcp__db-dev__update_row', { id: 1 }, {}, { environments }), 'allow');
  });
});

describe('the tool lists of an environment and of a tier', () => {
  const lists = (over: Partial<ToolLists>): ToolLists => ({ deny: [], ask: [], allow: [], ...over });
  const production = (over: Partial<Environment>): Pick<Policy, 'environments'> => ({
    environments: [{ name: 'production', when: {}, env: {}, tools: ['db-prod__*'], agents: 'deny', ...over }],
  });
  const given = (name: string, file: string, tierLists: ToolLists): string => {
    const tiers = RULES.tiers.map((tier) => (tier.name === 'closed' ? { ...tier, toolLists: tierLists } : tier));
    return judge(
      {
        call: toolCallOf(name, { path: `${ROOT}/${file}` }, {}),
        perhaps: { tool: name, paths: [`${ROOT}/${file}`], folders: false },
      },
      { rules: { ...RULES, tiers } },
    ).verdict;
  };

  it("an environment's lists hold only for its own tools", () => {
    const here = production({ agents: 'allow', toolLists: lists({ deny: ['*__*row*'], ask: ['*__*view*'] }) });
    assert.equal(verdict('mcp__db-prod__update_row', {}, {}, here), 'deny');
    assert.equal(verdict('mcp__db-prod__refresh_view', {}, {}, here), 'ask');
    assert.equal(verdict('mcp__db-dev__update_row', {}, {}, here), 'allow');
  });

  it("an environment's lists hold for a call whose command acts on it", () => {
    const here = production({
      when: { 'kube-context': ['prod'] },
      toolLists: lists({ deny: ['k8s__*'] }),
      agents: 'allow',
    });
    const command = (context: string): object => ({
      command: `kubectl --context ${context} scale deploy/a --replicas=2`,
    });
    assert.equal(verdict('mcp__k8s__run', command('prod'), {}, here), 'deny');
    assert.equal(verdict('mcp__k8s__run', command('dev'), {}, here), 'allow');
  });

  it("an environment's allow list lets a tool pass by name, but not the SQL it carries", () => {
    const here = production({ toolLists: lists({ allow: ['*__update_row', '*__query'] }) });
    assert.equal(verdict('mcp__db-prod__update_row', {}, { others: 'ask' }, here), 'allow');
    assert.equal(verdict('mcp__db-prod__insert_row', {}, {}, here), 'deny');
    assert.equal(verdict('mcp__db-prod__query', { sql: 'DROP TABLE a' }, {}, here), 'deny');
  });

  it("a tier's lists hold for a call with a file of that tier", () => {
    assert.equal(given('mcp__diagrams__render', 'infra/prod/main.tf', lists({})), 'ask');
    assert.equal(given('mcp__diagrams__render', 'infra/prod/main.tf', lists({ allow: ['diagrams__*'] })), 'allow');
    assert.equal(given('mcp__diagrams__render', 'infra/prod/main.tf', lists({ deny: ['diagrams__*'] })), 'deny');
    assert.equal(given('mcp__diagrams__render', 'src/a.ts', lists({ deny: ['diagrams__*'] })), 'allow');
  });
});

describe('linekeeper policy explain, for a tool', () => {
  const explain = (name: string, over: Partial<Policy>): ToolExplanation =>
    explainTool(toolCallOf(name, {}, {}), { policy: { ...RULES, ...over }, source: '.linekeeper.yml', cwd: ROOT });

  it('names the pattern that decides, and the others that match', () => {
    const { answer, patterns, environments } = explain('mcp__db-prod__drop_view', {
      tools: { deny: ['db*__*drop*'], ask: [], allow: ['*__drop_view'], others: 'ask' },
      environments: [
        {
          name: 'production',
          when: {},
          env: {},
          tools: ['db-prod__*'],
          agents: 'allow',
          toolLists: { deny: [], ask: ['*'], allow: [] },
        },
      ],
    });
    assert.equal(answer.verdict, 'deny');
    assert.deepEqual(
      patterns.map(({ at, list, pattern, holds }) => [at, list, pattern, holds]),
      [
        ['tools', 'deny', 'db*__*drop*', 'always'],
        ['environments.production.tools', 'ask', '*', 'by name'],
        ['tools', 'allow', '*__drop_view', 'always'],
      ],
    );
    assert.deepEqual(environments, [{ name: 'production', because: 'tools: db-prod__*' }]);
  });

  it('names the danger rule that the name itself meets', () => {
    assert.equal(explain('mcp__db__drop_table', {}).does?.rule, 'destructive/sql-drop');
    assert.equal(explain('mcp__db__list_tables', {}).does, undefined);
  });
});
