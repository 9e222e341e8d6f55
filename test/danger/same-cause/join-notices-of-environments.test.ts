/** One cause is one finding, for twins of environments, parts of a whole and the same gate in several workflows. */
import assert from 'node:assert/strict';
import { findInChanges, type Change } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const change = (path: string, before: string | null, after: string | null): Change => ({
  path,
  from: null,
  before,
  after,
});
const leaves = (path: string, text: string): Change => change(path, `provider "x" {}\n${text}`, 'provider "x" {}\n');
const found = async (...changes: Change[]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS)).map(
    ({ severity, rule, path, alsoIn = [] }) =>
      `${severity} ${rule} ${path}${alsoIn.map((place) => ` + ${place.path}:${String(place.line)}`).join('')}`,
  );

const guarded = (value: string): string => `resource "aws_db_instance" "main" {\n  deletion_protection = ${value}\n}\n`;
const unguarded = (path: string): Change => change(path, guarded('true'), guarded('false'));

describe('twins of one cause', () => {
  it('an environment and its twin: one finding in production when both do the same', async () => {
    assert.deepEqual(await found(unguarded('infra/staging/main.tf'), unguarded('infra/prod/main.tf')), [
      'high destructive/tf-protection-off infra/prod/main.tf + infra/staging/main.tf:2',
    ]);
  });

  it('two services: one finding when only their names differ', async () => {
    assert.equal((await found(unguarded('infra/orders/main.tf'), unguarded('infra/billing/main.tf'))).length, 1);
  });

  it('variants of one table: one finding when each loses the same column', async () => {
    const drops = 'ALTER TABLE events DROP COLUMN note;\n';
    assert.deepEqual(
      await found(change('sql/clustered/7.sql', null, drops), change('sql/unclustered/7.sql', null, drops)),
      ['critical destructive/sql-drop-column sql/clustered/7.sql + sql/unclustered/7.sql:1'],
    );
  });

  it('a secret: found in each environment when it stands in both', async () => {
    const secret = ['aws_key: AKIA', 'Q3EGRIFZ7XAMPLX4\n'].join('');
    const all = await found(change('config/prod/app.yml', null, secret), change('config/dev/app.yml', null, secret));
    assert.ok(all.length !== 1, all.join('\n'));
  });

  it('a new manifest and its copies: one finding when each binds the same role', async () => {
    const binding = (name: string): string =>
      `kind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: { name: ${name} }\nroleRef: { kind: Role, name: ${name} }\nsubjects: [{ kind: Group, name: "system:authenticated" }]\n`;
    const copies = ['base/rbac.yaml', 'rings/ring-1/base-snapshot/rbac.yaml', 'rings/ring-1/c7-p01/deploy.yaml'];
    assert.deepEqual(await found(...copies.map((path) => change(path, null, binding('viewer')))), [
      'critical permissions/iam-principal base/rbac.yaml + rings/ring-1/base-snapshot/rbac.yaml:5 + rings/ring-1/c7-p01/deploy.yaml:5',
    ]);
    assert.equal(
      (await found(change('a/rbac.yaml', null, binding('viewer')), change('b/rbac.yaml', null, binding('editor'))))
        .length,
      2,
    );
  });

  it('a gate of several workflows: one finding when all of them lose it', async () => {
    const workflow = (job: string, gate: string): string =>
      `on: push\njobs:\n  ${job}:\n${gate}    runs-on: x\n    steps: [{run: make deploy}]\n`;
    const loses = (file: string, job: string): Change =>
      change(`.github/workflows/${file}.yml`, workflow(job, '    environment: production\n'), workflow(job, ''));
    assert.deepEqual(await found(loses('api', 'deploy'), loses('web', 'deploy-web')), [
      'high permissions/ci-gate .github/workflows/api.yml + .github/workflows/web.yml:4',
    ]);
  });
});

describe('what one file does of one kind', () => {
  it('a pod that runs as root and mounts the host: one finding, which says both', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: b\n      securityContext: { privileged: true }\n  volumes:\n    - name: host\n      hostPath: { path: /sys }\n';
    const all = await findInChanges([change('a.yaml', null, pod)], TOOLS);
    assert.deepEqual(
      all.map(({ rule, alsoIn = [] }) => `${rule} ${String(alsoIn.length)}`),
      ['permissions/k8s-privileged 1'],
    );
    assert.match(all[0]?.message ?? '', / Line \d+: Pod a mounts .*\.$/);
  });

  it('stores of one template: one finding when they leave together', async () => {
    const template = (more: string): string =>
      `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n${more}`;
    const stores = '  Key:\n    Type: AWS::KMS::Key\n  Logs:\n    Type: AWS::Logs::LogGroup\n';
    assert.deepEqual(await found(change('t.yaml', template(stores), template(''))), [
      'critical destructive/cfn-resource-removed t.yaml + t.yaml:7',
    ]);
  });

  it('a model of Prisma and its migration: one finding when the type has another name in the database', async () => {
    const schema = (value: string): string => `enum OrderStatus {\n  open\n${value}  @@map("order_status")\n}\n`;
    const migration =
      'CREATE TYPE "order_status_new" AS ENUM (\'open\');\nALTER TABLE "orders" ALTER COLUMN "status" TYPE "order_status_new" USING ("status"::text::"order_status_new");\n';
    assert.deepEqual(
      await found(
        change('prisma/schema.prisma', schema('  draft\n'), schema('')),
        change('prisma/migrations/2/migration.sql', null, migration),
      ),
      ['high destructive/sql-narrowing prisma/migrations/2/migration.sql'],
    );
  });
});

