/** Linekeeper's own policy and hooks: loosening them loosens everything. */
import { factAt, factOn, factWas, type Sentence } from '../../rule-rows/facts-from-sentences';
import { entriesOf, get, itemsOf, named, numberOf, sidesOf, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Change, Noticed, AnalyzerOfFiles } from '../../types';

const TIER_UNCOVERED = 'destructive/linekeeper-off: Tier {name} no longer covers {lost}.';

const POLICY = /(?:^|\/)\.linekeeper\.ya?ml$/;
/** Files that make assistants and git run Linekeeper. */
const HOOKS =
  /(?:^|\/)(?:\.(?:claude|codex|cursor|gemini|kiro|github|windsurf|vscode|agents|amp|augment|qwen|factory|cline|junie)\/.*\.(?:json|jsonc|toml|ya?ml)|\.husky\/[^/]+|\.pre-commit-config\.yaml|lefthook\.ya?ml|\.githooks\/[^/]+|package\.json)$/;

export const linekeeper: AnalyzerOfFiles = {
  id: 'linekeeper',
  concerns: ({ path, before }) =>
    before !== null && (POLICY.test(path) || (HOOKS.test(path) && /\blinekeeper\b/.test(before))),
  notice: (change) => (POLICY.test(change.path) ? policy(change) : hooks(change)),
};

/** How far agents are restricted, from least to most. */
const AGENTS = ['allow', 'ask', 'deny-destructive', 'deny'];

function policy(change: Change): readonly Noticed[] {
  if (change.after === null)
    return [factWas("destructive/linekeeper-off: Linekeeper's policy is deleted: nothing needs a review any more.", 1)];
  const sides = sidesOf(change);
  const [before, after] = [sides?.before[0], sides?.after[0]];
  if (before === undefined || after === undefined) return [];
  const found: Noticed[] = [];
  const left = new Map(itemsOf(get(after, 'tiers')).map((tier) => [textAt(tier, 'name'), tier]));
  const renamed = itemsOf(get(after, 'tiers')).filter(
    (tier) => !itemsOf(get(before, 'tiers')).some((old) => textAt(old, 'name') === textAt(tier, 'name')),
  );
  for (const old of itemsOf(get(before, 'tiers'))) {
    const name = named(textAt(old, 'name'));
    const newTier =
      left.get(textAt(old, 'name')) ??
      renamed.find((tier) => textsOf(get(old, 'paths')).every((path) => textsOf(get(tier, 'paths')).includes(path)));
    if (newTier === undefined)
      found.push(factWas("destructive/linekeeper-off: Tier {name} leaves Linekeeper's policy.", old, { name }));
    else found.push(...tier(name, old, newTier));
  }
  const [weaker, removed] = [new Set(textsOf(get(before, 'ignore'))), itemsOf(get(after, 'ignore'))];
  for (const item of removed)
    if (item.text !== null && !weaker.has(item.text) && get(before, 'tiers') !== undefined)
      found.push(
        factAt('destructive/linekeeper-off: Linekeeper no longer looks at {item}.', item, { item: named(item.text) }),
      );
  return found;
}

function tier(name: string, old: Tree, newTier: Tree): readonly Noticed[] {
  const found: Noticed[] = [];
  const spot = (key: readonly string[], loosened: Sentence): void => {
    const [here, oldValue] = [get(newTier, ...key), get(old, ...key)];
    if (here !== undefined || oldValue !== undefined) found.push(factOn(loosened, oldValue, here, { name }));
  };
  const [had, has] = [AGENTS.indexOf(textAt(old, 'agents') ?? ''), AGENTS.indexOf(textAt(newTier, 'agents') ?? '')];
  if (had > 0 && has < had) spot(['agents'], 'destructive/linekeeper-off: Agents are held back less in tier {name}.');
  const paths = new Set(textsOf(get(newTier, 'paths')));
  const lost = itemsOf(get(old, 'paths')).find(
    ({ text }) => text !== null && !text.startsWith('!') && !paths.has(text) && !covered(text, paths),
  );
  if (lost !== undefined) found.push(factWas(TIER_UNCOVERED, lost, { name, lost: named(lost.text ?? '') }));
  const exempt = itemsOf(get(newTier, 'paths')).find(
    ({ text }) => text?.startsWith('!') === true && !textsOf(get(old, 'paths')).includes(text),
  );
  if (exempt !== undefined)
    found.push(factAt(TIER_UNCOVERED, exempt, { name, lost: named((exempt.text ?? '').slice(1)) }));
  const detect = new Set(textsOf(get(newTier, 'detect')));
  const blind = itemsOf(get(old, 'detect')).find(({ text }) => !detect.has(text ?? ''));
  if (blind !== undefined)
    found.push(
      factWas('destructive/linekeeper-off: Tier {name} no longer looks for {blind} changes.', blind, {
        name,
        blind: named(blind.text ?? ''),
      }),
    );
  for (const kind of new Set(
    [...entriesOf(get(old, 'review')), ...entriesOf(get(newTier, 'review'))].map(([key]) => key),
  )) {
    const [oldReview, newReview] = [get(old, 'review', kind), get(newTier, 'review', kind)];
    if (oldReview !== undefined && newReview === undefined)
      found.push(
        factWas('destructive/linekeeper-off: Tier {name} asks for fewer reviews: {kind} is removed.', oldReview, {
          name,
          kind: named(kind),
        }),
      );
    else if (
      oldReview !== undefined &&
      (numberOf(get(newReview, 'approvals')) ?? 1) < (numberOf(get(oldReview, 'approvals')) ?? 1)
    )
      spot(['review', kind, 'approvals'], 'destructive/linekeeper-off: Tier {name} asks for fewer approvals.');
    else if (
      textAt(oldReview, 'from') === 'senior' &&
      textAt(newReview, 'from') !== 'senior' &&
      get(newReview, 'from') !== undefined
    )
      spot(['review', kind, 'from'], 'destructive/linekeeper-off: Tier {name} no longer needs a senior.');
  }
  return found.filter(
    ({ side, line }, index) => found.findIndex((one) => one.side === side && one.line === line) === index,
  );
}

/** Whether a pattern is covered by another one: `infra/**` covers `infra/prod/**`. */
const covered = (pattern: string, paths: ReadonlySet<string>): boolean =>
  [...paths].some((path) => path === '**' || (path.endsWith('/**') && pattern.startsWith(path.slice(0, -2))));

/** Lines that ran Linekeeper and were removed. */
function hooks({ before, after }: Change): readonly Noticed[] {
  const runs = (line: string): boolean =>
    /\blinekeeper\b/.test(line) &&
    /\b(?:record|hook|check|guard|run|exec|npx|commit-msg|prepare-commit-msg|post-)\b/.test(line);
  const [old, newLines] = [(before ?? '').split('\n'), (after ?? '').split('\n')];
  if (newLines.filter(runs).length >= old.filter(runs).length) return [];
  const newTexts = newLines.map((line) => line.trim());
  const at = old.findIndex((line) => runs(line) && !newTexts.includes(line.trim()));
  if (at === -1) return [];
  return [
    factWas(
      'destructive/linekeeper-off: A hook that runs Linekeeper is removed: what happens there is no longer recorded or checked.',
      at + 1,
    ),
  ];
}
