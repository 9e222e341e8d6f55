/** Plans of tools other than Terraform: what they would destroy, and what they can't say. */
import assert from 'node:assert/strict';
import { findInPlan } from '../../../src/danger';

function found(plan: unknown): readonly string[] {
  const answer = findInPlan('plan', typeof plan === 'string' ? plan : JSON.stringify(plan));
  assert.ok('findings' in answer, JSON.stringify(answer));
  return answer.findings.map(
    ({ rule, address, severity }) => `${rule.replace(/^\w+\/(?:tf-)?/, '')} ${address ?? ''} ${severity}`,
  );
}
function wrong(plan: unknown): string {
  const answer = findInPlan('plan', typeof plan === 'string' ? plan : JSON.stringify(plan));
  assert.ok('wrong' in answer, JSON.stringify(answer));
  return answer.wrong;
}

describe("CloudFormation's change sets", () => {
  const set = (resource: object, more: object = {}): object => ({
    Changes: [{ Type: 'Resource', ResourceChange: { LogicalResourceId: 'Orders', ...resource } }],
    Status: 'CREATE_COMPLETE',
    ...more,
  });
  const table = 'AWS::DynamoDB::Table';

  it('a table: destroyed, replaced or kept as the change set says when it is applied', () => {
    assert.deepEqual(found(set({ Action: 'Remove', ResourceType: table, PolicyAction: 'Delete' })), [
      'plan-delete Orders critical',
    ]);
    assert.deepEqual(found(set({ Action: 'Remove', ResourceType: table, PolicyAction: 'Retain' })), []);
    assert.deepEqual(found(set({ Action: 'Modify', ResourceType: table, Replacement: 'True' })), [
      'plan-replace Orders critical',
    ]);
    assert.deepEqual(found(set({ Action: 'Modify', ResourceType: table, Replacement: 'False' })), []);
    assert.deepEqual(found(set({ Action: 'Add', ResourceType: table })), []);
  });

  it('a conditional replacement: said to be unknown when the service decides later', () => {
    assert.deepEqual(found(set({ Action: 'Modify', ResourceType: table, Replacement: 'Conditional' })), [
      'plan-replace Orders high',
    ]);
  });

  it('a change set: refused when pages are missing or it has failed', () => {
    assert.match(wrong(set({ Action: 'Add', ResourceType: table }, { NextToken: 'x' })), /more pages/);
    assert.match(wrong(set({ Action: 'Add', ResourceType: table }, { Status: 'FAILED' })), /has failed/);
  });
});

describe("Pulumi's previews", () => {
  const step = (op: string, type: string, old: object = { custom: true }): object => ({
    op,
    urn: `urn:pulumi:prod::shop::acme:index:Store$${type}::orders`,
    oldState: old,
  });

  it('a database: destroyed or replaced when a step says so', () => {
    assert.deepEqual(found({ steps: [step('delete', 'aws:rds/instance:Instance')] }), ['plan-delete orders critical']);
    const replacing = ['create-replacement', 'replace', 'delete-replaced'];
    assert.deepEqual(found({ steps: replacing.map((op) => step(op, 'aws:rds/instance:Instance')) }), [
      'plan-replace orders critical',
    ]);
    assert.deepEqual(found({ steps: [step('delete', 'aws:iam/rolePolicy:RolePolicy')] }), [
      'plan-delete orders medium',
    ]);
  });

  it('a resource: none when it is kept, updated or only a component', () => {
    const bucket = 'aws:s3/bucket:Bucket';
    assert.deepEqual(found({ steps: [step('delete', bucket, { custom: true, retainOnDelete: true })] }), []);
    assert.deepEqual(found({ steps: [step('update', bucket), step('same', bucket)] }), []);
    assert.deepEqual(found({ steps: [step('delete', 'acme:index:Storage', { custom: false })] }), []);
  });

  it('events: read when there is one on each line', () => {
    const event = { resourcePreEvent: { metadata: step('delete', 'gcp:sql/databaseInstance:DatabaseInstance') } };
    assert.deepEqual(found(`${JSON.stringify({ preludeEvent: {} })}\n${JSON.stringify(event)}\n`), [
      'plan-delete orders critical',
    ]);
  });

  it('a preview: refused when it ended with an error', () => {
    assert.match(wrong({ steps: [], diagnostics: [{ severity: 'error', message: 'x' }] }), /with an error/);
  });
});

