/** The floor in a machine's managed place, and the one that a job brings. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check } from '../../../src/cli/verbs/check';
import { managedFolder } from '../../../src/base/platform';
import type { Policy } from '../../../src/policy';
import { loadPolicy, managedFloors } from '../../../src/policy/load';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const FLOOR = 'version: 1\nunlisted: junior\ntiers: [{name: company, paths: ["secrets/**"], agents: deny}]\n';
const OWN = 'version: 1\ntiers: [{name: critical, paths: ["infra/**"]}]\n';

describe('a floor on this machine', () => {
  let repository: TestRepository;
  let folder: string;
  beforeEach(async () => {
    repository = await TestRepository.create();
    folder = mkdtempSync(path.join(tmpdir(), 'floor-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await repository.dispose();
  });
  const put = (text: string): void => {
    writeFileSync(path.join(folder, 'policy.yml'), text);
  };
  const load = () => loadPolicy(repository.repository(), managedFloors(folder));

  it('the managed place: is the same whatever the environment says', () => {
    assert.equal(managedFolder('linux'), '/etc/linekeeper');
    assert.equal(managedFolder('darwin'), '/Library/Application Support/Linekeeper');
    assert.equal(managedFolder('win32'), 'C:\\ProgramData\\Linekeeper');
  });

  it('a policy over it: has the tiers of both when the floor is there, and its own when it is gone', async () => {
    repository.write('.linekeeper.yml', OWN);
    put(FLOOR);
    const names = async (): Promise<readonly string[]> => (await load()).policy.tiers.map(({ name }) => name);
    assert.deepEqual(await names(), ['company', 'critical']);
    assert.deepEqual(await names(), ['company', 'critical']); // from the cache
    rmSync(path.join(folder, 'policy.yml'));
    assert.deepEqual(await names(), ['critical']);
  });

  it('the floor alone: holds when the repository has no policy', async () => {
    put(FLOOR);
    const { policy, source, problems } = await load();
    assert.deepEqual([policy.tiers.map(({ name }) => name), problems], [['company'], []]);
    assert.equal(source, path.join(folder, 'policy.yml'));
  });

  it('the floor: holds and the line is named when the repository asks for less', async () => {
    put(FLOOR);
    repository.write('.linekeeper.yml', OWN.replace('version: 1\n', 'version: 1\nunlisted: senior\n'));
    const { policy, problems } = await load();
    assert.deepEqual([policy.unlisted, policy.tiers[0]?.name, problems[0]?.line], ['junior', 'company', 2]);
  });

  const CLOSED = `version: 1
agents: { may: [merge] }
tiers: [{name: closed, paths: ["private/**"], agents: deny}]
`;
  const ofCompany = `${FLOOR}newer: 1\n`;
  const spoil: Readonly<Record<string, readonly [file: string, text: string | null, closed: readonly string[]]>> = {
    'a floor with a key of a newer version': ['policy.yml', ofCompany, ['company', 'closed']],
    'a floor that is no YAML': ['policy.yml', 'tiers: [', ['closed']],
    'an empty floor': ['policy.yml', '', ['closed']],
    "a floor that can't be read": ['policy.yml', null, ['closed']],
    'settings that are no JSON': ['settings.json', '{', ['closed']],
    'settings with an unknown key': ['settings.json', '{"pasta": "unknown"}', ['closed']],
    "settings that can't be read": ['settings.json', null, ['closed']],
  };
  const closedTiers = ({ tiers }: Policy): readonly string[] =>
    tiers.filter(({ agents }) => agents === 'deny').map(({ name }) => name);
  for (const [what, [name, text, closed]] of Object.entries(spoil))
    it(`a policy over a broken managed place: goes on to close its tiers, and the broken file is named, when there is ${what}`, async () => {
      const file = path.join(folder, name);
      if (text === null) mkdirSync(file);
      else writeFileSync(file, text);
      for (const own of [CLOSED, `${CLOSED}newkey: 1\n`]) {
        repository.write('.linekeeper.yml', own);
        const { policy, readable, problems } = await load();
        assert.deepEqual(closedTiers(readable ?? policy), closed, own);
        assert.equal(problems[0]?.file, file);
        if (own === CLOSED) assert.deepEqual(closedTiers(policy), closed);
        if (name === 'policy.yml') assert.deepEqual((readable ?? policy).agentsMay ?? [], []);
      }
    });

  it('a policy with a key of a newer version: goes on to close its tiers when only settings are locked', async () => {
    repository.write('.linekeeper.yml', `${CLOSED}newkey: 1\n`);
    writeFileSync(path.join(folder, 'settings.json'), '{"prompts": "none"}');
    const { policy, readable = policy } = await load();
    assert.deepEqual(closedTiers(readable), ['closed']);
  });

  it('a policy that is no valid YAML: goes on to close its tiers', async () => {
    for (const slip of ['nonsense: [', '\tmode: x\n', '- a\n']) {
      repository.write('.linekeeper.yml', CLOSED + slip);
      const { policy, readable = policy, problems } = await load();
      assert.deepEqual([closedTiers(readable), problems.length > 0], [['closed'], true], slip);
    }
  });

  it('a link that leads nowhere: is a broken file when it stands in the managed place', async () => {
    repository.write('.linekeeper.yml', OWN);
    for (const name of ['policy.yml', 'settings.json']) {
      symlinkSync(path.join(folder, 'absent'), path.join(folder, name));
      assert.equal((await load()).problems[0]?.file, path.join(folder, name));
      rmSync(path.join(folder, name));
    }
    assert.deepEqual((await load()).problems, []);
  });

  it('locked settings: bind by what they say alone when a repository only observes', async () => {
    const observing = OWN.replace('tiers', 'mode: observe\nunlisted: senior\ntiers');
    repository.write('.linekeeper.yml', observing);
    writeFileSync(path.join(folder, 'settings.json'), '{"prompts": "none"}');
    const { policy, problems } = await load();
    assert.deepEqual([policy.mode, policy.unlisted, policy.prompts, problems], ['observe', 'senior', 'none', []]);
    put(`${FLOOR}may-loosen: [unlisted]\n`);
    repository.write('.linekeeper.yml', OWN.replace('tiers', 'unlisted: senior\ntiers'));
    assert.deepEqual((await load()).problems, []);
    repository.write('.linekeeper.yml', observing);
    assert.match((await load()).problems[0]?.message ?? '', /stops nothing \(mode: observe\)/);
    repository.write('.linekeeper.yml', `${OWN}prompts: full\n`);
    assert.equal((await load()).problems.length, 1);
  });

  it('check --floor: says 2 when the file lies in the checked-out tree or is missing', async () => {
    repository.write('.linekeeper.yml', OWN);
    repository.write('floor.yml', FLOOR);
    await repository.commit('first');
    const call = (file: string) => callVerb(check, ['main..main', '--floor', file], repository.root);
    assert.deepEqual((await call('floor.yml')).code, 2);
    assert.match((await call('floor.yml')).err.join('\n'), /lies in the checked-out tree/);
    assert.match((await call(path.join(folder, 'none.yml'))).err.join('\n'), /can't be read: there is no such file/);
    put(FLOOR);
    assert.equal((await call(path.join(folder, 'policy.yml'))).code, 0);
  });
});
