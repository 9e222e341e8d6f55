/** Whether an agent may do what a person says or does at a forge. */
import type { PersonAct } from './forges/types';
import { BUILT_IN_SOURCE } from '../../policy';
import type { CallSummary } from '../program-verb-and-targets';
import { ALLOW, type GuardAnswer, type GuardInput } from '../types';

/** What each act does to what, as the end of a sentence that begins with the call. */
const ACT_DOES: Readonly<Record<PersonAct, (object?: string) => string>> = {
  approve: (object = 'a change') => `approves ${object}`,
  merge: (object = 'a change') => `merges ${object}, or turns on its automatic merge`,
  status: () => 'sets a status or check that a job sets',
  dismiss: (object) =>
    object === undefined || object.startsWith('the review')
      ? `dismisses ${object ?? 'a review'}`
      : `dismisses a review of ${object}`,
  resolve: (object) => `resolves what a reviewer asked for${object === undefined ? '' : ` in ${object}`}`,
  deploy: (object = 'to a stage') => `starts a deployment ${object}`,
  publish: (object = 'a release or a package') => `publishes ${object}`,
  'push-base': (object) => `puts commits on the base branch${object === undefined ? '' : ` ${object}`}`,
};

const INSTEAD: Readonly<Record<PersonAct, string>> = {
  approve: 'Say what you found in a comment, and let the person approve it on the Git host.',
  merge: 'Say that it is ready, and let the person merge it.',
  status: 'Let the job set it ("linekeeper ci" sets Linekeeper\'s).',
  dismiss: 'Answer the review in a comment, and let the person dismiss it.',
  resolve: 'Answer in a comment what you changed, and let the reviewer resolve it.',
  deploy: 'Say what is ready to be deployed, and let the person start it.',
  publish: 'Prepare it (a draft is fine), and let the person publish it.',
  'push-base': 'Push a branch of your own, and open a pull request.',
};

/** What is recorded of it in place of a danger rule. */
export const ruleOfAct = (act: PersonAct): string => `person/${act}`;

export function byAct(
  { policy, source }: GuardInput,
  {
    act,
    object,
    shown,
    call,
  }: {
    readonly act: PersonAct;
    readonly object: string | undefined;
    readonly shown: string;
    readonly call: CallSummary | undefined;
  },
): GuardAnswer {
  if (policy.agentsMay?.some((one) => one === act) === true) return ALLOW;
  // without a policy, nothing rests on who pushes where
  const withoutPolicy = source === BUILT_IN_SOURCE;
  if (withoutPolicy && act === 'push-base') return ALLOW;
  const does = ACT_DOES[act](object);
  const sentence = `"${shown}" ${does}`;
  const more = {
    // what the policy may give back, a person may lift
    ...(isGivenBack(act) ? { tier: null } : {}),
    rule: ruleOfAct(act),
    does,
    ...(call ? { call } : {}),
    instead: isGivenBack(act)
      ? `${INSTEAD[act]} A policy lets agents do it with "agents: {may: [${act}]}".`
      : INSTEAD[act],
  };
  return withoutPolicy
    ? { verdict: 'ask', ...more, reason: `${sentence}, which speaks for a person: a person must agree first.` }
    : { verdict: 'deny', ...more, reason: `${sentence}, and only a person may do that.` };
}

const isGivenBack = (act: PersonAct): boolean =>
  act === 'merge' || act === 'publish' || act === 'push-base' || act === 'deploy';
