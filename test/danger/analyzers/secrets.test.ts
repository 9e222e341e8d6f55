import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { secrets } from '../../../src/danger/analyzers/secrets';
import { TOOLS } from '../../support/grammars';

describe('secrets that a change adds', () => {
  it('the value of a secret is never in a finding', async () => {
    const value = `ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6`;
    const [found] = await findInChanges(
      [
        {
          path: 'a.ts',
          from: null,
          before: null,
          after: `const token = "${value}";\nconst password = "tR7!kq9Lw2x";\n`,
        },
      ],
      TOOLS,
      [secrets],
    );
    assert.equal(found?.rule, 'secrets/token');
    assert.ok(!JSON.stringify(found).includes(value.slice(4, 12)));
  });

  it('a token of another form than ours: is found when the detector of others knows it', async () => {
    const after = ['lin', 'api', '8kQ2xV5bN7mJ', '4hG1fD9sA6pO3iU0yT8rE2wZ'].join('_');
    const found = await findInChanges([{ path: 'docs/a.md', from: null, before: null, after }], TOOLS, [secrets]);
    assert.deepEqual(
      found.map(({ rule, line }) => [rule, line]),
      [['secrets/token', 1]],
    );
  });

  it('hostile texts are searched without an error', async () => {
    const many = 100_000;
    const texts = [
      'password='.repeat(many / 10),
      `a://${'a:'.repeat(many)}`,
      'eyJ'.repeat(many),
      '" + "'.repeat(many / 5),
      '-----BEGIN PRIVATE KEY-----'.repeat(many / 50),
      `password: ${'a1'.repeat(many)}`,
      'Basic '.repeat(many / 10),
      'secret_key = '.repeat(many / 20),
      'curl -u '.repeat(many / 20),
      `kind: Secret\ndata:\n${'  a: b\n'.repeat(many / 10)}`,
      'a_'.repeat(many),
      `password="${'a-1'.repeat(100)}"\n`.repeat(300),
    ];
    for (const after of texts)
      assert.ok(
        Array.isArray(await findInChanges([{ path: 'a.yml', from: null, before: null, after }], TOOLS, [secrets])),
        after.slice(0, 20),
      );
  });
});
