import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check as checkVerb } from '../../../src/cli/verbs/check';
import { policy as policyVerb } from '../../../src/cli/verbs/policy';
import { status } from '../../../src/cli/verbs/status';
import { findInRange, findInText } from '../../../src/policy/findings';
import { decideLocally } from '../../../src/policy/local-work';
import { statusOf } from '../../../src/provenance/commits';
import type { Decision } from '../../../src/policy';
import { itInFull } from '../../support/full';
import { callVerb } from '../../support/verbs';
import { TestRepository } from '../../support/repository';
import { Branch, POLICY } from '../../support/gate';

const WATCHED = POLICY.replace('    paths: ["infra/**"]\n', '    paths: ["infra/**"]\n    detect: [destructive]\n');
const PLAN = JSON.stringify({
  format_version: '1.2',
  planned_values: {},
  resource_changes: [
    { address: 'aws_db_instance.main', mode: 'managed', type: 'aws_db_instance', change: { actions: ['delete'] } },
  ],
});

/** None of its own. */
const POLICY_RULES = { rules: [], rulesOff: [], tiers: [] };

const tiers = ({ tiers: all }: Pick<Decision, 'tiers'>): readonly unknown[] =>
  all.map(({ name, files, added, removed }) => ({ name, files, added, removed }));

describe('linekeeper status and check', () => {
  itInFull('put the same change into the same tiers: a text, a link, and a CI file that runs the gate', async () => {
    const branch = await Branch.create(
      { 'src/a.ts': 'a\n', '.github/workflows/ci.yml': 'run: npx linekeeper check\n' },
      WATCHED,
    );
    const { repo } = branch;
    symlinkSync('a.ts', repo.at('src/link'));
    await repo.commit('human: link');
    await repo.git('branch', '--force', 'main');
    repo.write('src/a.ts', 'a\nb\n');
    repo.write('.github/workflows/ci.yml', 'run: true\n');
    repo.remove('src/link');
    symlinkSync('b.ts', repo.at('src/link'));
    const repository = repo.repository();
    const local = await decideLocally(repository, await statusOf(repository, Date.now));
    await repo.commit('other: all of it');
    const range = await branch.check({ findingsOf: findInRange });
    assert.deepEqual(tiers(local.decision), tiers(range));
    assert.deepEqual(
      local.decision.tiers.map(({ name }) => name),
      ['critical', 'standard'],
    );
  });
});

