import assert from 'node:assert/strict';
import { FINDING_CLASSES } from '../../../src/policy';
import { cursorIn, helpAt } from '../../../src/policy/file/parse';

/** The place is where `|` stands. */
function at(text: string): ReturnType<typeof cursorIn> {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return cursorIn(text.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0);
}
const offered = (text: string): readonly string[] => helpAt(at(text)).offers.map((offer) => offer.text);

const TIER = 'version: 1\ntiers:\n  - name: critical\n    paths: ["infra/**"]\n';

describe('completion in the policy file', () => {
  it('offers the keys of the place that are not there yet', () => {
    assert.ok(offered('version: 1\n|').includes('tiers'));
    assert.ok(!offered('version: 1\n|').includes('version'));
    assert.deepEqual([...offered(`${TIER}    |`)].sort(), ['agents', 'blast', 'detect', 'review', 'rollout', 'tools']);
    assert.deepEqual(offered(`${TIER}    review:\n      |`), ['any', 'ai', 'requires']);
    assert.deepEqual(offered(`${TIER}    review:\n      ai:\n        se|`), ['at-least', 'junior', 'mid', 'senior']);
    assert.deepEqual(offered('people:\n  senior: []\n  |'), ['mid', 'junior', 'from']);
  });

  it('offers the values of the key', () => {
    assert.deepEqual(offered(`${TIER}    agents: |`), ['allow', 'ask', 'deny-destructive', 'deny']);
    assert.deepEqual(offered(`${TIER}    detect: [destructive, |]`), [...FINDING_CLASSES]);
    assert.deepEqual(offered('unknown: a|'), ['ai', 'human']);
  });

  it('works inside brackets', () => {
    const any = `${TIER}    review:\n      any: `;
    assert.deepEqual(offered(`${any}{ | }`), ['from', 'approvals', 'code-owner', 'signed']);
    assert.deepEqual(offered(`${any}{ from: | }`), ['junior', 'mid', 'senior']);
    assert.deepEqual(offered(`${any}{ from: senior, | }`), ['approvals', 'code-owner', 'signed']);
    assert.deepEqual(offered(`${any}{ from: senior, code-owner: |`), ['true', 'false']);
  });

  it('helpAt explains the key under the caret', () => {
    assert.equal(helpAt(at(`${TIER}    ag|ents: ask`)).about, 'Whether agents may act here.');
    assert.equal(helpAt(at('unli|sted: junior')).about, 'The level of anyone not listed. Default: the lowest.');
    assert.equal(helpAt(at('no|nsense: 1')).about, '');
  });

  it('fails for no text', () => {
    for (const text of ['|', ':\n|', '- - - |', '"|', '{{{[[|', '\t\t- a:\n|', '# only a comment\n|'])
      assert.doesNotThrow(() => offered(text), text);
  });
});
