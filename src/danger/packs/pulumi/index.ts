/** Pulumi programs in YAML. */
import {
  compare,
  entriesOf,
  get,
  gone,
  isNo,
  isYes,
  named,
  on,
  same,
  sidesOf,
  textAt,
  type Pair,
  type Tree,
} from '../../tree';
import type { Noticed, PackOfFiles } from '../../types';

const RULE = 'destructive/cdk-removal-policy';
/** Types that hold data, in any provider's spelling. */
const DATA =
  /(?:rds|dynamodb|s3|efs|fsx|docdb|neptune|redshift|elasticache|opensearch|elasticsearch|kinesis|kms|secretsmanager|sql|bigquery|spanner|firestore|storage|cosmosdb|keyvault|database|bucket|volume|disk|persistentvolumeclaim|postgresql|mysql)/i;

export const pulumi: PackOfFiles = {
  id: 'pulumi',
  concerns: ({ path, before }) =>
    /(?:^|\/)(?:Pulumi|Main)(?:\.[\w-]+)?\.ya?ml$/i.test(path) && /^resources\s*:/m.test(before ?? ''),
  notice: (change) => {
    const sides = sidesOf(change);
    const [before, after] = [get(sides?.before[0], 'resources'), get(sides?.after[0], 'resources')];
    const found: Noticed[] = [];
    for (const [name, old] of entriesOf(before)) {
      const now = get(after, name);
      if (now !== undefined) compare(old, now, (pair) => found.push(...place(pair, name)));
      else if (!isYes(get(old, 'options', 'retainOnDelete')) && !aliased(after, name))
        found.push(...removed(name, old));
    }
    return found;
  },
};

const aliased = (resources: Tree | undefined, name: string): boolean =>
  entriesOf(resources).some(([, one]) =>
    JSON.stringify(
      [...(get(one, 'options', 'aliases')?.list ?? [])].map(({ text, map }) => text ?? map?.get('name')?.text),
    ).includes(`"${name}"`),
  );

function removed(name: string, old: Tree): readonly Noticed[] {
  const type = textAt(old, 'type') ?? '';
  const data = DATA.test(type);
  return [
    gone(
      'destructive/tf-resource-removed',
      old,
      `Resource ${named(name)} (${named(type)}) leaves the program: it is deleted${data ? ', with its data' : ''}.`,
      data ? 'critical' : 'medium',
    ),
  ];
}

function place({ key, before, after }: Pair, name: string): readonly Noticed[] {
  if (same(before, after)) return [];
  const label = `Resource ${named(name)}`;
  const off = isYes(before) && !isYes(after);
  const spot = (message: string): readonly Noticed[] =>
    after !== undefined ? [on(RULE, after, message)] : before === undefined ? [] : [gone(RULE, before, message)];
  if ((key === 'protect' || key === 'retainOnDelete') && off)
    return spot(`${label} may be deleted: ${key} is ${after === undefined ? 'removed' : 'off'}.`);
  if (
    /^(?:deletionProtection|deletionProtectionEnabled|enableDeletionProtection|disableApiTermination)$/.test(key) &&
    (off || (isNo(after) && before === undefined))
  )
    return spot(`${label} loses its protection against deletion.`);
  if (/^(?:forceDestroy|skipFinalSnapshot|forceDelete)$/.test(key) && isYes(after) && !isYes(before))
    return spot(`${label} keeps no copy when it is deleted (${key}).`);
  return [];
}
