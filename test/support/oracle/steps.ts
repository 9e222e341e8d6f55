/** Steps of a history, in numbers that fit whatever the files look like by then. */
import fc from 'fast-check';
import type { Actor } from './model';

export interface Change {
  readonly how: 'insert' | 'remove' | 'replace' | 'add' | 'drop' | 'indent' | 'move' | 'carry';
  readonly at: number;
  readonly count: number;
  readonly word: number;
}

export type Step =
  | { readonly kind: 'edit'; readonly file: number; readonly actor: Actor; readonly changes: readonly Change[] }
  | { readonly kind: 'commit' };

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('insert', 'remove', 'replace', 'add', 'drop', 'indent', 'move', 'carry'),
  at: fc.nat(99),
  count: fc.integer({ min: 1, max: 3 }),
  word: fc.nat(99),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      file: fc.nat(1),
      actor: fc.constantFrom<Actor>('ai-one', 'ai-two', 'human', 'nobody'),
      changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('commit' as const) }) },
);

export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 2, maxLength: 14 });
