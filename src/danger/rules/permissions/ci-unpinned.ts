import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a third-party action without a commit id, or a loosened pin',
  why: 'Whoever can move the tag or the branch decides what runs with the secrets of the job.',
  fix: 'Pin the action to a full commit id.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'action no longer pinned': '{action} is no longer pinned to a commit: whoever can move {ref} runs code here.',
  'action not pinned': '{action} is not pinned to a commit: whoever can move {ref} runs code here.',
  'image no longer pinned': 'The image {image} is no longer pinned by its digest: its tag can move.',
} as const satisfies Facts;