describe("the policy's own rules", () => {
  const RULES = `${WATCHED}rules:
  - {id: raw, class: destructive, severity: high, pattern: 'execute_raw\\(', message: Raw SQL goes around the checks.}
rules-off:
  - {rule: destructive/sql-drop, reason: All tables here are caches., paths: ["cache/**"]}
`;

  it('raise a file to the tier that detects their class, and rules-off leaves findings listed', async () => {
    const { repo } = await Branch.create(
      { 'src/a.py': 'a\n', 'cache/1.sql': '-- begin\n', 'db/1.sql': '-- begin\n' },
      RULES,
    );
    repo.write('src/a.py', 'a\nexecute_raw("x")\n');
    repo.write('cache/1.sql', '-- begin\nDROP TABLE one;\n');
    repo.write('db/1.sql', '-- begin\nDROP TABLE two;\n');
    const root = repo.repository().root;
    const told = JSON.parse((await callVerb(status, ['--json'], root)).out) as {
      readonly decision: Decision;
      readonly switchedOff: readonly { readonly path: string; readonly reason: string }[];
    };
    const seen = ({ findings }: Pick<Decision, 'findings'>): readonly unknown[] =>
      findings.map(({ rule, path, tier }) => [rule, path, tier]);
    const expected = [
      ['destructive/sql-drop', 'db/1.sql', 'critical'],
      ['destructive/team-raw', 'src/a.py', 'critical'],
    ];
    assert.deepEqual(seen(told.decision), expected);
    assert.deepEqual(
      told.switchedOff.map(({ path: file, reason }) => [file, reason]),
      [['cache/1.sql', 'All tables here are caches.']],
    );
    assert.match(
      (await callVerb(status, [], root)).out,
      /Switched off by the policy \(rules-off\):\n {2}cache\/1\.sql, line 2: destructive\/sql-drop\. Reason: All tables here are caches\./,
    );
    await repo.commit('ai: all');
    const checked = async (format: string): Promise<string> =>
      (await callVerb(checkVerb, ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--format', format], root))
        .out;
    assert.deepEqual(seen(JSON.parse(await checked('json')) as Decision), expected);
    assert.match(
      await checked('text'),
      /Switched off by the policy \(rules-off\)\n {2}critical cache\/1\.sql:2 {2}destructive\/sql-drop {2}[^\n]*Reason: "?All tables here are caches\./,
    );
    assert.match(
      await checked('sarif'),
      /"suppressions":\s*\[\s*\{\s*"kind": "external",\s*"justification": "All tables here are caches\."/,
    );
    const run = (...words: string[]) => callVerb(policyVerb, words, root);
    assert.match(
      (await run('explain', 'destructive/sql-drop')).out,
      /switched off by the policy in "cache\/\*\*": All tables here are caches\./,
    );
    assert.match(
      (await run('explain', 'destructive/team-raw')).out,
      /a rule of \.linekeeper\.yml[^]*execute_raw[^]*Raw SQL goes around/,
    );
    assert.match(
      (await run('explain', 'cache/2.sql')).out,
      /look at it: destructive\/team-raw[^]*destructive\/sql-drop is switched off here/,
    );
    assert.match(
      (await run('show')).out,
      /Rules of your own\n {2}destructive\/team-raw \(high\)[^]*Rules switched off/,
    );
    assert.equal((await run('explain', 'destructive/team-nothing')).code, 2);
  });
});

describe('linekeeper status', () => {
  itInFull('sign-offs: are listed as advice without a policy, and as needed when one enforces', async () => {
    const own = await TestRepository.create();
    own.write('infra/prod/main.tf', 'a = 1\n');
    await own.commit('Start');
    own.write('infra/prod/main.tf', 'a = 2\n');
    const said = async (): Promise<string> => (await callVerb(status, [], own.repository().root)).out;
    assert.match(
      await said(),
      /^Advised before merging, since there is no policy here [^]*\n {2}critical: a senior's/m,
    );
    own.write('.linekeeper.yml', WATCHED);
    await own.commit('Add a policy');
    own.write('infra/prod/main.tf', 'a = 3\n');
    assert.match(await said(), /^Needed before merging:\n {2}critical: /m);
    own.write('.linekeeper.yml', `mode: observe\n${WATCHED}`);
    await own.commit('Only observe');
    own.write('infra/prod/main.tf', 'a = 4\n');
    assert.match(await said(), /^Under mode: enforce, needed before merging:\n {2}critical: /m);
    await own.dispose();
  });
});

describe('a Terraform plan given with --plan', () => {
  it('raises what it destroys to the tier that detects it, in status and check', async () => {
    const { repo } = await Branch.create({ 'src/a.ts': 'a\n' }, WATCHED);
    repo.write('src/a.ts', 'a\nb\n');
    await repo.commit('ai: b');
    const plan = repo.outside('tfplan.json');
    writeFileSync(plan, PLAN);
    const told = JSON.parse((await callVerb(status, ['--json', '--plan', plan], repo.repository().root)).out) as {
      readonly decision: Decision;
    };
    assert.deepEqual(
      told.decision.findings.map(({ rule, address, path, tier }) => [rule, address, path, tier]),
      [['destructive/tf-plan-delete', 'aws_db_instance.main', 'tfplan.json', 'critical']],
    );
    const checked = await callVerb(
      checkVerb,
      ['--base', 'main', '--head', 'topic', '--actor', 'carl', '--format', 'json', '--plan', plan],
      repo.repository().root,
    );
    const range = JSON.parse(checked.out) as Decision;
    assert.deepEqual(
      range.findings.map(({ address, tier }) => [address, tier]),
      [['aws_db_instance.main', 'critical']],
    );
    assert.deepEqual(
      range.tiers.map(({ name }) => name),
      ['critical', 'standard'],
    );
  });

  it('that cannot be read stops status and check, and a state file only check', async () => {
    const repo = await TestRepository.create();
    repo.write('.linekeeper.yml', WATCHED);
    repo.write('plan.json', 'no plan');
    repo.write('state.json', '{"format_version":"1.0","values":{}}');
    await repo.commit('all');
    const run = (verb: typeof status, ...words: string[]) => callVerb(verb, words, repo.repository().root);
    for (const [file, why] of [
      ['plan.json', /not JSON/],
      ['nowhere.json', /can't be read: there is no such file/],
      ['.', /is not a file/],
    ] as const) {
      for (const outcome of [
        await run(status, '--plan', file),
        await run(checkVerb, '--base', 'main', '--head', 'HEAD', '--plan', file),
      ]) {
        assert.equal(outcome.code, 2);
        assert.match(outcome.err.at(-1) ?? '', why);
      }
    }
    assert.equal((await run(status, '--plan', 'state.json')).code, 0);
    assert.equal((await run(checkVerb, '--base', 'main', '--head', 'HEAD', '--plan', 'state.json')).code, 2);
  });
});

describe('the built programs', () => {
  it('find a Terraform protection that was switched off', async () => {
    const repo = await TestRepository.create();
    const text = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
    repo.write('main.tf', text);
    await repo.commit('all');
    repo.write('main.tf', text.replace('true', 'false'));
    const out = execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'status', '--json'], {
      cwd: repo.repository().root,
      encoding: 'utf8',
    });
    const { findings } = JSON.parse(out) as { readonly findings: Decision['findings'] };
    assert.deepEqual(
      findings.map(({ rule, line }) => [rule, line]),
      [['destructive/tf-protection-off', 2]],
    );
  });
});

describe('danger findings for a text in the editor', () => {
  const GUARD = '  if (!user.isAdmin) return refuse(user, order);\n';
  const ORDERS = `export function remove(user, order) {\n${GUARD}  return orders.delete(order);\n}\n`;
  const TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n';
  const BOTH = [
    { path: 'src/router.ts', from: null, status: 'M' },
    { path: 'infra/tables.tf', from: null, status: 'A' },
  ] as const;

  it('a new file: is less when another one has the same lines, and production is compared with production', async () => {
    const repo = await TestRepository.create();
    const role = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: admins\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n`;
    repo.write('rings/1/admins[a].yaml', role);
    await repo.commit('human: a role');
    const severityIn = async (path: string): Promise<readonly string[]> =>
      (await findInText(repo.repository(), { path, from: null, before: null, after: role }, POLICY_RULES, [])).map(
        ({ severity }) => severity,
      );
    assert.deepEqual(await severityIn('rings/2/admins[a].yaml'), ['low']);
    assert.deepEqual(await severityIn('rings/2/others.yaml'), ['low']);
    assert.deepEqual(await severityIn('production/2/admins[a].yaml'), ['high']);
  });

  it('none for a removal whose text stands in another changed file', async () => {
    const repo = await TestRepository.create();
    repo.write('src/orders.ts', ORDERS);
    repo.write('src/router.ts', 'export function route(user, order) {\n  return remove(user, order);\n}\n');
    repo.write('infra/main.tf', TABLE);
    await repo.commit('Start');
    const rulesIn = async (path: string, before: string, after: string, others: typeof BOTH | []): Promise<unknown> =>
      (await findInText(repo.repository(), { path, from: null, before, after }, POLICY_RULES, others)).map(
        ({ rule }) => rule,
      );
    const unguarded = ORDERS.replace(GUARD, '');
    repo.write('infra/tables.tf', '# none yet\n');
    assert.deepEqual(await rulesIn('src/orders.ts', ORDERS, `${ORDERS}// more\n`, BOTH), []);
    assert.deepEqual(await rulesIn('src/orders.ts', ORDERS, unguarded, BOTH), ['permissions/auth-removed']);
    assert.deepEqual(await rulesIn('infra/main.tf', TABLE, '# moved\n', BOTH), ['destructive/tf-resource-removed']);
    repo.write('src/router.ts', `export function route(user, order) {\n${GUARD}  return remove(user, order);\n}\n`);
    repo.write('infra/tables.tf', TABLE);
    assert.deepEqual(await rulesIn('src/orders.ts', ORDERS, unguarded, BOTH), []);
    assert.deepEqual(await rulesIn('infra/main.tf', TABLE, '# moved\n', BOTH), []);
    await repo.dispose();
  });
});
