import assert from 'node:assert/strict';
import { tierTitle } from '../../../src/editor/changes/tier-title';

describe('the title of a tier in a tree', () => {
  const t = (text: string): string => text;

  it('is its name, and words where it has none of the policy', () => {
    assert.equal(tierTitle(t, 'critical'), 'critical');
    assert.equal(tierTitle(t, null), 'Other files');
    assert.equal(tierTitle(t, 'open-incident'), 'Open incident');
    assert.equal(tierTitle(t, 'open-incident-2'), 'Open incident');
  });
});
