import assert from 'node:assert/strict';
import { areOthers, type Provenance } from '../../../../src/provenance/authorship/text/provenance-of-change';

describe('the authors of two changes', () => {
  const ai: Provenance = { author: 'ai', assistant: 'codex', session: 's', time: 1 };
  for (const [title, a, b, expected] of [
    ['nobody recorded either', null, null, false],
    ['one is unrecorded and one unknown', null, { author: 'unknown', time: 1 }, false],
    ['one is unknown and one unrecorded', { author: 'unknown', time: 1 }, null, false],
    ['one is unrecorded and one is of AI', null, ai, true],
    ['two sessions of one assistant made them', ai, { ...ai, session: 't' }, true],
    ['one side did not change', undefined, ai, false],
  ] as const)
    it(`two changes in a line: count as ${expected ? 'of two authors' : 'of one author'} when ${title}`, () => {
      assert.equal(areOthers(a, b), expected);
    });
});
