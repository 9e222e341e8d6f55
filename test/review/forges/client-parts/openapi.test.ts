import assert from 'node:assert/strict';
import { GITHUB } from '../../../support/forge/openapi';

const LABELS = 'post /repos/{owner}/{repo}/issues/{issue_number}/labels';

describe("GitHub's OpenAPI description, as the test server's reference", () => {
  it('finds the operation of a path', () => {
    assert.deepEqual(GITHUB.operationFor('GET', '/repos/acme/shop/pulls/7'), {
      name: 'get /repos/{owner}/{repo}/pulls/{pull_number}',
      values: { owner: 'acme', repo: 'shop', pull_number: '7' },
    });
    assert.equal(GITHUB.operationFor('GET', '/repos/acme/shop/check-runs'), undefined);
  });

  it('refuses parameters, bodies and answers that it does not describe', () => {
    const none = new URLSearchParams();
    assert.doesNotThrow(() => {
      GITHUB.checkRequest(LABELS, none, { labels: ['a'] });
    });
    assert.throws(() => {
      GITHUB.checkRequest(LABELS, new URLSearchParams('force=1'), { labels: ['a'] });
    }, /takes no "force"/);
    assert.throws(() => {
      GITHUB.checkRequest('post /repos/{owner}/{repo}/statuses/{sha}', none, { state: 'green' });
    }, /state/);
    assert.throws(() => {
      GITHUB.checkAnswer('get /repos/{owner}/{repo}/pulls/{pull_number}/reviews', 200, [
        { ...GITHUB.sample('pull-request-review'), state: 7 },
      ]);
    }, /state/);
    assert.throws(() => {
      GITHUB.checkAnswer('get /repos/{owner}/{repo}/pulls/{pull_number}', 200, { number: 7 });
    }, /answer of/);
  });
});
