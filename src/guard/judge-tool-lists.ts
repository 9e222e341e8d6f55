/** Whether the policy's lists let an agent call a tool, whatever it is given. */
import { isBelow, resolveIn } from '../base/platform';
import type { Environment, Tier, ToolLists } from '../policy';
import { fits } from '../danger/shell/words/glob';
import { isForPeople, onlyReads, valuesAt } from './harmless-server-tools';
import { shown, type Action, type GuardAnswer, type GuardInput } from './types';

type Call = NonNullable<Action['call']>;

/** Whether one of the patterns is about the tool. Where its server is not known, only its own name is compared. */
export const isListed = (patterns: readonly string[], { names }: Call): string | undefined =>
  patterns.find((pattern) =>
    names.some(
      (name) => fits(pattern, name) || (name.startsWith('?__') && fits(pattern.replace(/^[^]*?__/, '?__'), name)),
    ),
  );

const allows = (lists: ToolLists | undefined, { names }: Call): boolean =>
  lists?.allow.some((pattern) => names.some((name) => fits(pattern, name))) === true;

/** The policy names it among those that agents may call: only what it carries is judged. */
export const isAllowed = ({ policy }: GuardInput, call: Call): boolean => allows(policy.tools, call);

/** The environments that it acts on, by its name. */
export const environmentsOf = (
  { policy }: GuardInput,
  call: Call,
): readonly { readonly environment: Environment; readonly because: string }[] =>
  policy.environments.flatMap((environment) => {
    const pattern = isListed(environment.tools, call);
    return pattern === undefined ? [] : [{ environment, because: `tools: ${pattern}` }];
  });

/** The environment names it among those that agents may call there. */
export const isAllowedIn = ({ toolLists }: Environment, call: Call): boolean => allows(toolLists, call);

/** The tier of a file that it is given names it among those that agents may call on it. */
export const isAllowedOn = (tier: Tier | undefined, call: Call | undefined): boolean =>
  call !== undefined && allows(tier?.toolLists, call);

/** Lists of tools that hold for a call, and where the policy has them. */
interface Listing {
  readonly lists: ToolLists;
  /** In the policy's own words: `tier "critical"`; undefined for the whole policy. */
  readonly of?: string;
  readonly tier: string | null;
  readonly environment?: string;
}

function* listings(
  { policy }: GuardInput,
  { environments, tiers }: { readonly environments: Iterable<Environment>; readonly tiers: Iterable<Tier> },
): Generator<Listing> {
  yield { lists: policy.tools, tier: null };
  for (const { name, toolLists } of environments)
    if (toolLists) yield { lists: toolLists, of: `environment "${name}"`, tier: null, environment: name };
  for (const { name, toolLists } of tiers) if (toolLists) yield { lists: toolLists, of: `tier "${name}"`, tier: name };
}

const TO_A_PERSON = 'Say what you would call it for, and let a person do it.';

/** What the lists of the whole policy, of the environments that it acts on and of the tiers of its files say. */
export function* byTools(
  input: GuardInput,
  call: Call,
  on: { readonly environments: ReadonlySet<Environment>; readonly tiers: ReadonlySet<Tier> },
): Generator<GuardAnswer> {
  const { tools } = input.policy;
  const name = shown(call.shown);
  const all = [...listings(input, on)];
  for (const verdict of ['deny', 'ask'] as const)
    for (const { lists, of, tier, environment } of all) {
      const pattern = isListed(lists[verdict], call);
      if (pattern === undefined) continue;
      const where = `${of === undefined ? '' : `${of}, `}tools, ${verdict}: "${pattern}" in ${input.source}`;
      yield {
        verdict,
        tier,
        ...(environment === undefined ? {} : { environment }),
        reason:
          verdict === 'deny'
            ? `The policy does not let agents call "${name}" (${where}).`
            : `A person must agree before an agent calls "${name}" (${where}).`,
        instead: TO_A_PERSON,
      };
      if (verdict === 'ask') return;
    }
  if (tools.others === 'allow' || call.server === null || !call.writes) return;
  if (all.some(({ lists }) => allows(lists, call)) || staysInside(input, call)) return;
  // an assistant's own notes
  if (call.server === 'memory' && /^(?:create|add)_/.test(call.tool)) return;
  if (onlyReads(call) || (tools.others === 'ask' && isForPeople(call))) return;
  yield {
    verdict: tools.others,
    tier: null,
    reason: `"${name}" writes outside of this repository, and the policy does not name it (tools, others: ${tools.others} in ${input.source})${tools.others === 'ask' ? ': a person must agree first' : ''}.`,
    instead: `${TO_A_PERSON} Where it is harmless, it can be named under "allow".`,
  };
}

const PATH_KEY = /(?:path|file|dir|directory|folder|source|destination|uri)s?$/i;

/** Whether all the paths that it is given lie in the repository, and there are some. */
function staysInside({ root, action: { cwd } }: GuardInput, { input }: Call): boolean {
  if (root === null) return false;
  const paths = valuesAt(input, PATH_KEY)
    .flat()
    .filter((path) => typeof path === 'string');
  return (
    paths.length > 0 &&
    paths.every((file) => {
      const absolute = resolveIn(cwd, file);
      return !/^[a-z][a-z+.-]+:\/\//i.test(file) && (absolute === root || isBelow(root, absolute));
    })
  );
}
