/** Reads policy documents from data and compares the two sides: what was already allowed is not reported again. */
import { entriesOf, get, itemsOf, same, textAt, type Pair, type Tree } from '../yaml-and-json';
import { judge, type Judgement, type Placed, type Statement } from './judge-statement';
import { isWithin, widened } from './widened-policies';

/** A statement as IAM, CloudFormation or the Serverless Framework write it; undefined when the data is not one. */
function statementOf(tree: Tree): Statement | undefined {
  const effect = textAt(tree, 'Effect');
  if (effect === undefined) return undefined;
  const placed = (key: string): readonly Placed[] =>
    itemsOf(get(tree, key)).map((item) => wordOf(item, get(tree, key) ?? item));
  return {
    allows: effect.toLowerCase() === 'allow',
    actions: placed('Action'),
    notActions: placed('NotAction'),
    resources: placed('Resource'),
    notResources: placed('NotResource'),
    principals:
      get(tree, 'NotPrincipal') === undefined
        ? principalsOf(get(tree, 'Principal'))
        : [{ text: '*', line: get(tree, 'NotPrincipal')?.line ?? tree.line }],
    conditions: entriesOf(get(tree, 'Condition')).flatMap(([operator, keys]) =>
      entriesOf(keys).map(([key, values]) => ({
        key,
        operator,
        values: itemsOf(values).map((item) => wordOf(item, values)),
      })),
    ),
  };
}

/** Expressions such as `!Sub` keep their text; others become a word that no rule knows. */
function wordOf(item: Tree, whole: Tree): Placed {
  const text =
    item.tag === '!Ref' || item.tag === '!GetAtt' || item.tag === '!ImportValue'
      ? `(${item.text ?? ''})`
      : (item.text ?? subOf(item) ?? '(expression)');
  return { text, line: item === whole ? whole.line : item.line };
}

const subOf = (item: Tree): string | undefined =>
  get(item, 'Fn::Sub')?.text ?? get(item, 'Fn::Sub', 0)?.text ?? item.list?.[0]?.text ?? undefined;

function principalsOf(tree: Tree | undefined): readonly Placed[] {
  if (tree === undefined) return [];
  if (tree.text !== null) return [wordOf(tree, tree)];
  return entriesOf(tree).flatMap(([kind, who]) =>
    itemsOf(who).map((item) =>
      kind === 'Service' ? { ...wordOf(item, who), text: `(${item.text ?? 'service'})` } : wordOf(item, who),
    ),
  );
}

/**
 * What is dangerous in the statements that only the new side has. `pair` is the list of statements, or a single one.
 */
export function judgeStatements(
  { before, after }: Pick<Pair, 'before' | 'after'>,
  hadPolicy?: boolean,
): readonly Judgement[] {
  const old = itemsOf(before);
  const known = new Set(old.flatMap(judgeTree).map(({ rule, message }) => `${rule} ${message}`));
  const found = itemsOf(after)
    // most stay where they are
    .filter((statement, index) => !same(old[index], statement) && !old.some((one) => same(one, statement)))
    .filter((tree) => !statementsOf([tree]).some((statement) => isWithin(statement, statementsOf(old))))
    .flatMap(judgeTree)
    .filter(({ rule, message }) => !known.has(`${rule} ${message}`));
  return found.length > 0 ? found : widened(statementsOf(old), statementsOf(itemsOf(after)), hadPolicy);
}

const statementsOf = (trees: readonly Tree[]): readonly Statement[] => trees.flatMap((tree) => statementOf(tree) ?? []);

function judgeTree(tree: Tree): readonly Judgement[] {
  const statement = statementOf(tree);
  return statement === undefined ? [] : judge(statement);
}
