/** Checks that leave the chain that requests go through, while what is behind them stays. */
import { nameOfLink, type Check, type Code } from '../../code';
import { factWas } from '../../rule-rows/facts-from-sentences';
import type { Noticed } from '../../types';

const AT_MOST = 20;
/** A setting without which everybody may do everything. */
const OF_ALL = /^DEFAULT_\w+_CLASSES$/;

/** The links that were removed, at their lines in the old text. */
export function linksGone(before: Code, after: Code): readonly Noticed[] {
  const links = before.checks.filter(({ kind }) => kind === 'link');
  if (links.length === 0) return [];
  const counts = countsOf(after.checks);
  const had = countsOf(before.checks);
  const removed = links.filter((link) => {
    const name = nameOfLink(link.text);
    // it went elsewhere in the file: to the routes, or around a handler
    if ((counts.get(name) ?? 0) >= (had.get(name) ?? 0)) return false;
    return !after.checks.some(
      (present) => (isSamePlace(link, present) || isAround(link, present)) && nameOfLink(present.text) === name,
    );
  });
  const former = new Set(before.checks.map(({ text }) => nameOfLink(text)));
  const added = after.checks.filter(
    ({ kind, text }) => (kind === 'link' || kind === 'middleware') && !former.has(nameOfLink(text)),
  );
  return removed
    .filter((link) => stays(link, after))
    .slice(added.length, AT_MOST)
    .map((link) =>
      factWas(
        'permissions/auth-removed: {link} leaves the chain of checks: what is behind it is open to more people.',
        link,
        { link: shown(link.text) },
      ),
    );
}

const isSamePlace = (link: Check, present: Check): boolean =>
  present.kind === 'link' &&
  present.guards === link.guards &&
  present.chain?.root === link.chain?.root &&
  String(present.chain?.routes) === String(link.chain?.routes);

/** It stands before a whole group now: the routes that it stood before are among the group's. */
const isAround = ({ chain }: Check, present: Check): boolean =>
  chain !== undefined &&
  chain.routes.length > 0 &&
  chain.routes.every((route) => present.chain?.routes.includes(route));

function countsOf(checks: readonly Check[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of checks) counts.set(nameOfLink(text), (counts.get(nameOfLink(text)) ?? 0) + 1);
  return counts;
}

/** Whether what is behind the link is still there. */
function stays({ guards, chain = { root: '', routes: [] } }: Check, after: Code): boolean {
  const { root, routes } = chain;
  if (root === 'matcher')
    return after.calls.some(({ name }) => /^authorize(?:HttpRequests|Requests|Exchange)$/.test(name));
  if (/^(?:\$?this|self)$/.test(root)) return after.known.size > 0;
  if (guards !== '' && root !== '' && !after.known.has(guards) && !after.pairs.some(({ key }) => key === guards))
    if (!after.calls.some(({ name }) => name === root)) return false;
  if (routes.length > 0)
    return routes.some(
      (route) =>
        after.known.has(route) ||
        after.calls.some(({ args }) => args[0]?.string?.value === route) ||
        after.pairs.some(({ value }) => value.slice(1, -1) === route),
    );
  if (root === '')
    return after.known.has(guards) || after.pairs.some(({ key }) => key === guards) || OF_ALL.test(guards);
  return (
    after.assigned.has(root) ||
    after.calls.some(({ name, receiver }) => name === root || /^\$?\w+/.exec(receiver)?.[0] === root)
  );
}

const shown = (text: string): string => {
  const name = nameOfLink(text).replace(/^["'`]|["'`]$/g, '');
  return /^[\w\s/:.,*()'"`-]{1,80}$/.test(name) ? name : 'A check';
};
