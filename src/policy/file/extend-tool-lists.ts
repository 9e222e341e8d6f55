/** What agents may do with tools, where a policy and the one that it extends both say something. */
import { list } from '../counts-lists-and-names-in-sentences';
import type { Policy, ToolLists } from '../types';
import type { Path } from './read-yaml-with-positions';

type ToolRules = Policy['tools'];

/** What either denies is denied, and what either asks about is asked about. `mayAllow`: whether more may be allowed. */
export function bothLists(
  base: ToolLists | undefined,
  lists: ToolLists | undefined,
  mayAllow: (added: readonly string[]) => boolean,
): ToolLists | undefined {
  if (lists === undefined) return base;
  const before = base ?? { deny: [], ask: [], allow: [] };
  const added = lists.allow.filter((name) => !before.allow.includes(name));
  return {
    deny: [...new Set([...before.deny, ...lists.deny])],
    ask: [...new Set([...before.ask, ...lists.ask])],
    allow: added.length === 0 || mayAllow(added) ? [...before.allow, ...added] : before.allow,
  };
}

/** The same of the rules beside every environment. `lets`: whether a looser one is accepted. */
export function bothToolRules(
  base: ToolRules,
  rules: ToolRules,
  says: (path: Path) => boolean,
  lets: (key: 'allow' | 'others', says: string) => boolean,
): ToolRules {
  const order = ['allow', 'ask', 'deny'] as const;
  const said = says(['tools', 'others']) ? rules.others : base.others;
  const isLooser = order.indexOf(said) < order.indexOf(base.others);
  const added = rules.allow.filter((name) => !base.allow.includes(name));
  // also where all others may be called: a named tool is no longer judged by what it does
  const mayAllow = added.length === 0 || lets('allow', `lets agents call more tools (${list(added)})`);
  return {
    deny: [...new Set([...base.deny, ...rules.deny])],
    ask: [...new Set([...base.ask, ...rules.ask])],
    allow: mayAllow ? [...new Set([...base.allow, ...rules.allow])] : base.allow,
    others: isLooser && !lets('others', 'lets agents call more tools') ? base.others : said,
  };
}
