import assert from 'node:assert/strict';
import { checkAnswer, checkRequest, operationFor, sample } from '../../../support/forge/openapi';

const LABELS = 'post /repos/{owner}/{repo}/issues/{issue_number}/labels';

describe("GitHub's own description, which the tests' server is held against", () => {
  it('knows a call by its path', () => {
    assert.deepEqual(operationFor('GET', '/repos/acme/shop/pulls/7'), {
      name: 'get /repos/{owner}/{repo}/pulls/{pull_number}',
      values: { owner: 'acme', repo: 'shop', pull_number: '7' },
    });
    assert.equal(operationFor('GET', '/repos/acme/shop/check-runs'), undefined);
  });

  it('refuses what is not described', () => {
    const none = new URLSearchParams();
    assert.doesNotThrow(() => {
      checkRequest(LABELS, none, { labels: ['a'] });
    });
    assert.throws(() => {
      checkRequest(LABELS, new URLSearchParams('force=1'), { labels: ['a'] });
    }, /takes no "force"/);
    assert.throws(() => {
      checkRequest('post /repos/{owner}/{repo}/statuses/{sha}', none, { state: 'green' });
    }, /state/);
    assert.throws(() => {
      checkAnswer('get /repos/{owner}/{repo}/pulls/{pull_number}/reviews', 200, [
        { ...sample('pull-request-review'), state: 7 },
      ]);
    }, /state/);
    assert.throws(() => {
      checkAnswer('get /repos/{owner}/{repo}/pulls/{pull_number}', 200, { number: 7 });
    }, /answer of/);
  });
});
