/** Plans of the clouds' own tools and of Pulumi, as JSON. */
import { anyOf } from '../../base/patterns';
import { holdsData as holdsDataInCloudFormation } from '../analyzers/cloudformation/resource-types-and-replacing-properties';
import type { Noticed } from '../types';
import { destroyed, isFields, replaced, textIn, unsure, type Fields, type ReadPlan } from './plan-results-and-notices';

/** Types that hold data, in the spelling of Pulumi's providers and of Azure. */
const STORES = anyOf(
  String.raw`
  rds dynamodb s3 efs fsx docdb neptune redshift elasticache opensearch elasticsearch kinesis kms secretsmanager sql
  bigquery spanner firestore storage cosmosdb documentdb dbfor\w+ keyvault database bucket volume disk
  persistentvolume\w* kubernetes:core/v1:namespace statefulset postgresql mysql cache/redis recoveryservices
  managedclusters virtualmachines$ eventhub servicebus sqs ecr containerregistry artifactregistry
  `,
  { before: '(?:', after: ')', flags: 'i' },
);
/** And what only says who may use them, or connects. */
const BESIDE = anyOf(
  String.raw`
  policy policies attachment association subnetgroup parametergroup accessblock ownershipcontrols notification
  rolebinding roleassignments? grant iam\w* acl permission firewallrules? virtualnetworkrules? diagnosticsettings
  privateendpoint\w* networkprofile extension
  `,
  { before: '(?:', after: ')s?$', flags: 'i' },
);
const holdsData = (type: string): boolean => STORES.test(type) && !BESIDE.test(type);

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? (value as readonly unknown[]).filter(isFields) : [];
/** A list of objects and nothing else: in any other there may be what nobody read. */
const isListOf = (value: unknown, fits: (one: Fields) => boolean = () => true): boolean =>
  Array.isArray(value) && (value as readonly unknown[]).every((one) => isFields(one) && fits(one));
const wrong = (text: string): ReadPlan => ({ kind: 'not-a-plan', wrong: text });

