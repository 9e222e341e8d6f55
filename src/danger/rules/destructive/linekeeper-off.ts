import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'the policy, the hooks or the notes of Linekeeper are removed or loosened',
  why: 'What should stop a dangerous change must not be switched off by that same change.',
  fix: 'Change the policy in a pull request of its own.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'linekeeper s policy is deleted nothing': "Linekeeper's policy is deleted: nothing needs a review any more.",
  'tier leaves linekeeper s policy': "Tier {name} leaves Linekeeper's policy.",
  'linekeeper no longer looks at': 'Linekeeper no longer looks at {item}.',
  'tier no longer covers': 'Tier {name} no longer covers {lost}.',
  'tier no longer looks for changes': 'Tier {name} no longer looks for {blind} changes.',
  'tier asks for fewer reviews is': 'Tier {name} asks for fewer reviews: {kind} is removed.',
  'a hook that runs linekeeper is': 'A hook that runs Linekeeper is removed: what happens there is no longer recorded or checked.',
  'agents are held back less': 'Agents are held back less in tier {name}.',
  'tier asks for fewer approvals': 'Tier {name} asks for fewer approvals.',
  'tier no longer needs a senior': 'Tier {name} no longer needs a senior.',
} as const satisfies Facts;
