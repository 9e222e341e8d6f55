/** What lowers a finding, and what does not. */
import assert from 'node:assert/strict';
import { analyzersFor, findInChanges } from '../../src/danger';
import { TOOLS } from '../support/grammars';

const severities = async (path: string, after: string): Promise<readonly string[]> =>
  (await findInChanges([{ path, from: null, before: null, after }], TOOLS)).map(({ severity }) => severity);

describe('the weight of a finding', () => {
  const drop = 'DROP TABLE orders;\n';

  it('a script that takes down by its name: is low, and a migration of such a name is not', async () => {
    assert.deepEqual(await severities('deploy/uninstall.sh', 'rm -rf /srv/data\n'), ['low']);
    assert.deepEqual(await severities('deploy/teardown.sh', 'kubectl delete namespace shop\n'), ['low']);
    for (const name of ['20260101_cleanup_orders.sql', 'V12__legacy_cleanup.sql', 'cleanup.sql'])
      assert.deepEqual(await severities(`db/migrations/${name}`, drop), ['critical'], name);
  });

  it('a script that takes down, destroys or resets by a part of its name: is low, unless that part is a change of data', async () => {
    for (const name of ['ops/destroy_env.sh', 'ops/env-teardown.sh', 'admin/reset_data.sh'])
      assert.deepEqual(await severities(name, 'kubectl delete namespace shop\n'), ['low'], name);
    for (const name of ['db/password_reset.sql', 'db/V3__destroy_orders.sql', 'db/nightly_cleanup.sql'])
      assert.deepEqual(await severities(name, drop), ['critical'], name);
  });

  it('code and manifests that reset or destroy by a part of their names: keep their severity', async () => {
    const code = 'def reset(cursor):\n    cursor.execute("DROP TABLE orders")\n';
    assert.deepEqual(await severities('app/accounts/reset_password.py', code), ['critical']);
    const before =
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: api, namespace: production}\nspec:\n  replicas: 3\n';
    const leaves = await findInChanges([{ path: 'k8s/reset-worker.yaml', from: null, before, after: null }], TOOLS);
    assert.deepEqual(
      leaves.map(({ severity }) => severity),
      ['high'],
    );
  });

  it('a target of a Makefile that deletes: keeps its severity when another target runs it, unless that one deletes too', async () => {
    const makefile = (first: string): string => `.PHONY: destroy-db\n${first}\n\ndestroy-db:\n\tdropdb production\n`;
    assert.deepEqual(await severities('Makefile', makefile('build: tools')), ['low']);
    assert.deepEqual(await severities('Makefile', makefile('teardown: destroy-db')), ['low']);
    assert.deepEqual(await severities('Makefile', makefile('deploy: destroy-db migrate')), ['critical']);
    assert.deepEqual(await severities('Makefile', makefile('deploy:\n\t$(MAKE) destroy-db')), ['critical']);
  });

  it('a target of a Makefile: is judged in a moment when its name repeats what deletes', async () => {
    const began = Date.now();
    await severities('Makefile', `destroy${'-a'.repeat(26)} b: x\n\trm -rf /home\n`);
    await severities('Makefile', `${'destroy-'.repeat(9000)} b: x\n\trm -rf /home\n`);
    assert.ok(Date.now() - began < 2000);
  });

  it('a target of a Makefile: is low when its name says that it deletes', async () => {
    const target = (name: string): string => `.PHONY: ${name}\n${name}: tools\n\tset -a\n\thelm uninstall shop\n`;
    assert.deepEqual(await severities('charts/Makefile', target('helm-delete')), ['low']);
    assert.deepEqual(await severities('charts/Makefile', target('deploy')), ['high']);
  });

  it('the assignment of a role and a key of SSH: are low where a script deletes them to make them again', async () => {
    const deletes = 'az role assignment delete --assignee $ID --scope $SCOPE\n';
    assert.deepEqual(await severities('ops/setup.sh', deletes), ['low']);
    const key = 'rm -f /home/builder/.ssh/id_rsa\n';
    const makes = 'ssh-keygen -t rsa -f /home/builder/.ssh/id_rsa -N ""\n';
    assert.deepEqual(await severities('ops/setup.sh', `${key}${makes}`), ['low']);
    assert.deepEqual(await severities('ops/setup.sh', `${makes}${key}`), ['high']);
  });

  it('a database of tests: is low when a test drops it, and medium when it is another one', async () => {
    assert.deepEqual(await severities('test/create.sh', 'mysql -e "drop database if exists shop_test"\n'), ['low']);
    assert.deepEqual(await severities('test/create.sh', 'mysql -e "drop database if exists shop"\n'), ['medium']);
  });

  it('an index: is low when it is built while writes wait', async () => {
    const index = 'CREATE INDEX orders_by_day ON orders (day);\n';
    const all = await findInChanges(
      [{ path: 'db/migrations/2.sql', from: null, before: null, after: index }],
      TOOLS,
      analyzersFor(['availability']),
    );
    assert.deepEqual(
      all.map(({ severity }) => severity),
      ['low'],
    );
  });

  it('a view: is low when it is dropped', async () => {
    assert.deepEqual(await severities('db/migrations/2.sql', 'DROP VIEW sales;\n'), ['low']);
  });

  it('what holds no data: is low when it leaves an environment before production', async () => {
    const leaves = async (path: string, type: string): Promise<readonly string[]> =>
      (
        await findInChanges(
          [{ path, from: null, before: `locals {}\nresource "${type}" "a" {\n}\n`, after: 'locals {}\n' }],
          TOOLS,
        )
      ).map(({ severity }) => severity);
    assert.deepEqual(await leaves('envs/staging/main.tf', 'aws_ecs_cluster'), ['low']);
    assert.deepEqual(await leaves('envs/live/main.tf', 'aws_ecs_cluster'), ['medium']);
    assert.deepEqual(await leaves('dev-tools/main.tf', 'aws_ecs_cluster'), ['medium']);
    assert.deepEqual(await leaves('envs/staging/main.tf', 'aws_db_instance'), ['critical']);
  });

  it('a statement of a policy: no finding when another one allowed as much before, and found when it allows more', async () => {
    const policy = (resource: string, condition = ''): string =>
      `Resources:\n  Role:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action: ["lambda:*"]\n            Resource: "arn:aws:lambda:eu-west-1:1:function:${resource}"\n${condition}`;
    const condition = '            Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } }\n';
    const after = async (before: string, text: string): Promise<number> =>
      (await findInChanges([{ path: 'stack.yaml', from: null, before, after: text }], TOOLS)).length;
    assert.equal(await after(policy('*'), policy('shop-*')), 0);
    assert.equal(await after(policy('shop-*'), policy('*')), 1);
    assert.equal(await after(policy('*', condition), policy('shop-*')), 1);
  });

  it('a bucket that everybody reads: one finding when its block and its policy open it', async () => {
    const block =
      'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n  block_public_policy = false\n}\n';
    const policy =
      'data "aws_iam_policy_document" "b" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["${aws_s3_bucket.b.arn}/*"]\n    principals {\n      type = "*"\n      identifiers = ["*"]\n    }\n  }\n}\n';
    assert.deepEqual(await severities('main.tf', block), ['high']);
    assert.deepEqual(await severities('main.tf', `${block}${policy}`), ['critical']);
    const byUse = policy.replace('${aws_s3_bucket.b.arn}', 'arn:aws:s3:::b');
    const use =
      'resource "aws_s3_bucket_policy" "b" {\n  bucket = aws_s3_bucket.b.id\n  policy = data.aws_iam_policy_document.b.json\n}\n';
    assert.deepEqual(await severities('main.tf', `${block}${byUse}${use}`), ['critical']);
    const ofWeb = `${byUse}${use}`.replaceAll('bucket.b.id', 'bucket.b-web.id');
    assert.deepEqual(await severities('main.tf', `${block}${ofWeb}`), ['high', 'critical']);
  });

  it('a finalizer that protects: is found when none is left, and not when it gets the name of another domain', async () => {
    const guarded = (finalizers: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  finalizers: [${finalizers}]\n`;
    const after = async (finalizers: string): Promise<number> =>
      (
        await findInChanges(
          [{ path: 'a.yaml', from: null, before: guarded('a.io/rate-protection'), after: guarded(finalizers) }],
          TOOLS,
        )
      ).length;
    assert.equal(await after('b.io/rate-protection'), 0);
    assert.equal(await after('b.io/rate'), 1);
  });

  it('a Secret that holds a file of settings: is found when a line of it is secret', async () => {
    const secret = (line: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  data.yaml: |\n    apiVersion: 1\n    url: http://metrics.local/select\n    ${line}\n`;
    assert.deepEqual(await severities('a.yaml', secret('type: graph')), []);
    assert.deepEqual(await severities('a.yaml', secret('password: x9-Jk2-Qp7')), ['high']);
  });

  it('a Secret of several lines: is found when its key names no file of settings, or names what is secret', async () => {
    const secret = (key: string, lines: readonly string[]): string =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  ${key}: |\n${lines.map((line) => `    ${line}\n`).join('')}`;
    for (const [key, ...lines] of [
      ['.netrc', 'machine git.acme.io', 'login ci', 'password Hg7sd8fKq2'],
      ['.pgpass', 'db1.acme.io:5432:shop:app:Hg7sd8fKq2', 'db2.acme.io:5432:shop:app:Zg7sd8fKq9'],
      ['unseal-keys', 'k3Jd8sKq2Lm9', 'Zq8Wm2Xc7Vb1'],
      ['unseal-keys.yaml', '- k3Jd8sKq2Lm9', '- Zq8Wm2Xc7Vb1'],
      ['tokens.csv', '31ada4fd-adec-460c,admin,1,"system:masters"', '41ada4fd-adec-460c,dev,2'],
      ['users', 'admin:Hg7sd8fKq2', 'root:Zq8Wm2Xc7Vb1'],
    ] as const)
      assert.deepEqual(await severities('k8s/a.yaml', secret(key, lines)), ['high'], key);
  });

  it('a cell of a notebook: is found when it holds the password, and not when it names a constant', async () => {
    const cell = (value: string): string =>
      `{"cells": [{"source": [\n    "        password=${value},\\n",\n    "x"\n]}]}\n`;
    assert.deepEqual(await severities('a.ipynb', cell('PG_PASSWORD')), []);
    assert.equal((await severities('a.ipynb', cell('x9Jk2Qp7Lm4'))).length, 1);
  });

  it('a script of a package: is found when it no longer runs its tests, unless their program runs there itself', async () => {
    const script = (command: string): string => `{\n  "scripts": {\n    "test": "${command}"\n  }\n}\n`;
    const after = async (command: string, before = 'heft test && npm run build'): Promise<number> =>
      (
        await findInChanges(
          [{ path: 'package.json', from: null, before: script(before), after: script(command) }],
          TOOLS,
          analyzersFor(['checks']),
        )
      ).length;
    assert.equal(await after('vitest run'), 0);
    assert.equal(await after('npm run build'), 1);
    assert.equal(await after('vitest run', 'npm run test:e2e && vitest run'), 1);
  });

  it('a script of SQL that makes the table again: is found when its name sets nothing up', async () => {
    const again = `${drop}CREATE TABLE orders (id int);\n`;
    assert.deepEqual(await severities('ops/refresh.sql', again), ['critical']);
    assert.deepEqual(await severities('db/setup.sql', again), []);
  });

  it('the volumes of a stack: keep their severity when a script removes them, and are low in a developer file', async () => {
    assert.deepEqual(await severities('scripts/deploy.sh', 'docker compose down -v\n'), ['high']);
    assert.deepEqual(await severities('scripts/dev.sh', 'docker compose down -v\n'), ['low']);
  });

  it('a repository of Gradle: is found when it stands in one line', async () => {
    assert.equal(
      (await severities('build.gradle', 'repositories { maven { url "https://evil.example/repo" } }\n')).length,
      1,
    );
  });

  it('a job that has run: is low when a script deletes it, and its namespace is not', async () => {
    assert.deepEqual(await severities('Makefile', 'release:\n\tkubectl delete job migrate\n'), ['low']);
    assert.deepEqual(await severities('Makefile', 'release:\n\tkubectl delete namespace shop\n'), ['critical']);
  });

  it('a parameter of Terraform: is critical when it leaves, and less when the configuration knows its value', async () => {
    const severityOf = async (type: string, name: string, value: string): Promise<readonly string[]> =>
      (
        await findInChanges(
          [
            {
              path: 'main.tf',
              from: null,
              before: `locals {}\nresource "${type}" "${name}" {\n  value = ${value}\n}\n`,
              after: 'locals {}\n',
            },
          ],
          TOOLS,
        )
      ).map(({ severity }) => severity);
    assert.deepEqual(await severityOf('aws_ssm_parameter', 'key', '"to be replaced by hand"'), ['critical']);
    assert.deepEqual(await severityOf('aws_ssm_parameter', 'key', 'var.key'), ['critical']);
    assert.deepEqual(await severityOf('aws_ssm_parameter', 'port', '"5432"'), ['medium']);
    assert.deepEqual(await severityOf('aws_ssm_parameter', 'url', 'aws_db_instance.main.endpoint'), ['low']);
    assert.deepEqual(await severityOf('aws_s3_bucket', 'reports', '1'), ['critical']);
    assert.deepEqual(await severityOf('aws_s3_bucket', 'test-reports', '1'), ['low']);
  });

  it('a role and a function of CloudFormation: are low when only its name forces another one', async () => {
    const template = (type: string, key: string, name: string): string =>
      `Resources:\n  It: { Type: "${type}", Properties: { ${key}: ${name} } }\n`;
    const severityOf = async (type: string, key: string): Promise<readonly string[]> =>
      (
        await findInChanges(
          [{ path: 'stack.yaml', from: null, before: template(type, key, 'a'), after: template(type, key, 'b') }],
          TOOLS,
        )
      ).map(({ severity }) => severity);
    assert.deepEqual(await severityOf('AWS::IAM::Role', 'RoleName'), ['low']);
    assert.deepEqual(await severityOf('AWS::Lambda::Function', 'FunctionName'), ['low']);
    assert.deepEqual(await severityOf('AWS::S3::Bucket', 'BucketName'), ['critical']);
  });

  it('what leaves a place where nothing runs for others: is low, and elsewhere is not', async () => {
    const module = (name: string): string => `module "${name}" {\n  source = "./queue"\n}\n`;
    const kept = 'locals {\n  a = 1\n}\n';
    const gone = async (path: string, name: string): Promise<readonly string[]> =>
      (await findInChanges([{ path, from: null, before: module(name) + kept, after: kept }], TOOLS)).map(
        ({ severity }) => severity,
      );
    assert.deepEqual(await gone('infra/main.tf', 'orders_new'), ['medium']);
    assert.deepEqual(await gone('infra/main.tf', 'orders_stage_new'), ['low']);
    assert.deepEqual(await gone('infra/orders-preprod/main.tf', 'orders'), ['low']);
    assert.deepEqual(await gone('infra/app-ci-agents/main.tf', 'orders'), ['low']);
  });

  it('a lint rule that only warned, or a label of development: is low', async () => {
    const rules = (level: string): string => `{ "rules": { "no-console": "${level}" } }\n`;
    const loosened = async (from: string): Promise<readonly string[]> =>
      (
        await findInChanges(
          [{ path: '.eslintrc.json', from: null, before: rules(from), after: rules('off') }],
          TOOLS,
          analyzersFor(['checks']),
        )
      ).map(({ severity }) => severity);
    assert.deepEqual(await loosened('error'), ['medium']);
    assert.deepEqual(await loosened('warn'), ['low']);
    const prune = 'docker volume prune --force --filter label=com.example';
    assert.deepEqual(await severities('ops/tidy.sh', `${prune}.shop\n`), ['medium']);
    assert.deepEqual(await severities('ops/tidy.sh', `${prune}.env=dev\n`), ['low']);
    const every = 'docker volume prune --force --filter label=com.docker.compose.project';
    assert.deepEqual(await severities('ops/tidy.sh', `${every}\n`), ['high']);
    assert.deepEqual(await severities('ops/tidy.sh', `${every}=shop\n`), ['medium']);
  });

  it('a check known only by its refusal: is low when it leaves, and one that asks who is not', async () => {
    const code = (check: string): string =>
      `export function orders(session) {\n${check}  return list(session.id);\n}\n`;
    const left = async (check: string): Promise<readonly string[]> =>
      (await findInChanges([{ path: 'shop/orders.ts', from: null, before: code(check), after: code('') }], TOOLS)).map(
        ({ severity }) => severity,
      );
    assert.deepEqual(await left('  if (!session.ready) {\n    throw new UnauthorizedError();\n  }\n'), ['low']);
    for (const who of ['!isAuthorized(session)', '!session', '!user', 'order.owner !== session.id', 'role !== "admin"'])
      assert.deepEqual(await left(`  if (${who}) {\n    throw new UnauthorizedError();\n  }\n`), ['medium'], who);
  });

  it('a skipped test: is low while one of the same thing in another place is new', async () => {
    const rust = (...names: string[]): string => names.map((name) => `${name}() { assert!(run()); }\n`).join('');
    const skipped = async (after: string): Promise<readonly string[]> =>
      (
        await findInChanges(
          [
            {
              path: 'tests/cluster.rs',
              from: null,
              before: rust('#[test]\nfn make_and_destroy_the_cluster_in_paris'),
              after,
            },
          ],
          TOOLS,
          analyzersFor(['checks']),
        )
      ).map(({ rule, severity }) => `${severity} ${rule}`);
    const ignored = '#[ignore]\n#[test]\nfn make_and_destroy_the_cluster_in_paris';
    assert.deepEqual(await skipped(rust(ignored)), ['medium checks/test-skipped']);
    assert.deepEqual(await skipped(rust(ignored, '#[test]\nfn make_and_destroy_the_cluster_in_warsaw')), [
      'low checks/test-skipped',
    ]);
  });
});
