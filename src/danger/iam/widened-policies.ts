/** What a policy that was there before allows more than it did: a condition, or a refusal, that leaves. */
import { factOf, type Sentence } from '../rule-rows/facts-from-sentences';
import { named } from '../yaml-and-json';
import { limits, list, WHOLE_SERVICE, type Judgement, type Placed, type Statement } from './judge-statement';

/** Words that a statement is known by; what was matched by an order would be another one. */
const wordsOf = (placed: readonly Placed[]): readonly string[] => placed.map(({ text }) => text);

/** Everything that a statement says of one side, in words to compare. */
interface Said {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
}

const saidBy = (statement: Statement): Said => ({
  actions: wordsOf(statement.actions.length > 0 ? statement.actions : statement.notActions),
  resources: wordsOf(statement.resources.length > 0 ? statement.resources : statement.notResources),
  principals: wordsOf(statement.principals),
});

/** Whether a pattern of an action covers another: `s3:*` covers `s3:Get*`. */
const covers = (pattern: string, action: string): boolean =>
  pattern.toLowerCase() === action.toLowerCase() ||
  (pattern.endsWith('*') && action.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase()));

const isCovered = (action: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => covers(pattern, action));

/** Whether a statement says of some action and resource of another what it says, or more. */
const isAbout = (said: Said, subject: Said): boolean =>
  subject.actions.some((action) => isCovered(action, said.actions)) &&
  // who may take a role is said without any
  (subject.resources.length === 0 || subject.resources.some((resource) => isCovered(resource, said.resources))) &&
  (subject.principals.length === 0 || subject.principals.some((who) => said.principals.includes(who)));

/** Whether one statement that was there before allowed all of it, to the same, and without a condition. */
export function isWithin(statement: Statement, earlier: readonly Statement[]): boolean {
  const subject = saidBy(statement);
  return earlier.some((policy) => {
    const said = saidBy(policy);
    return (
      policy.allows &&
      policy.conditions.length === 0 &&
      [statement, policy].every(({ notActions, notResources }) => notActions.length + notResources.length === 0) &&
      subject.resources.length > 0 &&
      subject.actions.every((action) => isCovered(action, said.actions)) &&
      subject.resources.every((resource) => isCovered(resource, said.resources)) &&
      subject.principals.length === said.principals.length &&
      subject.principals.every((who) => said.principals.includes(who))
    );
  });
}

/** What only reads is asked of everybody who works with it. */
const READS = /^[\w-]+:(?:Get|List|Describe|Head|BatchGet|Query|Scan|Search|View|Lookup|Check|Test|Validate)/i;
const CONDITION_LEAVES = 'permissions/iam-wildcard (medium): Now allows {what} without the condition {key}.';
const ACCOUNT_ADDED = 'permissions/iam-principal (medium): One more account may use this: {who}.';
const SECRET_ADDED = 'permissions/iam-wildcard (medium): One more secret can be read: {what}.';
const DENIAL_LEAVES = 'permissions/iam-wildcard (medium): No longer refuses {what}.';

/** What takes a store, a key, a record or a guard away for good, or hands out rights, on whatever it is allowed. */
const GRAVE = new RegExp(
  `^(?:${[
    'iam:(?:CreateAccessKey|CreateLoginProfile|CreatePolicyVersion|SetDefaultPolicyVersion|UpdateAssumeRolePolicy|AddUserToGroup|(?:Attach|Put)(?:User|Role|Group)Policy|\\*|(?:Put|Attach|Create|Update)\\*)',
    'kms:(?:ScheduleKeyDeletion|DisableKey|PutKeyPolicy|DeleteImportedKeyMaterial)',
    's3:(?:DeleteObject|DeleteBucket|DeleteBucketPolicy|PutBucketPolicy|PutBucketAcl|PutBucketPublicAccessBlock|BypassGovernanceRetention|Delete\\*)',
    '(?:rds|redshift|docdb|elasticache|memorydb|backup):Delete(?!.*(?:Parameter|Subnet|Security|Option)Group)',
    'dynamodb:(?:DeleteTable|DeleteBackup|Delete\\*)',
    'ec2:(?:TerminateInstances|DeleteVolume|DeleteSnapshot)',
    'elasticfilesystem:Delete(?:FileSystem|\\*)',
    '(?:cloudformation:DeleteStack(?!Instances|Set)|es:(?:ESHttpDelete|Delete)|(?:eks|ecs):Delete(?:Cluster|Service|Nodegroup|\\*))',
    'secretsmanager:(?:DeleteSecret|PutResourcePolicy|Delete\\*)',
    '(?:logs:Delete(?:LogGroup|\\*)|cloudtrail:(?:Delete|Stop)|guardduty:Delete|config:(?:Delete|Stop))',
    '(?:ecr:Delete(?:Repository|\\*)|route53:DeleteHostedZone|organizations:(?:Leave|Remove|Delete|Detach))',
  ].join('|')})`,
  'i',
);
const GRAVE_OF_STORES =
  /^(?:s3|dynamodb|ecr|secretsmanager|backup|elasticfilesystem):(?:\w*Delete|\*|Put\w*(?:Policy|Acl))/i;
