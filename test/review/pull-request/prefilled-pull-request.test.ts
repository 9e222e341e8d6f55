import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LONGEST_ADDRESS, prepareReview, type ReviewInput } from '../../../src/review/pull-request';
import { FORGE_IDS, ReviewError } from '../../../src/review/forges';
import { parseCodeowners } from '../../../src/policy';
import { decision, file, finding, input, range, tier } from '../../support/review-facts';

const sent = (url: string, name = 'body'): string => new URL(url).searchParams.get(name) ?? '';

/** A change of so many files that no address carries its whole text. */
const large = (more: Partial<ReviewInput> = {}): ReviewInput => {
  const paths = Array.from(
    { length: 12 },
    (_, index) => `services/billing/internal/module-${String(index)}/migrations/add-column.sql`,
  );
  return input({
    files: paths.map((path) => file(path)),
    decision: decision({ tiers: [tier('critical', paths)], findings: paths.map((path) => finding({ path })) }),
    ...more,
  });
};

describe('prepareReview', () => {
  it("gives the forge's address with title, body and labels, and the reviewers", () => {
    const review = prepareReview(input());
    assert.match(review.url, /^https:\/\/github\.com\/acme\/shop\/compare\/main\.\.\.feature\/cost-cap\?/);
    assert.equal(sent(review.url, 'title'), review.title);
    assert.equal(sent(review.url), review.body);
    assert.equal(sent(review.url, 'labels'), review.labels.join(','));
    assert.deepEqual(review.reviewers, ['ada', 'acme/platform-seniors']);
    assert.equal(review.truncated, false);
  });

  it("suggests the files' owners in CODEOWNERS", () => {
    assert.deepEqual(prepareReview(input({ ownersOf: parseCodeowners('/infra/ @acme/platform-seniors') })).reviewers, [
      'acme/platform-seniors',
    ]);
  });

  it('takes the forge that --forge names', () => {
    const address = 'git@git.example.com:acme/shop.git';
    assert.throws(() => prepareReview(input({ remote: { name: 'origin', address } })), ReviewError);
    assert.match(
      prepareReview(input({ remote: { name: 'origin', address }, forge: 'gitlab' })).url,
      /^https:\/\/git\.example\.com\/acme\/shop\/-\/merge_requests\/new/,
    );
  });

  it('cuts a long body at the end of a line, and says where the rest is', () => {
    for (const [wholeText, note] of [
      ['clipboard', /^_.*The rest is on your clipboard/],
      ['command', /^_.*`linekeeper review --print` gives the whole text/],
    ] as const) {
      const { url, body, truncated } = prepareReview(large({ wholeText }));
      assert.equal(truncated, true);
      assert.ok(url.length <= LONGEST_ADDRESS && url.length > LONGEST_ADDRESS - 300, String(url.length));
      const lines = sent(url).split('\n');
      assert.match(lines.pop() ?? '', note);
      assert.equal(lines.pop(), '');
      assert.deepEqual(lines, body.split('\n').slice(0, lines.length));
      assert.doesNotMatch(lines.at(-1) ?? '', /^(?:#.*|\|[-:|]+\||)$/);
    }
  });

  it('keeps labels and reviewers in a cut text for GitLab', () => {
    const { url } = prepareReview(large({ forge: 'gitlab' }));
    assert.match(
      sent(url, 'merge_request[description]'),
      /gives the whole text\._\n\n\/label ~"ai-assisted" ~"risk: critical"\n\/assign_reviewer @ada$/,
    );
  });

  it('says that the text is missing for a forge whose address takes none', () => {
    assert.equal(
      prepareReview(input({ remote: { name: 'origin', address: 'git@bitbucket.org:acme/shop.git' } })).truncated,
      true,
    );
  });

  it("gives an http(s) address within the forge's limit, for random input", () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const names = fc.oneof(text, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...FORGE_IDS),
        names,
        names,
        fc.array(text, { maxLength: 2 }),
        fc.array(names, { maxLength: 30 }),
        fc.boolean(),
        (forge, base, head, subjects, paths, many) => {
          const change = paths.map((path, index) => file(path, { ranges: [range(index + 1, index + 3, 'ai')] }));
          const review = prepareReview({
            ...(many ? large() : input()),
            forge,
            base,
            head,
            subjects,
            ...(many ? {} : { files: change }),
          });
          const url = new URL(review.url);
          assert.equal(url.href, review.url, 'nothing is left for a browser to encode');
          assert.equal(url.host, 'github.com');
          assert.equal(url.hash, '');
          const bare = base.length + head.length > 200;
          assert.ok(bare || review.url.length <= LONGEST_ADDRESS, String(review.url.length));
          if (forge === 'github' && !review.truncated) {
            assert.equal(sent(review.url), review.body);
            assert.equal(sent(review.url, 'title'), review.title);
          }
          assert.ok(review.reviewers.length <= 3);
        },
      ),
    );
  });
});
