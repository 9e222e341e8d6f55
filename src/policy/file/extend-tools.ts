/** What agents may do with tools, where a policy and the one that it extends both say something. */
import type { ToolLists } from '../types';

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
