import assert from 'node:assert/strict';
import { isTied } from '../../../src/aftermath/investigation/is-tied-to-outage';

describe('isTied: evidence that ties a commit to an incident', () => {
  it('evidence counts by its kind, whatever its sentence says', () => {
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

  it("no evidence, shared words, a person's own sentence and an unknown kind do not tie a commit", () => {
    assert.equal(isTied([]), false);
    for (const kind of ['words', null, 'constructor', 'hunch'])
      assert.equal(isTied([{ kind, says: 'It changes what failed.' }]), false, String(kind));
  });
});
