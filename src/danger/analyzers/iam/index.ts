/** Policy files: AWS policy documents, Google Cloud policies, Azure role definitions. */
import { factAt } from '../../rule-rows/facts-from-sentences';
import { isAdminPolicy, judgeStatements } from '../../iam';
import {
  compare,
  get,
  itemsOf,
  named,
  readJson,
  same,
  shifted,
  sidesOf,
  textAt,
  textsOf,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Noticed, AnalyzerOfFiles } from '../../types';

export const iam: AnalyzerOfFiles = {
  id: 'iam',
  concerns: ({ path, after }) =>
    /\.(?:json|ya?ml|template)$/i.test(path) &&
    after !== null &&
    /"?\b(?:Statement|iamRoleStatements|statements|bindings|members?|Actions|PublicAccessBlockConfiguration|BlockPublicAcls|PolicyArn|IpPermissions)"?\s*:/.test(
      after,
    ) &&
    !/AWS::|apiVersion/.test(after),
  notice: (change) => {
    const sides = sidesOf(change);
    const found: Noticed[] = [];
    if (sides !== null)
      sides.after.forEach((after, index) => compare(sides.before[index], after, (pair) => found.push(...place(pair))));
    return found;
  },
};

function place(pair: Pair): readonly Noticed[] {
  const { key, before, after, within } = pair;
  if (after === undefined || same(before, after)) return [];
  if (key === 'Statement' || key === 'iamRoleStatements' || (key === 'statements' && pair.path.includes('role')))
    return statements(pair);
  if (key === 'bindings') return bindings(pair);
  if (HOLDS_POLICY.test(after.text ?? '')) return policyInText(before, after);
  if (/^(?:Block|Ignore|Restrict)Public(?:Acls|Policy|Buckets)$/.test(key) && /^false$/i.test(after.text ?? ''))
    return [
      factAt('permissions/public-data: The block against public access is switched off ({key}).', after, { key }),
    ];
  if (key === 'PolicyArn' && isAdminPolicy(after.text ?? ''))
    return [factAt('permissions/iam-admin: Grants {after}.', after, { after: named(after.text ?? '') })];
  if (key === 'Actions' && within?.after?.map?.has('AssignableScopes') === true) {
    const all = itemsOf(after).find(({ text }) => text === '*');
    return all !== undefined && !textsOf(before).includes('*')
      ? [factAt('permissions/iam-wildcard: The role may do everything (Actions: *).', all)]
      : [];
  }
  return [];
}

/** A policy as JSON in a value of YAML, as templates of parameters have it. */
const HOLDS_POLICY = /^\s*\{[^]*"Statement"\s*:/;

function policyInText(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const allowed = statementsIn(after);
  return allowed === undefined ? [] : statements({ before: statementsIn(before), after: allowed });
}

function statementsIn(tree: Tree | undefined): Tree | undefined {
  const policy = readJson(tree?.text ?? '') ?? undefined;
  return tree === undefined || policy === undefined ? undefined : get(shifted(policy, tree.textLine - 1), 'Statement');
}

const statements = (pair: Pick<Pair, 'before' | 'after'>): readonly Noticed[] =>
  judgeStatements(pair).map((judged) => ({ side: 'new', ...judged }));

/** Google Cloud roles that grant administrator rights. */
const OWNER =
  /^roles\/(?:owner|editor|iam\.securityAdmin|resourcemanager\.organizationAdmin|iam\.serviceAccountTokenCreator)$/;

function bindings({ before, after }: Pair): readonly Noticed[] {
  const had = new Set(
    itemsOf(before).flatMap((binding) =>
      textsOf(get(binding, 'members')).map((member) => `${textAt(binding, 'role') ?? ''} ${member}`),
    ),
  );
  return itemsOf(after).flatMap((binding): readonly Noticed[] => {
    const role = get(binding, 'role');
    const added = itemsOf(get(binding, 'members')).filter(({ text }) => !had.has(`${role?.text ?? ''} ${text ?? ''}`));
    const everybody = added.find(({ text }) => /^all(?:Authenticated)?Users$/.test(text ?? ''));
    if (everybody !== undefined)
      return [
        factAt('permissions/iam-principal: Everybody ({everybody}) gets {role}.', everybody, {
          everybody: everybody.text ?? '',
          role: named(role?.text ?? 'a role'),
        }),
      ];
    return role !== undefined && added[0] !== undefined && OWNER.test(role.text ?? '')
      ? [
          factAt(
            'permissions/iam-admin: "{what}" gets {role}.',
            itemsOf(before).some((one) => textAt(one, 'role') === role.text) ? added[0] : role,
            {
              what: named(added[0].text ?? ''),
              role: role.text ?? '',
            },
          ),
        ]
      : [];
  });
}
