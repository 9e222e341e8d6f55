/** Everyday calls that look like losses, and the losses beside them. */
import assert from 'node:assert/strict';
import { toolCallOf } from '../../src/provenance/assistants/hook-payloads/server-and-tool-of-call';
import { policy, tier } from '../support/policies';
import { judge } from '../support/guard';

const RULES = policy({
  tiers: [tier({ name: 'all', paths: ['**'], agents: 'deny-destructive', detect: ['destructive', 'permissions'] })],
  tools: { allow: [], ask: [], deny: [], others: 'ask' },
});
const TEXTS = { '/home/dev/proj/justfile': 'retire:\n  terraform destroy -auto-approve\n' };

/** What passes, and the call beside it that is held. */
const NEIGHBOURS: readonly (readonly [passes: string, held: string])[] = [
  ['tilt down', 'tilt down --context prod-eu'],
  ['tilt down --context kind-dev', 'tilt down --context gke_acme_eu_main'],
  ['skaffold delete --kube-context minikube', 'skaffold delete --kube-context live'],
  ['skaffold delete --kube-context kind-x', 'skaffold delete'],
  ['dbt run --full-refresh --target dev', 'dbt run --full-refresh --target prod'],
  ['dbt seed --full-refresh -t ci', 'dbt build --full-refresh'],
  ['gh cache delete --all', 'gh release delete v1 --yes'],
  [
    "mysql -h 127.0.0.1 -u root shop_test -e 'DROP DATABASE shop_test'",
    "mysql -h 127.0.0.1 -u root shop_test -e 'DROP DATABASE shop'",
  ],
  ['bin/rails db:reset RAILS_ENV=test', 'bin/rails db:reset RAILS_ENV=production'],
  [
    'kafka-topics.sh --bootstrap-server localhost:9092 --delete --topic orders.test',
    'kafka-topics.sh --bootstrap-server localhost:9092 --delete --topic orders',
  ],
  [
    'kafka-topics.sh --bootstrap-server localhost:9092 --delete --topic test',
    'kafka-topics.sh --bootstrap-server broker1:9092 --delete --topic test',
  ],
  ['just --show retire', 'just retire'],
  ['just --dry-run retire', 'just -q retire'],
];

type Input = Readonly<Record<string, unknown>>;

/** The same of servers' tools. */
const TOOLS: readonly (readonly [server: string, passes: readonly [string, Input], held: readonly [string, Input]])[] =
  [
    [
      'gitlab',
      ['get_merge_request', { merge_request_iid: '88' }],
      ['update_merge_request', { merge_request_iid: '88', state_event: 'close' }],
    ],
    [
      'atlassian',
      ['addCommentToJiraIssue', { issueIdOrKey: 'TAL-12', commentBody: 'Plan' }],
      ['editJiraIssue', { issueIdOrKey: 'TAL-12', fields: {} }],
    ],
    ['github', ['create_branch', { branch: 'f' }], ['create_repository', { name: 'x' }]],
    ['memory', ['create_entities', { entities: [] }], ['delete_entities', { entityNames: [] }]],
    ['ci', ['list_pipeline_runs', { id: 1 }], ['get_or_create_run', { id: 1 }]],
  ];

describe('everyday calls beside losses:', () => {
  for (const [passes, held] of NEIGHBOURS)
    it(`${passes}: passes, and ${held} is held when a tier detects losses`, () => {
      const verdictOf = (command: string): string => judge({ command }, { rules: RULES, texts: TEXTS }).verdict;
      assert.equal(verdictOf(passes), 'allow');
      assert.notEqual(verdictOf(held), 'allow');
    });

  for (const [server, passes, held] of TOOLS)
    it(`${passes[0]} of ${server}: passes, and ${held[0]} is asked about when the policy asks about other tools`, () => {
      const verdictOf = ([tool, input]: readonly [string, Input]): string =>
        judge({ call: toolCallOf(`mcp__${server}__${tool}`, input, {}) }, { rules: RULES }).verdict;
      assert.equal(verdictOf(passes), 'allow');
      assert.notEqual(verdictOf(held), 'allow');
    });
});
