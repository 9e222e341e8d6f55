/** The AWS command line: every service has its own operations, whose names begin with a verb. */
import { takesOf } from '../shell';
import { anyOf, either } from '../../base/patterns';
import { fact } from '../rule-rows/sentences-of-code-rules';
import { doesInCloud } from './describe-losses';
import { isOnThisMachine } from './test-database';
import { has, plain, setTo, values, type Call, type CommandNotice, type Family } from './program-call';
import { DOMAIN_RECORDS } from '../rules/destructive/cloud-delete';
import { SCALED_TO_NOTHING } from '../rules/destructive/cloud-stop';

/** Operations that remove something for good. */
const REMOVES = /* @__PURE__ */ anyOf(
  String.raw`abort-environment cancel clear close decommission delete deregister destroy detach disassociate discard
  dispose empty erase evict expire flush forget leave purge rebuild-environment reject release remove reset
  restore-table-from revoke rollback stop-environment terminate wipe`,
  { before: String.raw`^(?:batch-)?(?:`, after: String.raw`)(?:-|$)` },
);
/** Removals among them that lose nothing of value: messages, tags, drafts, and operations that only end a job. */
const HARMLESS = /* @__PURE__ */ anyOf(
  String.raw`(?:batch-)?(?:delete|remove)-tags?(?:-\w+)* (?:batch-)?delete-message(?:-batch)?
  cancel-(?:query|export-task|job-run|statement|key-deletion|image-launch-permission|resize|change-set|update-stack|rotate-secret|command|query-execution|spot-\w[\w-]*|bundle-task|conversion-task|import-task|upload)
  cancel-contact close-tunnel delete-change-set delete-inbound-\w+ delete-item-preview delete-object-tagging
  delete-query-definition delete-report-group-preview delete-saved-query deregister-stream-consumer
  deregister-task-definition detach-thing-principal disassociate-(?:address|route-table|iam-instance-profile)
  reject-\w[\w-]* release-hosts-preview remove-tags-from-\w+ remove-targets-preview
  reset-(?:db-parameter-group|cluster-parameter-group|cache-parameter-group|user-password) untag-\w+`,
);
const STOPS = /* @__PURE__ */ anyOf(
  String.raw`enter-standby failover-\w[\w-]* force-new-deployment hibernate-\w+ pause-cluster
  reboot-(?:instances?|db-instance|db-cluster|cluster|cache-cluster|node|workspaces)
  stop-(?:instances?|db-instance|db-cluster|cluster|task|workspaces|notebook-instance|application|pipeline-execution|service|stream|ingestion|replication-task|domain)
  suspend-processes`,
);
const AUDIT = /* @__PURE__ */ anyOf(
  String.raw`accessanalyzer\sdelete-analyzer cloudtrail\s(?:stop-logging|delete-\w[\w-]*|put-event-selectors)
  cloudwatch\s(?:delete-alarms|disable-alarm-actions)
  configservice\s(?:stop-configuration-recorder|delete-\w[\w-]*) ec2\sdelete-flow-logs
  guardduty\s(?:delete-\w[\w-]*|disable-\w[\w-]*|disassociate-\w[\w-]*) inspector2\sdisable
  kms\s(?:disable-key(?!-rotation)|schedule-key-deletion|delete-\w[\w-]*|revoke-grant)
  logs\s(?:delete-log-(?:group|stream)|put-retention-policy) macie2\sdisable-\w+
  securityhub\s(?:disable-\w[\w-]*|delete-\w[\w-]*)`,
  { after: String.raw`)\b` },
);
/** Options that remove a protection or the last copy. */
const PROTECTION = /* @__PURE__ */ anyOf(
  String.raw`delete-automated-backups force-delete-without-recovery force-destroy no-deletion-protection(?:-enabled)?
  no-deletion-protection-enabled no-disable-api-termination no-enable-deletion-protection
  no-enable-termination-protection no-multi-az no-retain-stacks no-storage-encrypted no-termination-protected
  no-termination-protection skip-final-(?:cluster-)?snapshot`,
  { before: String.raw`^--(?:` },
);

/** Operations that delete an environment, or make it anew. */
const ENDS_ENVIRONMENT = anyOf(
  `
    abort-environment-update delete-application delete-application-version delete-environment delete-stack
    delete-stack-instances delete-stack-set rebuild-environment rollback-stack terminate-environment
    terminate-provisioned-product
  `,
  { before: '^(?:cloudformation|elasticbeanstalk|opsworks|proton|servicecatalog) (?:' },
);

/** Settings that end backups, versions or a protection. */
const ENDS_BACKUPS = either(
  /--backup-retention-period[= ]0\b|PointInTimeRecoveryEnabled=false|Status=Suspended/i,
  /--no-point-in-time-recovery|"DeletionProtection\w*":\s*false/i,
  /--deletion-mode (?:DISABLED|OFF)|MFADelete=Disabled|--stack-policy-body .*Allow.*Update:\*/i,
  /"Value":\s*false.*api-termination/i,
);

