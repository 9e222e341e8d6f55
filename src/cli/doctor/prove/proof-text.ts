/** Chains as text, and their combined result. */
import type { Chain, Step } from './types';

const MARKS = { ok: 'ok  ', failed: 'FIX ', skipped: 'note' } as const;

/** One paragraph for each chain. What several could not try for the same reason stands once, at the end. */
export function chainsText(chains: readonly Chain[]): string {
  if (chains.length === 0)
    return 'FIX   no assistant has hooks of Linekeeper, so nothing can be proven; run "linekeeper install --assistant ID"\n';
  const lineOf = ({ outcome, name, says }: Step): string => `  ${MARKS[outcome]}  ${name}: ${says}\n`;
  const skipped = chains.flatMap(({ steps }) => steps.filter(({ outcome }) => outcome === 'skipped').map(lineOf));
  const repeated = new Set(skipped.filter((line, index) => skipped.indexOf(line) !== index));
  return [
    ...chains.map(({ title, surface, scope, proven, steps }) => {
      const head = `${title}${surface === null ? '' : ` (${surface})`}${scope === null ? '' : `, hooks of the ${scope}`}: ${proven ? 'proven' : 'NOT proven'}\n`;
      return [head, ...steps.map(lineOf).filter((line) => !repeated.has(line))].join('');
    }),
    ...(repeated.size === 0 ? [] : [`Not tried\n${[...repeated].join('')}`]),
  ].join('\n');
}

/** Whether recording works here, for certain. */
export const allProven = (chains: readonly Chain[]): boolean =>
  chains.length > 0 && chains.every(({ proven }) => proven);
