/** Judges a statement of an AWS policy, wherever it comes from. */
import { anyOf } from '../../base/patterns';
import { factOf } from '../rule-rows/facts-from-sentences';
import type { RuleId } from '../rules';
import type { Severity } from '../finding';

const EVERY_RESOURCE = 'permissions/iam-wildcard: Allows {strong} on every resource.';

/** A word of a statement and its line. */
export interface Placed {
  readonly text: string;
  /** 1-based line. */
  readonly line: number;
}

export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly Placed[];
  readonly notActions: readonly Placed[];
  readonly resources: readonly Placed[];
  readonly notResources: readonly Placed[];
  /** Who is meant, in resource and trust policies; empty in those of users and roles. */
  readonly principals: readonly Placed[];
  /** Keys and values of all conditions, such as `aws:SourceArn`. */
  readonly conditions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly Placed[];
  }[];
}

export interface Judgement {
  readonly rule: RuleId;
  readonly line: number;
  readonly message: string;
  /** Only when it differs from the rule's own. */
  readonly severity?: Severity;
  /** The name of the fact. */
  readonly row?: object | string;
  /** `old`: what was removed. */
  readonly side?: 'old';
}

/** All of a service, unless it is harmless to grant in full: it only reads, or only serves the holder of the grant. */
export const WHOLE_SERVICE =
  /^(?!(?:logs|cloudwatch|xray|tag|ssmmessages|ec2messages|health|support|pricing|budgets|trustedadvisor):)[\w-]+:\*$/i;
/** Actions that grant further rights when they are allowed on everything. */
const ESCALATING =
  /^(?:iam:(?:PassRole|CreateAccessKey|Attach\w+Policy|Put\w+Policy|CreatePolicyVersion|SetDefaultPolicyVersion|UpdateAssumeRolePolicy|CreateLoginProfile|UpdateLoginProfile|AddUserToGroup)|sts:AssumeRole)$/i;
/** Conditions that limit who may use a grant to everybody. */
const LIMITING = /* @__PURE__ */ anyOf(
  String.raw`.*:aud
  aws:(?:Source(?:Arn|Account|Ip|Vpce?|OrgID|OrgPaths|Owner)|VpcSourceIp|Principal(?:OrgID|OrgPaths|Arn|Account|Tag.*|IsAWSService)|userid|CalledVia.*|ResourceAccount|ViaAWSService)
  elasticfilesystem:AccessedViaMountTarget kms:(?:CallerAccount|ViaService) lambda:FunctionUrlAuthType
  s3:(?:DataAccessPointAccount|.*Account) sns:Endpoint .*:sub`,
  { flags: 'i' },
);

/** The worst thing about a statement, or nothing. */
export function judge(statement: Statement): readonly Judgement[] {
  const { allows, actions, principals, resources, notActions, notResources } = statement;
  if (!allows) return [];
  const everybody = principals.find(({ text }) => isEverybody(text));
  const found: Judgement[] = [];
  if (everybody !== undefined && !limited(statement)) {
    const trust = actions.some(({ text }) => /^sts:/i.test(text));
    const fact = trust
      ? factOf('permissions/iam-principal: Everybody may take this role: the principal is *.')
      : factOf('permissions/iam-principal: Everybody may use this: the principal is * for {what}.', {
          what: list(actions),
        });
    found.push({ ...fact, line: everybody.line });
  }
  found.push(...subjects(statement));
  if (principals.length > 0) return found; // `*` in a resource policy means that resource
  const [anything] = [
    ...resources.filter(({ text }) => /^(?:\*|arn:\*:\*:\*:\*:\*)$/.test(text)),
    ...(notResources.length > 0 ? notResources : []),
  ];
  const all = actions.find(({ text }) => /^\*(?::\*)?$/.test(text));
  if (all !== undefined) {
    const fact =
      anything === undefined
        ? factOf('permissions/iam-wildcard: Allows every action on {what}.', { what: list(resources) })
        : factOf('permissions/iam-wildcard: Allows every action on every resource.');
    found.push({ ...fact, line: all.line });
  } else if (notActions[0] !== undefined) {
    found.push({
      ...factOf('permissions/iam-wildcard: Allows everything but {what}.', { what: list(notActions) }),
      line: notActions[0].line,
    });
  } else {
    const service = actions.find(({ text }) => WHOLE_SERVICE.test(text));
    const strong = actions.find(({ text }) => ESCALATING.test(text));
    if (service !== undefined)
      found.push({
        ...factOf(
          'permissions/iam-wildcard: Allows every action of {what} on {what2}.',
          { what: service.text.slice(0, -2), what2: list(resources) },
          isNamed(resources) ? 'medium' : undefined,
        ),
        line: service.line,
      });
    else if (strong !== undefined && anything !== undefined && !limited(statement) && !onlyTagged(statement))
      found.push({ ...factOf(EVERY_RESOURCE, { strong: strong.text }), line: anything.line });
    else {
      const writes =
        anything === undefined || limited(statement) || onlyTagged(statement)
          ? undefined
          : actions.find(({ text }) => RISKY.test(text));
      if (writes !== undefined && anything !== undefined)
        found.push({ ...factOf(EVERY_RESOURCE, { strong: writes.text }), line: anything.line });
    }
  }
  return found;
}

