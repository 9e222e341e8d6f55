/** How severe the loss of a test is: less where it may be written anew. */
import assert from 'node:assert/strict';
import { analyzersFor, findInChanges, type Change } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const change = (path: string, before: string | null, after: string | null): Change => ({
  path,
  from: null,
  before,
  after,
});
const severities = async (...changes: readonly Change[]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS, analyzersFor(['checks']))).map(({ rule, severity }) => `${rule} ${severity}`);

const OLD = 'def test_total():\n    assert total([1, 2]) == 3\n\n\ndef test_less():\n    assert less(3, 1) == 2\n';
const NEW =
  'class TestCart:\n    def test_sum(self):\n        assert cart(1, 2).paid() == 3\n\n    def test_rest(self):\n        assert cart(3, -1).due() == 2\n';

describe('the severity of removed tests', () => {
  it('a file of tests: is medium when it leaves, and low when as many tests come in a new file', async () => {
    const gone = change('t/integration/test_cart.py', OLD, null);
    assert.deepEqual(await severities(gone), ['checks/test-removed medium']);
    assert.deepEqual(await severities(gone, change('t/smoke/test_basket.py', null, NEW)), ['checks/test-removed low']);
    const fewer = NEW.slice(0, NEW.indexOf('    def test_rest'));
    assert.deepEqual(await severities(gone, change('t/smoke/test_basket.py', null, fewer)), [
      'checks/test-removed medium',
    ]);
  });

  it('a test that asserts less: is low, whether code changes with it or not', async () => {
    const two = 'def test_total():\n    result = total([1, 2])\n    assert result == 3\n    assert result > 0\n';
    const single = two.replace('    assert result == 3\n', '');
    assert.deepEqual(await severities(change('tests/test_cart.py', two, single)), ['checks/test-removed low']);
    const code = change('src/cart.py', 'a = 1\n', 'a = 2\n');
    assert.deepEqual(await severities(change('tests/test_cart.py', two, single), code), ['checks/test-removed low']);
  });
});
