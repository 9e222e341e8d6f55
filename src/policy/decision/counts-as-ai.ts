import type { Policy } from '../types';

/** Whether what this author wrote counts as AI's: a policy may count unknown lines so (`unknown: ai`). */
export const countsAsAi = ({ unknown }: Pick<Policy, 'unknown'>, author: string | null): boolean =>
  author === 'ai' || (author === 'unknown' && unknown === 'ai');
