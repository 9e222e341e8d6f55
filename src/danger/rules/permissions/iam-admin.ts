import { either } from '../../../base/patterns';
import { once } from '../../lazy-value';
import { joinsList, textAt, textsOf, type Pair } from '../../yaml-and-json';
import type { CommandRow, Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'administrator rights for an account, role or user',
  why: 'Anyone who gets these rights can do everything, and give the rights to others.',
  fix: 'Grant the role that covers the task, for a limited time where possible.',
} as const satisfies Rule;

/** The ids of Azure's roles Owner and User Access Administrator. */
const AZURE_OWNER = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/;

/** Whoever is in one of these becomes root in one step. */
const GROUPS_OF_ROOT = /(?:^|,)\s*(?:root|sudo|wheel|admin|docker|lxd|disk)\s*(?:,|$)/;

/** Roles of clouds that may do nearly anything, as the value of `--role`. */
const ADMIN_ROLE =
  /--role[= ](?:roles\/(?:owner|editor|iam\.securityAdmin|resourcemanager\.\w*Admin)|Owner|Contributor|User Access Administrator)(?: |$)/i;

/** What a newcomer, or somebody who has not signed in, may do, as words. */
const ROLE_OF_NEWCOMERS =
  /(?:^|_)(?:auto_assign_(?:org_)?role|default_(?:user_|org_|member_)?role|anonymous_(?:org_)?role|anonymous_auth_role)$/;

/** Lists of those who may do everything in a cluster, a vault or an organisation. */
const SUPER_ADMINS = /* @__PURE__ */ either(
  /(?:^|[^a-z])(?:cluster|super|site|org(?:ani[sz]ation)?|root|vault|system|global|domain|instance|prod\w*|infra|platform)[_-]?(?:admin(?:istrator)?s?|owners)(?:[_-]?(?:users|emails|ids|members|group))?(?:$|[^a-z])/i,
  /(?:^|[_-])(?:super_?users|sudo(?:ers)?)$/i,
);
/** Those of one program. */
const ADMINS = /(?:^|[_-])(?:admin(?:istrator)?s?|owners|maintainers)(?:[_-]?(?:users|emails|ids|members|list))?$/i;
/** What somebody may do, by one word, from little to everything. */
const LEVEL = /(?:^|_)(?:roles?|level|access(?:_level)?|permissions?|privileges?|rights)$/;
const READS = /^(?:read(?:[_-]?only)?|reader|pull|view(?:er)?|guest|none|list|triage)$/i;
const WRITES = /^(?:(?:read[_-]?)?write|writer|push|edit(?:or)?|contributor|manage|read[_-]?write[_-]?delete)$/i;
const DOES_EVERYTHING =
  /^(?:admin(?:istrator)?|owner|super_?user|root|full(?:[_-]?(?:access|control))?|all|cluster-admin|maintain)$/i;

/** Whose who are written behind each other: `BUCKET_VIEWERS="a,b"`. */
const MAY =
  /(?:^|_)(?:viewers|readers|writers|editors|owners|admins?|administrators|members|allowed_(?:users|emails|accounts|groups)|trusted_\w+)$/;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'groups group', under: 'user', after: 'there', only: ({ after }) => textsOf(after).some((text) => GROUPS_OF_ROOT.test(text)), says: 'Task "{it}" puts a user into a group that is as good as root.' },
    { key: 'line', under: 'lineinfile', after: /^(?:PermitRootLogin\s+yes|PermitEmptyPasswords\s+yes)$/i, says: 'Task "{it}" lets root, or users without a password, in by SSH.' },
    { key: 'line content commands', under: 'lineinfile copy blockinfile', after: /NOPASSWD\s*:\s*ALL/, says: 'Task "{it}" lets a user do everything as root without a password.' },
  ],
  azure: [
    { key: 'roleDefinitionId', after: AZURE_OWNER, only: ({ before }) => !AZURE_OWNER.test(before?.text ?? ''), says: '{it} makes its principal owner.' },
  ],
  data: [
    { key: ROLE_OF_NEWCOMERS, before: /^(?!(?:admin|owner|editor|maintainer|write)$)/i, after: /^(?:admin|owner|editor|maintainer|write)$/i, severity: 'medium', says: 'Everybody who comes may change things from now on: {where} is {after}.' },
    { key: /(?:^|_)enable_(?:default_policy|cluster_creator_admin_permissions)$/, existing: true, before: 'not yes', after: 'yes', severity: 'medium', says: 'Every administrator of the account may use and manage it from now on: {where} is on.' },
    { key: MAY, before: 'set', after: 'set', severity: 'medium', only: namesOneMore, says: 'One more may use it from now on: {where} has one more entry.' },
    { key: LEVEL, before: /^[\w-]+$/, after: DOES_EVERYTHING, severity: 'medium', only: ({ before }) => !DOES_EVERYTHING.test(before?.text ?? ''), says: 'Somebody may do everything from now on: {where} was {before}, and is {after}.' },
    { key: LEVEL, before: READS, after: WRITES, severity: 'medium', says: 'Who only read may change things from now on: {where} was {before}, and is {after}.' },
    { key: '[]', under: SUPER_ADMINS, existing: true, before: 'absent', after: 'set', severity: 'medium', together: true, only: joinsList, says: 'One more may do everything from now on: {after} ({where}).' },
    { key: '[]', under: /^(?:users|members|subjects)$/i, of: SUPER_ADMINS, existing: true, before: 'absent', after: 'set', severity: 'medium', together: true, only: joinsList, says: 'One more may do everything from now on: {after} ({where}).' },
    { key: '[]', under: ADMINS, existing: true, before: 'absent', after: 'set', severity: 'low', together: true, only: joinsList, says: 'One more is an administrator from now on: {after} ({where}).' },
  ],
  'kubernetes-update': [
    { key: '[]', of: 'AppProject', under: 'sourceRepos', before: 'absent', after: /^\*$/, severity: 'medium', says: '{it} may deploy from every repository from now on.' },
    { key: '[]', of: 'AppProject', under: 'clusterResourceWhitelist', before: 'absent', after: 'there', severity: 'medium', only: ({ after }) => textAt(after, 'kind') === '*', says: '{it} may change every object of the cluster from now on.' },
    { key: '[]', of: 'AppProject', under: 'destinations', before: 'absent', after: 'there', severity: 'medium', only: ({ after }) => textAt(after, 'namespace') === '*', says: '{it} may deploy to every namespace of {after.server}{after.name} from now on.' },
  ],
  helm: [
    { key: /^clusterAdmin(?:Access|Role)?$/i, after: 'yes', says: 'The release becomes administrator of the cluster ({where}).' },
  ],
}));

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'gcloud', verb: /\badd-iam-policy-binding\b/, line: ADMIN_ROLE, does: 'gives somebody nearly every right' },
  { program: 'gcloud', verb: /\b(?:set-iam-policy|remove-iam-policy-binding)\b/, severity: 'high', does: 'changes who may do what' },
  { program: 'az', verb: 'role assignment create', line: ADMIN_ROLE, does: 'gives somebody nearly every right' },
]);

/** All that a text named, and more. */
function namesOneMore({ before, after }: Pair): boolean {
  const [earlier, later] = [before, after].map((side) =>
    (side?.text ?? '').split(/[,;\s]+/).filter((name) => name !== ''),
  );
  return (
    earlier !== undefined &&
    later !== undefined &&
    earlier.length > 0 &&
    later.length > earlier.length &&
    earlier.every((name) => later.includes(name))
  );
}