describe("Azure's what-if", () => {
  const id = '/subscriptions/1/resourceGroups/shop/providers/Microsoft.Sql/servers/a/databases/orders';

  it('a database: destroyed when a complete deployment would delete it', () => {
    assert.deepEqual(found({ status: 'Succeeded', changes: [{ resourceId: id, changeType: 'Delete' }] }), [
      'plan-delete orders critical',
    ]);
    assert.deepEqual(found({ status: 'Succeeded', changes: [{ resourceId: id, changeType: 'Ignore' }] }), []);
    assert.deepEqual(found({ status: 'Succeeded', changes: [{ resourceId: id, changeType: 'Unsupported' }] }), [
      'plan-replace orders high',
    ]);
  });

  it('its text: read when people saved what the terminal showed', () => {
    const text =
      'Resource and property changes are indicated with these symbols:\n  - Delete\n  ~ Modify\n\nScope: /x\n\n  - Microsoft.Storage/storageAccounts/media [2023-01-01]\n  ~ Microsoft.Web/sites/shop [2022-03-01]\n    - properties.x: 1\n';
    assert.deepEqual(found(text), ['plan-delete media critical']);
  });

  it('a what-if: refused when it has not succeeded', () => {
    assert.match(wrong({ status: 'Failed', changes: [] }), /not succeeded/);
  });
});

describe('diffs of programs', () => {
  it('cdk diff: names what is destroyed and replaced when it says so', () => {
    const text = `Stack Shop
Resources
\u001b[31m[-]\u001b[39m AWS::DynamoDB::Table Orders Orders5F3 destroy
[-] AWS::S3::Bucket Media MediaF6 orphan
[~] AWS::RDS::DBInstance Db DbA1 replace
 └─ [~] Engine (requires replacement)
[~] AWS::SQS::Queue Jobs JobsB2 may be replaced
[+] AWS::SNS::Topic News NewsC3
`;
    assert.deepEqual(found(text), [
      'plan-delete Orders critical',
      'plan-replace Db critical',
      'plan-replace Jobs high',
    ]);
    assert.deepEqual(found('Stack Shop\nThere were no differences\n'), []);
  });

  it('kubectl diff: names what --prune would remove and what runs no longer', () => {
    const head = (name: string): string => `diff -u -N /tmp/LIVE-1/${name} /tmp/MERGED-2/${name}\n`;
    const text = `${head('v1.PersistentVolumeClaim.default.data')}--- a\n+++ b\n@@ -1,3 +0,0 @@\n-apiVersion: v1\n-kind: PersistentVolumeClaim\n${head('apps.v1.Deployment.default.web')}--- a\n+++ b\n@@ -9,5 +9,5 @@\n spec:\n-  replicas: 3\n+  replicas: 0\n${head('v1.ConfigMap.default.x')}@@ -1,3 +0,0 @@\n`;
    assert.deepEqual(found(text), [
      'plan-delete PersistentVolumeClaim data critical',
      'plan-delete Deployment web medium',
    ]);
  });

  it('helm diff: names what is removed, and judges what is changed', () => {
    const text = `default, data, PersistentVolumeClaim (v1) has been removed:
- # Source: shop/templates/pvc.yaml
- kind: PersistentVolumeClaim
default, kept, PersistentVolumeClaim (v1) has been removed:
- metadata:
-   annotations:
-     helm.sh/resource-policy: keep
default, db, StatefulSet (apps) has changed:
  apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: db
  spec:
-   serviceName: db
+   serviceName: database
`;
    assert.deepEqual(found(text), [
      'plan-delete PersistentVolumeClaim data critical',
      'k8s-immutable StatefulSet db medium',
    ]);
    const list = [{ api: 'v1', kind: 'PersistentVolumeClaim', namespace: 'default', name: 'data', change: 'REMOVE' }];
    assert.deepEqual(found(list), ['plan-delete PersistentVolumeClaim data critical']);
  });

  it('other text: refused, whatever it looks like', () => {
    for (const text of [
      '',
      'Stack overflow\n',
      '- a/b\n  - c/d\n',
      'diff -u a b\n',
      '[]',
      '{"changes": [1]}',
      '{"steps": 1}',
      '{"Changes": [1]}',
      '{"steps": [{}]}',
    ])
      assert.notEqual(wrong(text), '');
  });

  it('a name: cannot put control characters into a message when it holds them', () => {
    const answer = findInPlan(
      'plan',
      JSON.stringify({
        Changes: [
          {
            ResourceChange: {
              Action: 'Remove',
              LogicalResourceId: 'a\n\u001b[31mfine\u202e',
              ResourceType: 'AWS::S3::Bucket',
            },
          },
        ],
      }),
    );
    assert.ok('findings' in answer && answer.findings.length === 1);
    for (const { message, address } of answer.findings) assert.doesNotMatch(`${message}${address ?? ''}`, /\p{C}/u);
  });
});
