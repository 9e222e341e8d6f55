/** Every rule is shown at work: where it finds something, and where it stays silent. */
import assert from 'node:assert/strict';
import { analyzersFor, classOf, findInChanges, findInPlan, RULES, type RuleId } from '../../../src/danger';
import type { Policy } from '../../../src/policy';
import { BRANCHES, examplesOf, RULE_IDS, toolExample } from '../../support/examples';
import { TOOLS } from '../../support/grammars';
import { settingChange } from '../../support/setting-examples';
import { judge, WATCHING } from '../../support/guard';

/** Rules that plans alone have: what they find in a plan with these actions, and in one without. */
const PLANS: Readonly<
  Partial<Record<RuleId, { readonly found: readonly string[]; readonly silent: readonly string[] }>>
> = {
  'destructive/tf-plan-delete': { found: ['delete'], silent: ['update'] },
  'destructive/tf-plan-replace': { found: ['delete', 'create'], silent: ['create'] },
};

const plan = (actions: readonly string[]): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: [
      { address: 'aws_db_instance.main', mode: 'managed', type: 'aws_db_instance', change: { actions } },
    ],
  });

/** The danger alone: what only a person may do is reported first otherwise. */
const GIVEN_BACK: Policy = { ...WATCHING, agentsMay: ['deploy', 'merge', 'publish', 'push-base'] };

describe('the examples of a danger rule', () => {
  for (const rule of RULE_IDS) {
    const { stops, passes } = examplesOf(rule).commands ?? { stops: [], passes: [] };
    if (stops.length === 0) continue;
    it(`${rule} stops its commands and no others`, () => {
      for (const command of stops) {
        const answer = judge({ command }, { rules: GIVEN_BACK, branches: BRANCHES });
        assert.ok(
          answer.verdict !== 'allow' && answer.reason.includes(`(${rule})`),
          `${command}: ${JSON.stringify(answer)}`,
        );
      }
      for (const command of passes) {
        const answer = judge({ command }, { rules: GIVEN_BACK, branches: BRANCHES });
        assert.ok(answer.verdict === 'allow' || !answer.reason.includes(rule), `${command}: ${JSON.stringify(answer)}`);
      }
    });
  }

  for (const rule of RULE_IDS) {
    const { stops, passes } = examplesOf(rule).tools ?? { stops: [], passes: [] };
    if (stops.length === 0) continue;
    it(`${rule} stops its tool calls and no others`, () => {
      for (const text of stops) {
        const answer = judge({ call: toolExample(text) }, { rules: WATCHING });
        assert.ok(
          answer.verdict !== 'allow' && answer.reason.includes(`(${rule})`),
          `${text}: ${JSON.stringify(answer)}`,
        );
      }
      for (const text of passes) {
        const answer = judge({ call: toolExample(text) }, { rules: WATCHING });
        assert.ok(answer.verdict === 'allow' || !answer.reason.includes(rule), `${text}: ${JSON.stringify(answer)}`);
      }
    });
  }

  for (const rule of RULE_IDS) {
    const { found, silent } = examplesOf(rule).settings ?? { found: [], silent: [] };
    if (found.length === 0) continue;
    it(`${rule} finds its settings and no others`, async () => {
      const rules = async (example: string): Promise<readonly string[]> =>
        (await findInChanges([settingChange(example)], TOOLS, analyzersFor([classOf(rule)]))).map((one) => one.rule);
      for (const example of found) assert.ok((await rules(example)).includes(rule), example);
      for (const example of silent) assert.ok(!(await rules(example)).includes(rule), example);
    });
  }

  for (const [rule, { found, silent }] of Object.entries(PLANS)) {
    it(`${rule} is found in a plan`, () => {
      const rules = (actions: readonly string[]): readonly string[] => {
        const answer = findInPlan('p.json', plan(actions));
        assert.ok('findings' in answer);
        return answer.findings.map((one) => one.rule);
      };
      assert.deepEqual(rules(found), [rule]);
      assert.ok(!rules(silent).includes(rule));
    });
  }

  it('every rule has an example it finds and one it lets pass', () => {
    const found = new Set<string>(Object.keys(PLANS));
    const silent = new Set(found);
    for (const id of RULE_IDS) {
      const { changes, settings, commands } = examplesOf(id);
      if (settings !== undefined) found.add(id);
      if (settings !== undefined && settings.silent.length > 0) silent.add(id);
      if (commands !== undefined) for (const set of [found, silent]) set.add(id);
      for (const { expect } of changes) {
        const rules = expect.flatMap((line) => line.split(' ').filter((word) => Object.hasOwn(RULES, word)));
        for (const one of rules) found.add(one);
        if (!rules.includes(id)) silent.add(id);
      }
    }
    assert.deepEqual(
      RULE_IDS.filter((rule) => !found.has(rule)),
      [],
      'without an example that it finds',
    );
    assert.deepEqual(
      RULE_IDS.filter((rule) => !silent.has(rule)),
      [],
      'without an example that it lets pass',
    );
  });
});