const GRAVE_ADDED = 'permissions/iam-wildcard (medium): Now allows {what}.';
/** What everybody who reaches it may take away. */
const DELETES = /^[\w-]+:(?:\w*Delete|Purge|Remove)/i;
const DELETED_BY_ALL = 'permissions/iam-principal: Everybody who reaches it may delete from now on: {what}.';
const EVERY_MARKED =
  'permissions/iam-wildcard (medium): Allows {what} on whatever has a tag from now on, and not only on {where}.';

const EVERY_OF_KIND = 'permissions/iam-wildcard (medium): Allows {what} on {all} from now on, and not only on {where}.';

/** What a resource's own policy lets everybody delete, and did not until now. */
function deletedByAll(before: readonly Statement[], after: readonly Statement[]): readonly Judgement[] {
  const toAll = (statements: readonly Statement[]): readonly Placed[] =>
    statements
      .filter(({ allows, principals }) => allows && principals.some(({ text }) => text === '*'))
      .flatMap(({ actions }) => actions);
  return firstAdded(toAll(before), toAll(after), { pattern: DELETES, says: DELETED_BY_ALL });
}

/** The first such action that no action of before covers. A side that allowed nothing before is judged elsewhere. */
function firstAdded(
  before: readonly Placed[],
  after: readonly Placed[],
  { pattern, says }: { readonly pattern: RegExp; readonly says: Sentence },
): readonly Judgement[] {
  if (before.length === 0) return [];
  const known = wordsOf(before);
  const action = after.find(({ text }) => pattern.test(text) && !isCovered(text, known));
  return action === undefined ? [] : [{ ...factOf(says, { what: list([action]) }), line: action.line }];
}

/** Whatever an account has of a kind: `arn:aws:lambda:eu-west-1:1:function:*`. */
const ALL_OF_KIND = /^arn:[^:]*:(?!s3:|logs:)[\w-]+:[^:]*:[^:]*:(?:[\w-]+[:/])?\*$/;

/** What was allowed on named resources alone, and is allowed on every one that somebody marks, or on all of their kind. */
function onEvery(before: readonly Statement[], after: readonly Statement[]): readonly Judgement[] {
  const allowed = before.filter(({ allows, principals }) => allows && principals.length === 0);
  const isEvery = ({ resources }: Statement): boolean =>
    resources.some(({ text }) => text === '*' || ALL_OF_KIND.test(text));
  for (const statement of after) {
    const { allows, actions, resources, principals } = statement;
    const all = resources.find(({ text }) => ALL_OF_KIND.test(text));
    if (!allows || principals.length > 0 || !isEvery(statement)) continue;
    if (all === undefined && limits(statement).length === 0) continue;
    for (const action of actions) {
      if (READS.test(action.text) || (all === undefined && !DELETES.test(action.text))) continue;
      const about = allowed.filter((former) => isCovered(action.text, wordsOf(former.actions)));
      const [first] = about;
      if (first === undefined || about.some(isEvery)) continue;
      const place = all ?? resources[0] ?? action;
      const words = { what: list([action]), where: list(first.resources), all: list([place]) };
      return [{ ...factOf(all === undefined ? EVERY_MARKED : EVERY_OF_KIND, words), line: place.line }];
    }
  }
  return [];
}

/** The first grave action that no statement allowed before: to whoever has the policy, or to those whom it names. */
function graveAdded(before: readonly Statement[], after: readonly Statement[]): readonly Judgement[] {
  const allowed = (statements: readonly Statement[], areNamed: boolean): readonly Placed[] =>
    statements
      .filter(({ allows, principals }) => allows && principals.length > 0 === areNamed)
      .flatMap(({ actions }) => actions);
  return [
    ...firstAdded(allowed(before, false), allowed(after, false), { pattern: GRAVE, says: GRAVE_ADDED }),
    ...firstAdded(allowed(before, false), allowed(after, false), { pattern: WHOLE_SERVICE, says: GRAVE_ADDED }),
    // who manages a key is named in its policy
    ...firstAdded(allowed(before, true), allowed(after, true), { pattern: GRAVE_OF_STORES, says: GRAVE_ADDED }),
  ].slice(0, 1);
}

/** What a policy without a statement allows: its setting was there, and empty. */
const NOTHING: Statement = {
  allows: true,
  actions: [{ text: 'nothing', line: 1 }],
  notActions: [],
  resources: [],
  notResources: [],
  principals: [],
  conditions: [],
};