/** What `aws cloudformation describe-change-set` prints, once or as a list of them. */
export function readChangeSets(json: unknown): ReadPlan | undefined {
  const sets = Array.isArray(json) ? listOf(json) : isFields(json) ? [json] : [];
  if (sets.length === 0 || !sets.every((one) => isListOf(one['Changes']))) return undefined;
  const noticed: Noticed[] = [];
  for (const set of sets) {
    if (textIn(set, 'NextToken') !== '')
      return wrong('The change set has more pages ("NextToken"): read all of them into one list.');
    if (textIn(set, 'Status') === 'FAILED' && !/didn't contain changes|No updates/i.test(textIn(set, 'StatusReason')))
      return wrong(`The change set has failed, so it says nothing about what would change.`);
    for (const change of listOf(set['Changes'])) {
      const resource = change['ResourceChange'];
      if (!isFields(resource)) continue;
      noticed.push(...resourceChange(resource));
    }
  }
  return { noticed };
}

function resourceChange(resource: Fields): readonly Noticed[] {
  const [type, action, policy] = [
    textIn(resource, 'ResourceType'),
    textIn(resource, 'Action'),
    textIn(resource, 'PolicyAction'),
  ];
  const planned = { address: textIn(resource, 'LogicalResourceId'), data: holdsDataInCloudFormation(type) };
  const isKept = /Retain/.test(policy);
  if (action === 'Remove') return isKept ? [] : [destroyed(copied(planned, policy))];
  if (action === 'Dynamic') return [unsure(planned, 'what happens to')];
  if (action !== 'Modify') return [];
  const because = listOf(resource['Details']).flatMap(({ Target: target }) =>
    isFields(target) && /^(?:Always|Conditionally)$/.test(textIn(target, 'RequiresRecreation'))
      ? [textIn(target, 'Name')]
      : [],
  );
  const names = [...new Set(because)].filter((name) => name !== '').slice(0, 3);
  const why = names.length === 0 ? {} : { why: `${names.join(', ')} cannot be changed in place` };
  const replacement = textIn(resource, 'Replacement');
  if (/^true$/i.test(replacement)) return isKept ? [] : [replaced({ ...copied(planned, policy), ...why })];
  if (replacement === 'Conditional') return [unsure(planned, 'whether it replaces')];
  // its own changes are in a change set of its own
  return type === 'AWS::CloudFormation::Stack' && textIn(resource, 'ChangeSetId') === ''
    ? [unsure({ ...planned, data: false }, 'what happens inside')]
    : [];
}

/** A last snapshot is made. */
const copied = <One extends object>(planned: One, policy: string): One & { readonly why?: string } =>
  /Snapshot/.test(policy) ? { ...planned, why: 'a last snapshot is made' } : planned;

/** What `pulumi preview --json` prints: one value with its steps, or events, one a line. */
export function readPreview(json: unknown): ReadPlan | undefined {
  const events = Array.isArray(json) ? listOf(json) : [];
  const isPreview =
    isFields(json) && isListOf(json['steps'], (one) => textIn(one, 'op') !== '' && textIn(one, 'urn') !== '');
  const areEvents = events.some((one) => isFields(one['resourcePreEvent']) || isFields(one['preludeEvent']));
  if (!isPreview && !areEvents) return undefined;
  const steps = isPreview
    ? listOf(json['steps'])
    : events.flatMap(({ resourcePreEvent: event }) => {
        const metadata = isFields(event) ? event['metadata'] : undefined;
        return isFields(metadata) ? [{ ...metadata, oldState: metadata['old'], newState: metadata['new'] }] : [];
      });
  const messages = isPreview
    ? listOf(json['diagnostics'])
    : events.flatMap(({ diagnosticEvent: event }) => (isFields(event) ? [event] : []));
  if (messages.some((one) => textIn(one, 'severity') === 'error'))
    return wrong('The preview ended with an error, so it does not say everything that would change.');
  if (isPreview && steps.length === 0 && isFields(json['changeSummary']) && counts(json['changeSummary']))
    return wrong('The preview counts deletions and does not list them ("steps" is empty).');
  return { noticed: steps.flatMap(step) };
}

const counts = (summary: Fields): boolean =>
  ['delete', 'replace', 'delete-replaced'].some((op) => typeof summary[op] === 'number' && summary[op] > 0);

function step(entry: Fields): readonly Noticed[] {
  const urn = textIn(entry, 'urn');
  const oldState = isFields(entry['oldState']) ? entry['oldState'] : {};
  const [, , types = '', name = urn] = /^urn:pulumi:([^:]*)::[^:]*::(.*)::(.*)$/s.exec(urn) ?? [];
  const type = types.split('$').at(-1) ?? '';
  // a component has nothing of its own
  if (oldState['custom'] === false || oldState['retainOnDelete'] === true || type.startsWith('pulumi:')) return [];
  const planned = { address: name, data: holdsData(type) };
  switch (textIn(entry, 'op')) {
    case 'delete':
      return [destroyed(planned)];
    case 'replace':
    case 'delete-replaced':
    case 'create-replacement': {
      const reasons = Array.isArray(entry['replaceReasons']) ? entry['replaceReasons'] : entry['keys'];
      const names = Array.isArray(reasons) ? reasons.filter((key) => typeof key === 'string').slice(0, 3) : [];
      return textIn(entry, 'op') === 'replace'
        ? [
            replaced({
              ...planned,
              ...(names.length === 0 ? {} : { why: `${names.join(', ')} cannot be changed in place` }),
            }),
          ]
        : [];
    }
    default:
      return [];
  }
}

/** What Azure's `what-if` prints with `--no-pretty-print`. */
export function readWhatIf(json: unknown): ReadPlan | undefined {
  if (!isFields(json)) return undefined;
  const inside = isFields(json['properties']) ? json['properties'] : json;
  const changes = inside['changes'];
  if (!isListOf(changes, (one) => textIn(one, 'changeType') !== '' && textIn(one, 'resourceId') !== ''))
    return undefined;
  const status = textIn(json, 'status');
  if (isFields(json['error']) || (status !== '' && !/^succeeded$/i.test(status)))
    return wrong('The what-if has not succeeded, so it says nothing about what would change.');
  return {
    noticed: listOf(changes).flatMap((plannedChange): readonly Noticed[] => {
      const id = textIn(plannedChange, 'resourceId');
      const planned = { address: id.split('/').at(-1) ?? id, data: holdsData(typeInId(id)) };
      const kind = textIn(plannedChange, 'changeType');
      if (/^delete$/i.test(kind)) return [destroyed(planned)];
      return /^unsupported$/i.test(kind) ? [unsure(planned, 'what happens to')] : [];
    }),
  };
}

/** `Microsoft.Sql/servers/databases` of `/subscriptions/…/providers/Microsoft.Sql/servers/a/databases/b`. */
export function typeInId(id: string): string {
  const [space = '', ...rest] = (id.split(/\/providers\//i).at(-1) ?? id).split('/');
  return [space, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}

export { holdsData as holdsDataByWords };
