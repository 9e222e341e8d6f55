import assert from 'node:assert/strict';
import { isTied } from '../../../src/after-merge/incidents/is-tied';

describe('whether a commit is tied to an outage by more than the time', () => {
  it('is decided by the kinds of evidence, whatever their sentences say', () => {
    const sentence = 'It changes the pool (destructive/tf-destroy, infra/main.tf:12)';
    assert.equal(isTied([{ kind: 'line', says: sentence }]), true);
    assert.equal(isTied([{ kind: 'destructive', says: 'It destroys a table.' }]), false);
    assert.equal(
      isTied([
        { kind: 'destructive', says: 'It destroys a table.' },
        { kind: 'setting', says: sentence },
      ]),
      true,
    );
  });

  it('is not known from words in common, from a sentence of a person, or from a kind that nobody knows', () => {
    assert.equal(isTied([]), false);
    for (const kind of ['words', null, 'constructor', 'hunch'])
      assert.equal(isTied([{ kind, says: 'It changes what failed.' }]), false, String(kind));
  });
});