/** Judgements about what both sides have; a policy that is new, or leaves as a whole, has its own. */
export function widened(
  before: readonly Statement[],
  after: readonly Statement[],
  hadPolicy = before.length > 0,
): readonly Judgement[] {
  if (before.length === 0 && hadPolicy) return graveAdded([NOTHING], after);
  if (before.length === 0 || after.length === 0) return [];
  const allowed = after.flatMap((statement) =>
    statement.allows ? [{ statement, said: saidBy(statement), saying: sayingOf(statement) }] : [],
  );
  const earlier = new Set(before.map(sayingOf));
  const unlimited = before.filter((old) => old.allows && limits(old).length === 0).map(saidBy);
  const gone = before.flatMap((old): readonly Judgement[] => {
    const subject = saidBy(old);
    if (!old.allows) return refusalGone(old, subject, after);
    const keys = limits(old);
    if (keys.length === 0 || subject.actions.every((action) => READS.test(action))) return [];
    // where one statement still asks for all of it, another may allow something else
    const about = allowed.filter(({ said }) => isAbout(said, subject));
    const free = about.find(
      ({ statement, said, saying }) =>
        // one condition may take another's place
        limits(statement).length < keys.length &&
        keys.some((key) => !asksFor(statement, key)) &&
        said.actions.some((action) => !READS.test(action) && isCovered(action, subject.actions)) &&
        // it stood there before without the condition, too
        !earlier.has(saying) &&
        !unlimited.some((old) => isAbout(old, subject)),
    );
    const key = keys.find((name) => free !== undefined && !asksFor(free.statement, name));
    const line = free?.statement.actions[0]?.line ?? free?.statement.notActions[0]?.line;
    if (free === undefined || key === undefined || line === undefined) return [];
    return [{ ...factOf(CONDITION_LEAVES, { what: list(free.statement.actions), key }), line }];
  });
  if (gone.length > 0) return gone;
  const opened = [...deletedByAll(before, after), ...onEvery(before, after)];
  if (opened.length > 0) return opened;
  const grave = graveAdded(before, after);
  return grave.length > 0 ? grave : grown(before, after);
}

const READS_SECRETS = /^(?:\*|secretsmanager:(?:\*|Get|Batch)|ssm:(?:\*|Get))/i;
const SECRET = /:secretsmanager:.*:secret:|:ssm:.*:parameter\/|\baws_secretsmanager_secret\./;
const WHOLE_ACCOUNT = /^(?:arn:aws[\w-]*:iam::[^:]+:root|\d{12})$/;

/** A statement that was there, and is about one more secret or one more account. */
function grown(before: readonly Statement[], after: readonly Statement[]): readonly Judgement[] {
  const textOf = (words: readonly Placed[]): string =>
    words
      .map(({ text }) => text.toLowerCase())
      .sort()
      .join(' ');
  const formers = new Map(before.filter(({ allows }) => allows).map((old) => [textOf(old.actions), old]));
  return after.flatMap((statement): readonly Judgement[] => {
    const old = statement.allows ? formers.get(textOf(statement.actions)) : undefined;
    if (old === undefined) return [];
    const added = (list: 'resources' | 'principals', pattern: RegExp): Placed | undefined => {
      const known = new Set(old[list].map(({ text }) => text));
      return statement[list].length > old[list].length && old[list].length > 0
        ? statement[list].find(({ text }) => pattern.test(text) && !known.has(text))
        : undefined;
    };
    const account = added('principals', WHOLE_ACCOUNT);
    if (account !== undefined) return [{ ...factOf(ACCOUNT_ADDED, { who: named(account.text) }), line: account.line }];
    const secret = statement.actions.some(({ text }) => READS_SECRETS.test(text))
      ? added('resources', SECRET)
      : undefined;
    return secret === undefined ? [] : [{ ...factOf(SECRET_ADDED, { what: named(secret.text) }), line: secret.line }];
  });
}

/** What a statement says, wherever it stands. */
const sayingOf = (statement: Statement): string =>
  JSON.stringify(statement, (key, value: unknown) => (key === 'line' ? undefined : value));

const asksFor = (statement: Statement, key: string): boolean => {
  const service = key.toLowerCase();
  return statement.conditions.some((condition) => condition.key.toLowerCase() === service);
};

/** A refusal that nothing of the new side repeats, while the policy stays. */
function refusalGone(old: Statement, subject: Said, after: readonly Statement[]): readonly Judgement[] {
  if (old.actions.length === 0) return [];
  const still = after.some(
    (statement) =>
      !statement.allows &&
      (statement.notActions.length > 0 || isAbout({ ...saidBy(statement), principals: subject.principals }, subject)),
  );
  const line = old.actions[0]?.line ?? 1;
  return still ? [] : [{ ...factOf(DENIAL_LEAVES, { what: list(old.actions) }), line, side: 'old' }];
}
