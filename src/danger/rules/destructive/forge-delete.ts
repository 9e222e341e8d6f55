import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: "repository, release, secret or branch protection removed through a forge's CLI or API",
  why: 'Issues, reviews, releases and settings go too, and they are in no clone.',
  fix: 'Let an owner of the repository do it.',
} as const satisfies Rule;
