/** Names that look like others, or that a file system takes for others. */
import assert from 'node:assert/strict';
import { itInFull } from '../../support/full';
import { CARL } from '../../support/repository';
import { Branch, numbered, POLICY } from '../../support/gate';

const OWNED = POLICY.replace(
  '- name: standard',
  '- name: secret\n    paths: ["d\\u00e9p\\u00f4t/**"]\n    review: { any: { from: senior } }\n  - name: standard',
);

describe('names in linekeeper check', function () {
  this.timeout(60_000);
  let branch: Branch;
  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(3) }, OWNED);
  });
  afterEach(() => branch.repo.dispose());

  /** The tier of a new file. Put into the tree by git itself: this machine's file system has no say in names. */
  const tierOf = async (file: string): Promise<string | undefined> => {
    const [blob] = (await branch.repo.run(['hash-object', '-w', '--stdin'], { input: 'x\n' })).stdout.split('\n');
    await branch.repo.git(
      '-c',
      'core.precomposeUnicode=false',
      '-c',
      'core.protectNTFS=false',
      'update-index',
      '--add',
      '--cacheinfo',
      `100644,${blob ?? ''},${file}`,
    );
    await branch.repo.commit('ai: change', { as: CARL, staged: true });
    return (await branch.check()).tiers.find(({ files }) => files.includes(file))?.name;
  };

  for (const [what, file, tier] of [
    ['made of letters in parts (NFD)', 'de\u0301po\u0302t/a', 'secret'],
    ['that of another place, in letters of its own', '\u0434\u043e\u043a\u0438/a.md', undefined],
  ] as const) {
    itInFull(`a file's tier in git: ${tier ?? 'none'} when its name is ${what}`, async () => {
      assert.equal(await tierOf(file), tier);
    });
  }

  it("the branch's own .gitattributes: make no file generated when the branch's policy agrees", async () => {
    await branch.commit(
      'ai: change',
      {
        'infra/a.tf': numbered(4),
        '.gitattributes': 'infra/** linguist-generated -diff binary\n',
        '.linekeeper.yml': `${OWNED}generated: ["infra/**", ".linekeeper.yml"]\n`,
      },
      CARL,
    );
    const [critical] = (await branch.check()).tiers;
    assert.deepEqual(
      [critical?.name, critical?.files, critical?.added.ai],
      ['critical', ['.linekeeper.yml', 'infra/a.tf'], 2],
    );
  });
});
