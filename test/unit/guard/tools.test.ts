/** What a policy says of tools by their names. */
import assert from 'node:assert/strict';
import { toolCallOf } from '../../../src/agents/hook-payloads/tool-call';
import type { Policy } from '../../../src/policy';
import { judge, ROOT, RULES } from './support';

const verdict = (name: string, input: object, over: Partial<Policy['tools']>, more: Partial<Policy> = {}): string =>
  judge(
    { call: toolCallOf(name, input, {}) },
    { rules: { ...RULES, tools: { deny: [], ask: [], allow: [], others: 'allow', ...over }, ...more } },
  ).verdict;

describe('tools in the policy', () => {
  it('denied and asked about by patterns of their names, in every spelling', () => {
    for (const name of ['mcp__postgres__drop_view', 'mcp_postgres_drop_view', '@postgres/drop_view', 'MCP:drop_view']) {
      assert.equal(verdict(name, {}, { deny: ['postgres__*drop*'] }), 'deny', name);
      assert.equal(verdict(name, {}, { ask: ['postgres__*drop*'] }), 'ask', name);
    }
    assert.equal(verdict('mcp__mysql__drop_view', {}, { deny: ['postgres__*drop*'] }), 'allow');
    assert.equal(verdict('mcp__postgres__list', {}, { deny: ['postgres__*drop*'] }), 'allow');
  });

  it('others that write outside of the repository: as the policy says', () => {
    const others = { others: 'ask' } as const;
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, others), 'ask');
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, { others: 'deny' }), 'deny');
    assert.equal(verdict('mcp__crm__update_contact', { id: 1 }, { ...others, allow: ['crm__*'] }), 'allow');
    assert.equal(verdict('mcp__crm__get_contact', { id: 1 }, others), 'allow');
    assert.equal(verdict('mcp__files__write_file', { path: `${ROOT}/src/a.ts` }, others), 'allow');
    assert.equal(verdict('mcp__files__write_file', { path: '/srv/a.ts' }, others), 'ask');
  });

  it('of an environment: what is not only read is held back there', () => {
    const environments = [{ name: 'production', when: {}, env: {}, tools: ['db-prod__*'], agents: 'deny' as const }];
    assert.equal(verdict('mcp__db-prod__update_row', { id: 1 }, {}, { environments }), 'deny');
    assert.equal(verdict('mcp__db-prod__query', { sql: 'DROP TABLE a' }, {}, { environments }), 'deny');
    assert.equal(verdict('mcp__db-prod__query', { sql: 'SELECT 1' }, {}, { environments }), 'allow');
    assert.equal(verdict('mcp__db-dev__update_row', { id: 1 }, {}, { environments }), 'allow');
  });
});
