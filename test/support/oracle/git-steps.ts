/** Steps of a history in which git does what it can, in numbers that fit whatever is there by then. */
import fc from 'fast-check';
import type { Actor } from './model';
import type { Change } from './steps';

export type GitStep =
  | {
      readonly kind: 'edit';
      readonly file: number;
      readonly actor: Actor;
      readonly report: 'files' | 'everything' | 'words';
      readonly changes: readonly Change[];
    }
  | {
      readonly kind:
        | 'commit'
        | 'commit-path'
        | 'amend'
        | 'stash'
        | 'pop'
        | 'pick'
        | 'rebase'
        | 'squash'
        | 'merge'
        | 'revert'
        | 'ask';
      readonly n: number;
    }
  | { readonly kind: 'stash-file' | 'am' | 'rebase-apply' | 'octopus' | 'rewrite'; readonly n: number }
  | { readonly kind: 'resolve'; readonly how: 'pick' | 'merge'; readonly actor: Actor; readonly at: number }
  | { readonly kind: 'crlf' }
  | { readonly kind: 'part'; readonly file: number; readonly chosen: number }
  | { readonly kind: 'reset'; readonly how: 'soft' | 'mixed' | 'hard'; readonly n: number }
  | { readonly kind: 'switch'; readonly n: number; readonly make: boolean }
  | { readonly kind: 'restore'; readonly file: number; readonly actor: Actor };

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('insert', 'remove', 'replace', 'add', 'drop', 'indent'),
  at: fc.nat(99),
  count: fc.integer({ min: 1, max: 3 }),
  word: fc.nat(99),
});

const actor = fc.constantFrom<Actor>('ai-one', 'ai-two', 'human', 'nobody');
const n = fc.nat(3);

const step: fc.Arbitrary<GitStep> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      file: fc.nat(1),
      actor,
      report: fc.constantFrom('files' as const, 'files' as const, 'everything' as const, 'words' as const),
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('commit' as const), n }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'commit-path' as const,
        'amend' as const,
        'stash' as const,
        'pop' as const,
        'pick' as const,
        'rebase' as const,
        'squash' as const,
        'merge' as const,
        'revert' as const,
        'ask' as const,
      ),
      n,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'stash-file' as const,
        'am' as const,
        'rebase-apply' as const,
        'octopus' as const,
        'rewrite' as const,
      ),
      n,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('resolve' as const),
      how: fc.constantFrom('pick' as const, 'merge' as const),
      actor,
      at: fc.nat(99),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('part' as const), file: fc.nat(1), chosen: fc.nat(255) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reset' as const),
      how: fc.constantFrom('soft' as const, 'mixed' as const, 'hard' as const),
      n: fc.nat(1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('switch' as const), n, make: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'crlf' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), file: fc.nat(1), actor }) },
);

export const anyGitSteps: fc.Arbitrary<readonly GitStep[]> = fc.array(step, { minLength: 4, maxLength: 18 });
