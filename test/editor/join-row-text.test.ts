import assert from 'node:assert/strict';
import { joinParts } from '../../src/editor/join-row-text';

describe('joinParts', () => {
  it('puts a dot between parts, and leaves out empty ones', () => {
    assert.equal(joinParts(["Needs a senior's sign-off", '+2 −1']), "Needs a senior's sign-off · +2 −1");
    assert.equal(joinParts(['', "Needs a senior's sign-off", '']), "Needs a senior's sign-off");
    assert.equal(joinParts(['', '']), '');
  });
});
