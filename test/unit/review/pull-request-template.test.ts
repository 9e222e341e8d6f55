import assert from 'node:assert/strict';
import { withOurs } from '../../../src/review';

const OURS = "**Needs a senior's sign-off.**";
const MARKED = `<!-- linekeeper: begin -->\n${OURS}\n<!-- linekeeper: end -->`;

describe('a text that is there already', () => {
  it('keeps every byte of it, and has ours below', () => {
    assert.equal(withOurs('## What\r\n\r\n- [ ] tests\r\n', OURS), `## What\r\n\r\n- [ ] tests\n\n${MARKED}\n`);
    assert.equal(withOurs('', OURS), MARKED);
  });

  it('has ours at the marker', () => {
    assert.equal(withOurs('a\n<!-- linekeeper -->\nb\n', OURS), `a\n${MARKED}\nb\n`);
  });

  it('has ours once, however often it is updated', () => {
    const first = withOurs('mine\n', 'one');
    assert.equal(
      withOurs(`${first}more of mine\n`, 'two'),
      'mine\n\n<!-- linekeeper: begin -->\ntwo\n<!-- linekeeper: end -->\nmore of mine\n',
    );
  });
});
