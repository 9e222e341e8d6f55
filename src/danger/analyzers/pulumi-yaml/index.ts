/** Pulumi programs in YAML. */
import { factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import { compare, entriesOf, get, isYes, named, sidesOf, textAt, type Tree } from '../../yaml-and-json';
import type { Noticed, AnalyzerOfFiles } from '../../types';

/** Types that hold data, in any provider's spelling. */
const DATA =
  /(?:rds|dynamodb|s3|efs|fsx|docdb|neptune|redshift|elasticache|opensearch|elasticsearch|kinesis|kms|secretsmanager|sql|bigquery|spanner|firestore|storage|cosmosdb|keyvault|database|bucket|volume|disk|persistentvolumeclaim|postgresql|mysql)/i;

export const pulumi: AnalyzerOfFiles = {
  id: 'pulumi',
  concerns: ({ path, before }) =>
    /(?:^|\/)(?:Pulumi|Main)(?:\.[\w-]+)?\.ya?ml$/i.test(path) && /^resources\s*:/m.test(before ?? ''),
  notice: (change) => {
    const sides = sidesOf(change);
    const [before, after] = [get(sides?.before[0], 'resources'), get(sides?.after[0], 'resources')];
    const found: Noticed[] = [];
    for (const [name, old] of entriesOf(before)) {
      const newValue = get(after, name);
      if (newValue !== undefined)
        compare(old, newValue, (pair) =>
          found.push(...noticeSetting('pulumi', pair, { it: `Resource ${named(name)}` })),
        );
      else if (!isYes(get(old, 'options', 'retainOnDelete')) && !aliased(after, name))
        found.push(...removed(name, old));
    }
    return found;
  },
};

const aliased = (resources: Tree | undefined, name: string): boolean =>
  entriesOf(resources).some(([, resource]) =>
    JSON.stringify(
      [...(get(resource, 'options', 'aliases')?.list ?? [])].map(({ text, map }) => text ?? map?.get('name')?.text),
    ).includes(`"${name}"`),
  );

function removed(name: string, old: Tree): readonly Noticed[] {
  const type = textAt(old, 'type') ?? '';
  const data = DATA.test(type);
  return [
    factWas(
      'destructive/tf-resource-removed: Resource {name} ({type}) leaves the program: it is deleted{data}.',
      old,
      { name: named(name), type: named(type), data: data ? ', with its data' : '' },
      data ? 'critical' : 'medium',
    ),
  ];
}
