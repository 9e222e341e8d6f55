/** Whether the policy's lists let an agent call a tool, whatever it is given. */
import { isBelow, resolveIn } from '../platform';
import { fits } from '../shell/words/glob';
import { shown, type Action, type GuardAnswer, type GuardInput } from './answer';

type Call = NonNullable<Action['call']>;

/** Whether one of the patterns is about the tool. Where its server is not known, only its own name is compared. */
const isListed = (patterns: readonly string[], { names }: Call): string | undefined =>
  patterns.find((pattern) =>
    names.some(
      (name) => fits(pattern, name) || (name.startsWith('?__') && fits(pattern.replace(/^[^]*?__/, '?__'), name)),
    ),
  );

/** The policy names it among those that agents may call: only what it carries is judged. */
export const isAllowed = ({ policy }: GuardInput, call: Call): boolean =>
  policy.tools.allow.some((pattern) => call.names.some((name) => fits(pattern, name)));

/** The environments that it acts on, by its name. */
export const environmentsOf = (
  { policy }: GuardInput,
  call: Call,
): readonly { readonly environment: GuardInput['policy']['environments'][number]; readonly because: string }[] =>
  policy.environments.flatMap((environment) => {
    const pattern = isListed(environment.tools, call);
    return pattern === undefined ? [] : [{ environment, because: `tools: ${pattern}` }];
  });

const TO_A_PERSON = 'Say what you would call it for, and let a person do it.';

export function* byTools(input: GuardInput, call: Call): Generator<GuardAnswer> {
  const { tools } = input.policy;
  const name = shown(call.shown);
  const denied = isListed(tools.deny, call);
  if (denied !== undefined)
    yield {
      verdict: 'deny',
      tier: null,
      reason: `The policy does not let agents call "${name}" (tools, deny: "${denied}" in ${input.source}).`,
      instead: TO_A_PERSON,
    };
  const asked = isListed(tools.ask, call);
  if (asked !== undefined)
    yield {
      verdict: 'ask',
      tier: null,
      reason: `A person must agree before an agent calls "${name}" (tools, ask: "${asked}" in ${input.source}).`,
      instead: TO_A_PERSON,
    };
  if (tools.others === 'allow' || asked !== undefined || call.server === null || !call.writes) return;
  if (isAllowed(input, call) || staysInside(input, call)) return;
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
  if (root === null || typeof input !== 'object' || input === null) return false;
  const paths = Object.entries(input).flatMap(([key, value]: readonly [string, unknown]) =>
    PATH_KEY.test(key) ? [value].flat().filter((one) => typeof one === 'string') : [],
  );
  return (
    paths.length > 0 &&
    paths.every((one) => {
      const absolute = resolveIn(cwd, one);
      return !/^[a-z][a-z+.-]+:\/\//i.test(one) && (absolute === root || isBelow(root, absolute));
    })
  );
}