export const aws: Family = (call) => {
  if (isOnThisMachine(values(call, '--endpoint-url')[0], setTo(call, 'AWS_ENDPOINT_URL'))) return undefined;
  const [service = '', operation = '', ...rest] = plain(call, takesOf('aws'));
  const what = `${service} ${operation}`;
  const text = call.args.join(' ');
  const found: CommandNotice[] = [];
  const add = (fact: CommandNotice): void => void found.push(fact);

  if (service === 's3') return s3(call, operation, rest);
  if (AUDIT.test(what) && !(operation === 'put-retention-policy' && !/--retention-in-days[= ](?:1|3|5|7)\b/.test(text)))
    add(fact('destructive/cloud-audit-off: turns off, or deletes, what records or protects this account'));
  else if (ENDS_ENVIRONMENT.test(what))
    add(fact('destructive/stack-delete: deletes an environment with its resources'));
  else if (REMOVES.test(operation) && !HARMLESS.test(operation))
    add(fact('destructive/cloud-delete: {does}', { does: doesInCloud(call) }));
  else if (STOPS.test(operation)) add(fact('destructive/cloud-stop: {does}', { does: doesInCloud(call) }));
  else if (
    /--desired-(?:count|capacity|size)[= ]0\b|--(?:min|max)-(?:size|capacity)[= ]0\b|desired(?:Size|Capacity)=0\b|maxSize=0\b|--reserved-concurrent-executions[= ]0\b|--number-of-nodes[= ]0\b/i.test(
      text,
    ) &&
    /^(?:update|set|put|modify)-/.test(operation)
  )
    add(fact(SCALED_TO_NOTHING));
  if (found.length === 0 && has(call, PROTECTION)) add(fact('destructive/tf-protection-off: takes a protection away'));
  if (found.length === 0 && ENDS_BACKUPS.test(text) && /^(?:update|modify|put|set)-/.test(operation))
    add(fact('destructive/tf-protection-off: turns backups, versions or a protection off'));
  if (found.length === 0 && operation === 'change-resource-record-sets' && /"?Action"?\s*[:=]\s*"?DELETE/i.test(text))
    add(fact(DOMAIN_RECORDS));
  if (
    found.length === 0 &&
    /^(?:batch-write-item|transact-write-items)$/.test(operation) &&
    /DeleteRequest|"Delete"/.test(text)
  )
    add(fact('destructive/cloud-delete: deletes rows of a table'));
  if (found.length === 0 && operation === 'put-bucket-lifecycle-configuration' && /Expiration/.test(text))
    add(fact('destructive/cloud-delete (medium): has objects deleted after a time'));
  if (found.length === 0 && operation === 'execute-statement' && /\bdelete\s+from|\bdrop\s/i.test(text))
    add(fact('destructive/sql-drop: deletes rows or tables'));
  permissions(operation, text, add);
  return found;
};

function s3(call: Call, operation: string, rest: readonly string[]): CommandNotice | undefined {
  const target = rest.find((one) => one.startsWith('s3://')) ?? 'a bucket';
  if (operation === 'rb')
    return fact('destructive/cloud-delete: deletes the bucket {what}', { what: target.slice(0, 60) });
  if (operation === 'rm')
    return {
      ...fact('destructive/cloud-delete: deletes {what}', { what: target.slice(0, 60) }),
      ...(has(call, /^--recursive$/) ? {} : { severity: 'high' as const }),
    };
  if (operation === 'sync' && has(call, /^--delete$/))
    return fact('destructive/cloud-delete (high): deletes from {what} what the source does not have', {
      what: (rest.at(-1) ?? '').slice(0, 60),
    });
  if (operation === 'mv' && has(call, /^--recursive$/) && rest[0]?.startsWith('s3://'))
    return fact('destructive/cloud-delete (medium): moves everything out of {what}', { what: rest[0].slice(0, 60) });
  return values(call, '--acl').some((one) => one.startsWith('public-'))
    ? fact('permissions/public-data: lets everybody read or write what it copies')
    : undefined;
}

function permissions(operation: string, text: string, add: (fact: CommandNotice) => void): void {
  if (
    /--acl[= ]public-|--grant-(?:read|write|full-control)[= ]\S*AllUsers/.test(text) ||
    (operation === 'put-public-access-block' && /=false|:\s*false/i.test(text)) ||
    operation === 'delete-public-access-block' ||
    (/^(?:modify|create)-/.test(operation) && /(?:^|\s)--publicly-accessible(?:\s|$)/.test(text)) ||
    /--auth-type[= ]NONE/.test(text) ||
    (operation.endsWith('-attribute') && /(?:Group=all|--group-names?[= ]all|--values-to-add[= ]all)\b/.test(text))
  )
    add(fact('permissions/public-data: opens data to everybody'));
  else if (
    /^(?:attach|put)-(?:role|user|group)-policy$/.test(operation) &&
    /(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)\b|"Action":\s*\[?\s*"\*"/.test(text)
  )
    add(fact('permissions/iam-admin: gives somebody every right in this account'));
  else if (
    /^(?:put-\w*policy|set-\w*policy|update-assume-role-policy|add-permission|put-bucket-policy|create-policy(?:-version)?|create-role)$/.test(
      operation,
    ) &&
    (/"Principal":\s*(?:"\*"|\{\s*"AWS":\s*\[?\s*"\*")|--principal[= ]['"]?\*/.test(text) ||
      /"Action":\s*\[?\s*"\*"/.test(text))
  )
    add(fact('permissions/iam-principal: lets everybody, or everything, in'));
  else if (
    /^authorize-security-group-(?:in|e)gress$/.test(operation) &&
    /0\.0\.0\.0\/0|::\/0/.test(text) &&
    !/--port[= ](?:80|443)\b/.test(text) &&
    !/egress/.test(operation)
  )
    add(fact('permissions/net-open: opens a port to the world'));
}