describe('a whole and its parts', () => {
  it('a machine and its disk: one finding when both leave', async () => {
    assert.deepEqual(
      await found(
        leaves(
          'main.tf',
          `resource "azurerm_managed_disk" "d" {
}
resource "azurerm_virtual_machine_data_disk_attachment" "a" {
  managed_disk_id    = azurerm_managed_disk.d.id
  virtual_machine_id = azurerm_virtual_machine.vm.id
}
resource "azurerm_virtual_machine" "vm" {
}
`,
        ),
      ),
      ['critical destructive/tf-resource-removed main.tf + main.tf:2 + main.tf:4'],
    );
  });

  it('an account and its share: one finding when both are replaced', async () => {
    const both = (name: string): string =>
      `resource "azurerm_storage_account" "a" {\n  name = "${name}"\n}\nresource "azurerm_storage_share" "s" {\n  name = "${name}share"\n  storage_account_name = azurerm_storage_account.a.name\n}\n`;
    assert.deepEqual(await found(change('main.tf', both('one'), both('two'))), [
      'critical destructive/tf-forces-replacement main.tf + main.tf:5',
    ]);
  });

  it('a table and its trigger: one finding when the migration drops both', async () => {
    const drops = 'DROP TRIGGER audit ON orders;\nDROP TABLE orders;\n';
    assert.deepEqual(await found(change('migrations/2.sql', null, drops)), [
      'critical destructive/sql-drop migrations/2.sql',
    ]);
  });

  it('a trigger: a finding of its own when its table stays', async () => {
    const drops = 'DROP TRIGGER audit ON notes;\nDROP TABLE orders;\n';
    assert.equal((await found(change('migrations/2.sql', null, drops))).length, 2);
  });

  it('a bucket: one finding when its block and its list open it', async () => {
    const text =
      'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n  block_public_acls = false\n}\nresource "aws_s3_bucket_acl" "b" {\n  bucket = aws_s3_bucket.b.id\n  acl = "public-read"\n}\n';
    assert.deepEqual(await found(change('main.tf', null, text)), ['high permissions/public-data main.tf + main.tf:7']);
  });
});

describe('what is made from an entry or a module', () => {
  const entries = (type: string, list: string): string =>
    `locals {\n  all = toset([${list}])\n}\nresource "${type}" "x" {\n  for_each = local.all\n}\n`;
  const shorter = (type: string): Change => change('main.tf', entries(type, '"a", "b"'), entries(type, '"a"'));

  it('an entry of for_each: as grave as a bucket when it makes one, none when it makes a role', async () => {
    assert.deepEqual(await found(shorter('aws_s3_bucket')), ['critical destructive/tf-address-changed main.tf']);
    assert.deepEqual(await found(shorter('aws_iam_role')), []);
  });

  it('an entry of for_each: no finding beside the resource of its name when both leave', async () => {
    const both = (list: string, more: string): string =>
      `locals {\n  all = toset([${list}])\n}\nresource "aws_s3_bucket" "x" {\n  for_each = local.all\n}\n${more}`;
    assert.deepEqual(
      await found(
        change(
          'main.tf',
          both('"shop", "old_shop"', 'resource "aws_eks_cluster" "old_shop" {\n}\n'),
          both('"shop"', ''),
        ),
      ),
      ['medium destructive/tf-resource-removed main.tf'],
    );
  });

  it('a zone for private names: holds no data when it leaves', async () => {
    assert.deepEqual(await found(leaves('main.tf', 'resource "azurerm_private_dns_zone" "z" {\n}\n')), [
      'medium destructive/tf-resource-removed main.tf',
    ]);
  });

  const called = (source: string): Change => leaves('main.tf', `module "m" {\n  source = "${source}"\n}\n`);

  it('a module: medium when nobody can read it, low if its address says DNS, grave if its registry says database', async () => {
    assert.deepEqual(await found(called('git::https://example.com/modules/shop.git')), [
      'medium destructive/tf-resource-removed main.tf',
    ]);
    assert.deepEqual(await found(called('git::https://example.com/modules/dns.git')), [
      'low destructive/tf-resource-removed main.tf',
    ]);
    assert.deepEqual(await found(called('terraform-aws-modules/rds/aws')), [
      'critical destructive/tf-resource-removed main.tf',
    ]);
  });
});

describe('files of developers', () => {
  const stack = (mount: string): string => `services:\n  db:\n    image: postgres\n${mount}volumes:\n  db: {}\n`;
  const loses = (path: string): Change =>
    change(path, stack('    volumes: ["db:/var/lib/postgresql/data"]\n'), stack(''));

  it('a stack: low when its name says development, high when nothing does', async () => {
    assert.deepEqual(await found(loses('compose.dev.yml')), ['low destructive/container-volumes compose.dev.yml']);
    assert.deepEqual(await found(loses('.dev/compose.yml')), ['low destructive/container-volumes .dev/compose.yml']);
    assert.deepEqual(await found(loses('compose.yml')), ['high destructive/container-volumes compose.yml']);
  });

  it('a volume: none when another service takes it over', async () => {
    const after =
      'services:\n  db:\n    image: pgbouncer\n  store:\n    image: postgres\n    volumes: ["db:/var/lib/postgresql/data"]\nvolumes:\n  db: {}\n';
    assert.deepEqual(
      await found(change('compose.yml', stack('    volumes: ["db:/var/lib/postgresql/data"]\n'), after)),
      [],
    );
  });
});
