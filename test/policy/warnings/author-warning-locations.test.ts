import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Author, LineRange } from '../../../src/provenance/authorship/types';
import { warningsOf } from '../../../src/editor/problems/author-warnings';
import { hunksOf } from '../../../src/editor/state/line-hunks';
import type { TierView } from '../../../src/editor/state/tier-view';
import { watchOf, type RequirementResult } from '../../../src/policy';
import { textOfPlace, warningPlaces } from '../../../src/policy/warnings';

const SENIOR: RequirementResult = {
  kind: 'ai',
  from: 'senior',
  approvals: 1,
  codeOwner: false,
  why: '',
  satisfied: false,
  by: [],
  missing: 'a senior is missing',
};
const VIEW: TierView = {
  tier: { name: 'critical', paths: ['**'], detect: [], agents: 'ask', any: null, ai: null, rollout: null, blast: null },
  rank: 0,
  pattern: '**',
  open: [SENIOR],
  unknown: 'ai',
  line: null,
};

const range = (start: number, end: number, author: Author): LineRange => ({
  start,
  end,
  author,
  edited: false,
  assistant: author === 'ai' ? 'amp' : null,
  model: null,
  session: null,
  evidence: null,
});

describe('warningPlaces', () => {
  it('are the places at which the editor warns, for random changes', () => {
    const author = fc.constantFrom<Author>('ai', 'human', 'unknown');
    const run = fc.record({ author, length: fc.integer({ min: 1, max: 3 }) });
    const hunk = fc
      .record({
        stayed: fc.integer({ min: 1, max: 3 }),
        added: fc.array(run, { maxLength: 3 }),
        removed: fc.array(run, { maxLength: 3 }),
      })
      .filter(({ added, removed }) => added.length + removed.length > 0);
    fc.assert(
      fc.property(
        fc.array(hunk, { maxLength: 5 }),
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (hunks, rest, atTop) => {
          const change = { ranges: [] as LineRange[], removed: [] as LineRange[] };
          let [before, now] = [1, 1];
          hunks.forEach(({ stayed, added, removed }, index) => {
            if (index > 0 || !atTop) [before, now] = [before + stayed, now + stayed];
            for (const one of removed) change.removed.push(range(before, (before += one.length) - 1, one.author));
            for (const one of added) change.ranges.push(range(now, (now += one.length) - 1, one.author));
          });
          const total = now - 1 + rest;
          const seen = {
            added: change.ranges.map((one) => ({ ...one, reason: null, time: null })),
            removed: change.removed.map((one) => ({ ...one, reason: null, time: null })),
          };
          const warned = warningsOf((message) => message, hunksOf(seen), VIEW, total).map(
            ({ start, end, removal, about }) => ({ start, end, removal, author: about }),
          );
          assert.deepEqual(warningPlaces(change, total, watchOf(VIEW, VIEW.tier, VIEW.open)), warned);
        },
      ),
    );
  });

  it('textOfPlace returns the lines of a place', () => {
    assert.equal(textOfPlace(['a', 'b', 'c'], { start: 2, end: 3 }), 'b\nc');
    assert.equal(textOfPlace([], { start: 1, end: 1 }), '');
  });
});
