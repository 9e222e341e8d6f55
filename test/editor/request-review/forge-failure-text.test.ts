import assert from 'node:assert/strict';
import { ForgeError } from '../../../src/review/forges/client-parts';
import { failureText } from '../../../src/editor/request-review/forge-failure-text';
import { pageText } from '../../../src/editor/request-review/pull-request-preview-page';

const t = (message: string, ...words: readonly (string | number | boolean)[]): string =>
  message.replaceAll(/\{(\d)\}/g, (_all, place: string) => String(words[Number(place)]));
const attempt = { host: 'api.github.com', repository: 'acme/shop', base: 'main', head: 'topic', sent: true };
const told = (reason: ForgeError['reason'], status: number, words: string, sent = true): string =>
  failureText(new ForgeError(reason, 'its own message', { status, words }), { ...attempt, sent }, t);

describe('the message when a forge refuses a pull request', () => {
  it('says what happened and what to do, for each reason', () => {
    assert.match(told('not-allowed', 401, 'Bad credentials'), /Your sign-in at .* has expired\. Nothing was sent/);
    assert.match(
      told('not-allowed', 403, 'SAML enforcement'),
      /may not open .* acme\/shop\. .* says: SAML enforcement$/,
    );
    assert.match(told('not-found', 404, 'Not Found'), /shows your account no repository acme\/shop/);
    assert.match(told('answer', 422, 'No commits between main and topic'), /no commits on topic ahead of main\. Push/);
    assert.match(told('answer', 422, 'head invalid'), /does not have the branch topic yet\. Push it/);
    assert.match(told('answer', 422, 'Draft pull requests are not supported'), /refused: Draft pull requests/);
    assert.equal(told('answer', 422, ''), 'its own message');
    assert.match(told('fork', 0, ''), /acme\/shop is a fork/);
    assert.match(told('unreachable', 500, '', false), /Nothing was sent/);
    assert.match(told('unreachable', 500, '', true), /may or may not exist\. Request the review again/);
  });
});

describe('pageText: the pull request before it is sent', () => {
  it('shows title, branches, reviewers, labels and body', () => {
    assert.equal(
      pageText({ title: 'Save money', base: 'main', head: 'topic', reviewers: ['sue'], labels: [], body: 'ours' }, t),
      '# Save money\n\n- Branch: topic into main\n- Reviewers: sue\n- Labels: none\n\n---\n\nours',
    );
  });
});
