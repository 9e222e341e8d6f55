/** Whether an agent may read, print or send a key. */
import type { Environment } from '../../policy';
import type { KeyUse } from './key-uses';
import { ALLOW, shown, type GuardAnswer, type GuardInput } from '../types';

const INSTEAD =
  'Use it without showing it (a program that reads it by itself), or ask the person for the part that you need.';

/**
 * `on`: environments that the command acts on. A key belongs to those, to those that list it, and to one whose name is
 * in the key's.
 */
export function byKey(
  { policy, source }: GuardInput,
  { use: { does, key, object = 'a key', listed }, on }: { readonly use: KeyUse; readonly on: readonly Environment[] },
): GuardAnswer {
  const words = new Set(key.toLowerCase().split(/[^a-z0-9]+/));
  const named = policy.environments.filter(
    ({ name }) => words.has(name) || (/^prod(?:uction)?$/.test(name) && (words.has('prod') || words.has('production'))),
  );
  const of = [...new Set([...listed, ...named, ...on])];
  const closed = of.find(({ agents }) => agents === 'deny');
  if (closed === undefined && listed.length > 0 && of.every(({ agents }) => agents === 'allow')) return ALLOW;
  const sentence = `This ${does} ${object}${object.includes(key.slice(key.lastIndexOf('/') + 1).replace('$', '')) ? '' : ` (${shown(key)})`}`;
  const more = { tier: null, rule: `keys/${does}`, does: `${does} ${object}`, instead: INSTEAD };
  return closed === undefined
    ? { verdict: 'ask', ...more, reason: `${sentence}: a person must agree first.` }
    : {
        verdict: 'deny',
        ...more,
        environment: closed.name,
        reason: `${sentence} of the environment "${closed.name}" of ${source}, where agents may not.`,
      };
}
