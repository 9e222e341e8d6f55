import assert from 'node:assert/strict';
import { joinParts } from '../../../src/editor/row-text';

describe('text beside the label of a row', () => {
  it('has a dot between its parts, and none for a part that is empty', () => {
    assert.equal(joinParts(["Needs a senior's sign-off", '+2 −1']), "Needs a senior's sign-off · +2 −1");
    assert.equal(joinParts(['', "Needs a senior's sign-off", '']), "Needs a senior's sign-off");
    assert.equal(joinParts(['', '']), '');
  });
});
