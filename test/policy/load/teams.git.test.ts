/** Levels by teams in what is decided on this machine: status, and the editor, which asks the same function. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { keepTeams, knownTeams } from '../../../src/policy/load';
import { decideLocally } from '../../../src/policy/local-work';
import { statusOf } from '../../../src/provenance/commits';
import { itInFull } from '../../support/full';
import { linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const POLICY = `version: 1
people: { senior: ["@acme/seniors"], mid: [], junior: [] }
aliases: { ada: [ada@example.com] }
tiers:
  - name: standard
    paths: ["src/**"]
    review: { ai: { junior: { from: senior } } }
`;
const DAY = 24 * 3600_000;

describe('linekeeper status, when the policy names teams', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('src/a.txt', 'one\n');
    test.write('other.txt', 'one\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const status = (): Promise<Answer> => linekeeper(test, ['status', '--json']);
  const levelIn = ({ stdout }: Answer): unknown =>
    (JSON.parse(stdout) as { decision: { level: string } }).decision.level;
  const resolved = (members: readonly string[], at = Date.now()): void => {
    keepTeams(test.repository(), { host: 'github.com', at, teams: { '@acme/seniors': members } });
  };
  const edit = (): Promise<void> => as('ai', test, ['src/a.txt'], () => test.write('src/a.txt', 'one\ntwo\n'));

  it('does not know a level before the teams were asked for, and names the team', async () => {
    await edit();
    const answer = await status();
    assert.equal(levelIn(answer), 'junior');
    assert.match(
      answer.stderr,
      /Your level isn't known here, .* members of @acme\/seniors were never fetched .*policy people --refresh/,
    );
  });

  itInFull('knows the level once asked, as check and CI do, for 30 days', async () => {
    await edit();
    resolved(['ada', 'grace']);
    const known = await status();
    assert.deepEqual([levelIn(known), known.stderr], ['senior', '']);
    resolved(['grace']);
    const other = await status();
    assert.deepEqual([levelIn(other), other.stderr], ['junior', '']);
    resolved(['ada'], Date.now() - 31 * DAY);
    assert.match((await status()).stderr, /Your level isn't known here/);
  });

  itInFull('says nothing of levels when none decides', async () => {
    await as('ai', test, ['other.txt'], () => test.write('other.txt', 'one\ntwo\n'));
    assert.equal((await status()).stderr, '');
  });

  itInFull('knows the same level as the editor', async () => {
    await edit();
    const repository = test.repository();
    const asked = async (): Promise<readonly unknown[]> => {
      const { level, openTeams } = await decideLocally(repository, await statusOf(repository, Date.now));
      return [level.level, level.known, openTeams];
    };
    assert.deepEqual(await asked(), ['junior', false, ['@acme/seniors']]);
    resolved(['ada']);
    assert.deepEqual(await asked(), ['senior', true, []]);
  });

  it('ignores a malformed teams.json', () => {
    resolved(['ada']);
    const file = test.at('.git/linekeeper/teams.json');
    for (const text of [
      '{',
      '[]',
      '{"version":2}',
      '{"version":1,"host":"x","at":1,"teams":{"@acme/seniors":"ada"}}',
    ]) {
      writeFileSync(file, text);
      assert.deepEqual(knownTeams(test.repository(), 2), {}, text);
    }
  });
});
