/** What lowers a finding, and what does not. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../src/danger';
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
});
