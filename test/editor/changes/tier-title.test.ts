import assert from 'node:assert/strict';
import { tierTitle } from '../../../src/editor/changes/tier-title';

describe('tierTitle', () => {
  const t = (text: string): string => text;

  it("is the tier's name, and words for other files and open incidents", () => {
    assert.equal(tierTitle(t, 'critical'), 'critical');
    assert.equal(tierTitle(t, null), 'Other files');
    assert.equal(tierTitle(t, 'open-incident'), 'Open incident');
    assert.equal(tierTitle(t, 'open-incident-2'), 'Open incident');
  });
});
