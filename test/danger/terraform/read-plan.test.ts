import assert from 'node:assert/strict';
import { findInPlan } from '../../../src/danger';
import { typeIn } from '../../../src/danger/terraform/data-holding-types';

const plan = (changes: readonly unknown[], over: object = {}): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.8',
    planned_values: {},
    resource_changes: changes,
    ...over,
  });
const change = (address: string, actions: readonly string[], over: object = {}): unknown => ({
  address,
  mode: 'managed',
  type: typeIn(address),
  change: { actions, before: {}, after: {} },
  ...over,
});

function found(text: string): string[] {
  const answer = findInPlan('tfplan.json', text);
  assert.ok('findings' in answer, 'wrong' in answer ? answer.wrong : '');
  return answer.findings.map(({ rule, address, severity }) => `${rule} ${address ?? ''} ${severity}`);
}

const wrong = (text: string): string => {
  const answer = findInPlan('tfplan.json', text);
  return 'wrong' in answer ? `${answer.kind}: ${answer.wrong}` : JSON.stringify(answer.findings);
};

describe('a Terraform plan', () => {
  it('each resource it destroys or replaces is a finding, with module, index and key', () => {
    const text = plan([
      change('aws_db_instance.main', ['delete']),
      change('module.net["a.b"].aws_subnet.a[0]', ['create', 'delete']),
      change('module.data.aws_s3_bucket.tenant["initech"]', ['delete', 'create']),
      change('null_resource.build', ['delete']),
    ]);
    assert.deepEqual(found(text), [
      'destructive/tf-plan-delete aws_db_instance.main critical',
      'destructive/tf-plan-replace module.net["a.b"].aws_subnet.a[0] medium',
      'destructive/tf-plan-replace module.data.aws_s3_bucket.tenant["initech"] critical',
      'destructive/tf-plan-delete null_resource.build medium',
    ]);
  });

  it('no finding for what is created, read, updated, imported, moved, forgotten or has drifted', () => {
    const text = plan(
      [
        ...['no-op', 'create', 'read', 'update', 'forget'].map((action) =>
          change('aws_db_instance.delete_me', [action]),
        ),
        change('aws_db_instance.new', ['no-op'], { previous_address: 'aws_db_instance.old' }),
      ],
      { resource_drift: [change('aws_db_instance.main', ['delete'])] },
    );
    assert.deepEqual(found(text), []);
    assert.deepEqual(found(plan([{ ...(change('data.aws_ami.a', ['delete']) as object), mode: 'data' }])), []);
  });

  it('findings for a replacement that forgets the old resource, and for an update that drops protection', () => {
    assert.deepEqual(found(plan([change('aws_db_instance.main', ['create', 'forget'])])), [
      'destructive/tf-plan-replace aws_db_instance.main critical',
    ]);
    const update = {
      address: 'aws_db_instance.main',
      mode: 'managed',
      type: 'aws_db_instance',
      change: {
        actions: ['update'],
        before: { deletion_protection: true, skip_final_snapshot: false, backup_retention_period: 7 },
        after: { deletion_protection: false, skip_final_snapshot: true, backup_retention_period: 0 },
      },
    };
    assert.deepEqual(found(plan([update])).sort(), [
      'destructive/tf-no-final-copy aws_db_instance.main high',
      'destructive/tf-protection-off aws_db_instance.main high',
    ]);
  });

  it('a plan of Terraform 0.12 is read, and a plan without changes has no findings', () => {
    assert.deepEqual(found(plan([change('aws_db_instance.main', ['delete', 'create'])], { format_version: '0.1' })), [
      'destructive/tf-plan-replace aws_db_instance.main critical',
    ]);
    assert.deepEqual(found(JSON.stringify({ format_version: '1.2', planned_values: {}, configuration: {} })), []);
  });

  it('a state and other text are refused, each with what is wrong', () => {
    assert.match(wrong('{"format_version":"1.0","values":{}}'), /^state: .*state, not a plan/);
    assert.match(wrong('terraform plan'), /^not-a-plan: .*not JSON/);
    assert.match(wrong('{}'), /format_version/);
    assert.match(wrong('null'), /^not-a-plan/);
    assert.match(wrong('{"format_version":"2.0","resource_changes":[]}'), /format 2\.0 is not known/);
    assert.match(wrong(plan([{ address: 'a.b' }])), /no address or no actions/);
    assert.match(wrong(plan([{ address: 'a.b', change: { actions: 'delete' } }])), /no address or no actions/);
    assert.match(wrong('['.repeat(100_000)), /^not-a-plan/);
  });

  it('an address cannot put control characters into a message', () => {
    const answer = findInPlan(
      'tfplan.json',
      plan([change('aws_db_instance.main["x\n\u001b[31mAll is well\u202e"]', ['delete'])]),
    );
    assert.ok('findings' in answer);
    for (const { message } of answer.findings) assert.doesNotMatch(message, /[\p{C}]/u);
  });
});

describe('typeIn, for a resource address', () => {
  it('finds the type behind modules, keys and indexes', () => {
    assert.equal(typeIn('module.a["x.y"].module.b[0].aws_db_instance.main["k.z"]'), 'aws_db_instance');
    assert.equal(typeIn('aws_s3_bucket.a'), 'aws_s3_bucket');
    assert.equal(typeIn(''), '');
  });
});
