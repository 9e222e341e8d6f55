import assert from 'node:assert/strict';
import { withOurs } from '../../../src/review/pull-request';

const OURS = "**Needs a senior's sign-off.**";
const MARKED = `<!-- linekeeper: begin -->\n${OURS}\n<!-- linekeeper: end -->`;

describe("withOurs: our part of a pull request's text", () => {
  it('goes below a template, of which every byte stays', () => {
    assert.equal(withOurs('## What\r\n\r\n- [ ] tests\r\n', OURS), `## What\r\n\r\n- [ ] tests\n\n${MARKED}\n`);
    assert.equal(withOurs('', OURS), MARKED);
  });

  it('goes to the marker in a template', () => {
    assert.equal(withOurs('a\n<!-- linekeeper -->\nb\n', OURS), `a\n${MARKED}\nb\n`);
  });

  it('is replaced on an update', () => {
    const first = withOurs('mine\n', 'one');
    assert.equal(
      withOurs(`${first}more of mine\n`, 'two'),
      'mine\n\n<!-- linekeeper: begin -->\ntwo\n<!-- linekeeper: end -->\nmore of mine\n',
    );
  });
});