/** Actions that reach data or change what others rely on; allowed on everything, they open everything. */
const RISKY = new RegExp(
  `^(?:${[
    's3:(?:Get(?:Object|\\*)|Put|Delete|Restore|Bypass)',
    'dynamodb:(?!Describe|List)',
    'secretsmanager:(?!List|Describe|GetRandom)',
    'kms:(?:Decrypt|ScheduleKeyDeletion|Disable|PutKeyPolicy|CreateGrant)',
    'ssm:(?:GetParameter|PutParameter|SendCommand|StartSession)',
    'lambda:(?:Invoke|Update|DeleteFunction|AddPermission)',
    'sqs:(?:Purge|Delete|Receive|Send)',
    'rds:(?:Delete|Modify)',
    'ec2:(?:Terminate|Delete(?!NetworkInterface|Tags)|Authorize)',
    'iam:(?:Create|Delete|Put|Attach|Update|Add)(?!ServiceLinked)',
    '(?:cloudformation|eks|ecs|elasticache|es|kinesis|backup|glacier):(?:Delete|Update)',
    'route53:Change',
    'cloudtrail:(?:Delete|Stop)',
    'organizations:(?!Describe|List)',
  ].join('|')})`,
  'i',
);

/** One bucket, one table, or what is in it: not all of a kind, and nobody's but their own. */
const isNamed = (resources: readonly Placed[]): boolean =>
  resources.length > 0 && resources.every(({ text }) => !/[*?]/.test(text.replace(/\/\*$/, '')));

const isEverybody = (text: string): boolean => /^(?:\*|arn:aws:iam::\*:root|arn:\*)$/.test(text);

const limited = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ key, values }) => LIMITING.test(key) && values.some(({ text }) => text !== '*' && text !== '0.0.0.0/0'),
  );

/** Every resource, but only those that somebody has marked. */
const onlyTagged = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ key, operator, values }) =>
      /^[\w-]+:(?:Resource|Request)Tag\/./i.test(key) &&
      !/Not|Null/i.test(operator) &&
      values.some(({ text }) => text !== '*'),
  );

/** Trust in other parties' tokens whose subject may be anything. */
function subjects({ conditions, actions, principals }: Statement): readonly Judgement[] {
  if (!actions.some(({ text }) => /^sts:AssumeRoleWithWebIdentity$/i.test(text))) return [];
  const claims = conditions.filter(({ key }) => /:sub$/i.test(key));
  const wide = claims
    .flatMap(({ values }) => values)
    .find(({ text }) => /^(?:\*|repo:[^:*]*\*.*|system:serviceaccount:\*.*|project_path:[^:*]*\*.*)$/.test(text));
  if (wide !== undefined)
    return [
      {
        ...factOf('permissions/iam-principal: Tokens of nearly everybody are trusted: the subject is {what}.', {
          what: wide.text.slice(0, 60),
        }),
        line: wide.line,
      },
    ];
  const provider = principals.find(({ text }) =>
    /oidc-provider\/(?:token\.actions\.githubusercontent\.com|gitlab\.com)/.test(text),
  );
  if (provider !== undefined && claims.length === 0)
    return [
      {
        ...factOf('permissions/iam-principal: Tokens of every repository are trusted: no condition names the subject.'),
        line: provider.line,
      },
    ];
  return [];
}

/** How somebody has signed in, from where, and with what he does something. */
const NARROWS =
  /:(?:Resource|Request|Principal)Tag\/|:(?:MultiFactorAuth\w+|PermissionsBoundary|PassedToService|RequestedRegion)$/i;

/** The keys of the conditions that limit who may use a statement, or what it is about. */
export const limits = ({ conditions }: Statement): readonly string[] =>
  conditions.flatMap(({ key, operator, values }) =>
    (LIMITING.test(key) || NARROWS.test(key)) &&
    !/Null/i.test(operator) &&
    values.some(({ text }) => text !== '*' && text !== '0.0.0.0/0')
      ? [key]
      : [],
  );

/** The first words of a list, for a sentence. */
export function list(words: readonly Placed[]): string {
  const texts = words.map(({ text }) =>
    (text.length > 60 ? `${text.slice(0, 59)}…` : text).replace(/[\s\p{C}]+/gu, ' '),
  );
  if (texts.length === 0) return 'its resources';
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} and others` : texts.join(', ');
}

/** Managed policies that grant administrator rights, by name or ARN. */
export const isAdminPolicy = (text: string): boolean =>
  /(?:^|\/)(?:AdministratorAccess(?:-\w+)?|IAMFullAccess|PowerUserAccess)$/.test(text) &&
  !/AdministratorAccess-(?:Amplify|AWSElasticBeanstalk)$/.test(text);
