/** The AWS command line: every service has its own operations, whose names begin with a verb. */
import { takesOf } from '../shell';
import { anyOf, either } from '../../base/patterns';
import { isOnThisMachine } from './test-databases-and-emulators';
import { plain, setTo, values, type Call, type Family } from './program-call';
import { byRows } from './match-family-rows';
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

/** By its operation, such as `delete-table`, and where another one is left out. */
const operation =
  (pattern: RegExp, harmless?: RegExp) =>
  (_: Call, [, name = '']: readonly string[]): boolean =>
    pattern.test(name) && harmless?.test(name) !== true;
/** By its service and its operation. */
const does =
  (pattern: RegExp) =>
  (_: Call, [service = '', name = '']: readonly string[]): boolean =>
    pattern.test(`${service} ${name}`);
/** A log that is kept for some days at least is still one. */
const keepsLess = (call: Call, words: readonly string[]): boolean =>
  does(AUDIT)(call, words) &&
  (words[1] !== 'put-retention-policy' || /--retention-in-days[= ](?:1|3|5|7)\b/.test(call.args.join(' ')));

const TO_NOTHING =
  /--desired-(?:count|capacity|size)[= ]0\b|--(?:min|max)-(?:size|capacity)[= ]0\b|desired(?:Size|Capacity)=0\b|maxSize=0\b|--reserved-concurrent-executions[= ]0\b|--number-of-nodes[= ]0\b/i;

// prettier-ignore
const losses = byRows(
  'aws',
  { only: keepsLess, says: 'destructive/cloud-audit-off: turns off, or deletes, what records or protects this account' },
  { only: does(ENDS_ENVIRONMENT), says: 'destructive/stack-delete: deletes an environment with its resources' },
  { only: operation(REMOVES, HARMLESS), says: 'destructive/cloud-delete: {does}' },
  { only: operation(STOPS), says: 'destructive/cloud-stop: {does}' },
  { only: operation(/^(?:update|set|put|modify)-/), line: TO_NOTHING, says: SCALED_TO_NOTHING },
  { with: PROTECTION, says: 'destructive/tf-protection-off: takes a protection away' },
  { only: operation(/^(?:update|modify|put|set)-/), line: ENDS_BACKUPS, says: 'destructive/tf-protection-off: turns backups, versions or a protection off' },
  { verb: '* change-resource-record-sets', line: /"?Action"?\s*[:=]\s*"?DELETE/i, says: DOMAIN_RECORDS },
  { verb: '* batch-write-item, * transact-write-items', line: /DeleteRequest|"Delete"/, says: 'destructive/cloud-delete: deletes rows of a table' },
  { verb: '* put-bucket-lifecycle-configuration', line: /Expiration/, says: 'destructive/cloud-delete (medium): has objects deleted after a time' },
  { verb: '* execute-statement', line: /\bdelete\s+from|\bdrop\s/i, says: 'destructive/sql-drop: deletes rows or tables' },
);

const OPENS_DATA = 'permissions/public-data: opens data to everybody';

// prettier-ignore
const permissions = byRows(
  'aws',
  { line: /--acl[= ]public-|--grant-(?:read|write|full-control)[= ]\S*AllUsers|--auth-type[= ]NONE/, says: OPENS_DATA },
  { verb: '* put-public-access-block', line: /=false|:\s*false/i, says: OPENS_DATA },
  { verb: '* delete-public-access-block', says: OPENS_DATA },
  { only: operation(/^(?:modify|create)-/), line: /(?:^|\s)--publicly-accessible(?:\s|$)/, says: OPENS_DATA },
  { only: operation(/-attribute$/), line: /(?:Group=all|--group-names?[= ]all|--values-to-add[= ]all)\b/, says: OPENS_DATA },
  { only: operation(/^(?:attach|put)-(?:role|user|group)-policy$/), line: /(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)\b|"Action":\s*\[?\s*"\*"/, says: 'permissions/iam-admin: gives somebody every right in this account' },
  { only: operation(/^(?:put-\w*policy|set-\w*policy|update-assume-role-policy|add-permission|put-bucket-policy|create-policy(?:-version)?|create-role)$/), line: /"Principal":\s*(?:"\*"|\{\s*"AWS":\s*\[?\s*"\*")|--principal[= ]['"]?\*|"Action":\s*\[?\s*"\*"/, says: 'permissions/iam-principal: lets everybody, or everything, in' },
  { verb: '* authorize-security-group-ingress', line: /0\.0\.0\.0\/0|::\/0/, not: /--port[= ](?:80|443)\b/, says: 'permissions/net-open: opens a port to the world' },
);

const cut = (what = ''): { readonly what: string } => ({ what: what.slice(0, 60) });
const bucket = (_: Call, [, , ...names]: readonly string[]): { readonly what: string } =>
  cut(names.find((name) => name.startsWith('s3://')) ?? 'a bucket');

// prettier-ignore
const s3 = byRows(
  'aws',
  { verb: 's3 rb', says: 'destructive/cloud-delete: deletes the bucket {what}', words: bucket },
  { verb: 's3 rm', with: /^--recursive$/, says: 'destructive/cloud-delete: deletes {what}', words: bucket },
  { verb: 's3 rm', says: 'destructive/cloud-delete: deletes {what}', words: bucket, severity: 'high' },
  { verb: 's3 sync', with: /^--delete$/, says: 'destructive/cloud-delete (high): deletes from {what} what the source does not have', words: (_, words) => cut(words.slice(2).at(-1)) },
  { verb: 's3 mv s3://*', with: /^--recursive$/, says: 'destructive/cloud-delete (medium): moves everything out of {what}', words: (_, words) => cut(words[2]) },
  { only: (call) => values(call, '--acl').some((name) => name.startsWith('public-')), says: 'permissions/public-data: lets everybody read or write what it copies' },
);

export const aws: Family = (call) => {
  if (isOnThisMachine(values(call, '--endpoint-url')[0], setTo(call, 'AWS_ENDPOINT_URL'))) return undefined;
  const [service] = plain(call, takesOf('aws'));
  return service === 's3' ? s3(call) : [losses(call) ?? [], permissions(call) ?? []].flat();
};
