/** What the readers of plans share: what they return, and the sentences. */
import { oneLine } from '../one-line';
import { factOf } from '../rule-rows/facts-from-sentences';
import type { Noticed } from '../types';
import { PLAN_REPLACES } from '../rules/destructive/tf-plan-replace';
import { PLAN_DESTROYS } from '../rules/destructive/tf-plan-delete';

/** What a plan does, or why that is unknown. */
export type ReadPlan =
  { readonly noticed: readonly Noticed[] } | { readonly wrong: string; readonly kind: 'not-a-plan' | 'state' };

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textIn = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
};

/** A name from outside, on one line, so that nothing in it passes for our own words. */
export const short = (text: string): string => oneLine(text, 200);

export interface Planned {
  readonly address: string;
  readonly data: boolean;
  /** Why, as the end of a sentence, or nothing. */
  readonly why?: string;
}

const say = ({ address, data }: Planned, fact: ReturnType<typeof factOf>): Noticed => ({
  ...fact,
  severity: fact.severity ?? (data ? 'critical' : 'medium'),
  line: 1,
  side: 'new',
  address: short(address),
});

export const destroyed = (planned: Planned): Noticed =>
  say(
    planned,
    factOf(
      PLAN_DESTROYS,
      {
        address: short(planned.address),
        deposed: '',
        how: planned.data ? ', which holds data' : '',
        why: planned.why === undefined ? '' : `: ${short(planned.why)}`,
      },
      planned.data ? 'critical' : 'medium',
    ),
  );

export const replaced = (planned: Planned): Noticed =>
  say(
    planned,
    factOf(
      PLAN_REPLACES,
      {
        address: short(planned.address),
        left: '',
        how: planned.data ? '; it holds data' : '',
        why: planned.why === undefined ? '' : `: ${short(planned.why)}`,
      },
      planned.data ? 'critical' : 'medium',
    ),
  );

/** The tool itself can't tell before it runs. */
export const unsure = (planned: Planned, deed: string): Noticed =>
  say(
    planned,
    factOf(
      "destructive/tf-plan-replace: The plan can't say {deed} {address}{how}.",
      { address: short(planned.address), deed, how: planned.data ? '; it holds data' : '' },
      planned.data ? 'high' : 'low',
    ),
  );
