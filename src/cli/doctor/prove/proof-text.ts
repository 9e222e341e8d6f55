/** Chains as text, and their combined result. */
import type { Chain } from './types';

const MARKS = { ok: 'ok  ', failed: 'FIX ', skipped: 'note' } as const;

/** One paragraph for each chain. */
export function chainsText(chains: readonly Chain[]): string {
  if (chains.length === 0)
    return 'FIX   no assistant has hooks of Linekeeper, so nothing can be proven; run "linekeeper install --assistant ID"\n';
  return chains
    .map(({ title, surface, scope, proven, steps }) => {
      const head = `${title}${surface === null ? '' : ` (${surface})`}${scope === null ? '' : `, hooks of the ${scope}`}: ${proven ? 'proven' : 'NOT proven'}`;
      return [head, ...steps.map((step) => `  ${MARKS[step.outcome]}  ${step.name}: ${step.says}`)].join('\n') + '\n';
    })
    .join('\n');
}

/** Whether recording works here, for certain. */
export const allProven = (chains: readonly Chain[]): boolean =>
  chains.length > 0 && chains.every(({ proven }) => proven);
