/** Names that look like others, or that a file system takes for others. */
import assert from 'node:assert/strict';
import { CARL } from '../support/repository';
import { approved, Branch, GRACE, numbered, POLICY } from './gate-support';

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
    ['in another case', 'INFRA/b.tf', 'critical'],
    ['in another case, beside one that differs in nothing else', 'infra/A.tf', 'critical'],
    ['of letters in parts (NFD)', 'de\u0301po\u0302t/a', 'secret'],
    ['of composed letters (NFC)', 'd\u00e9p\u00f4t/a', 'secret'],
    ['with a Cyrillic letter that looks the same', 'infr\u0430/b.tf', 'critical'],
    ['with letters of full width', '\uff49nfra/b.tf', 'critical'],
    ['with a character that has no width', 'inf\u200dra/b.tf', 'critical'],
    ['with a mark of direction', '\u202dinfra/b.tf', 'critical'],
    ['with a dot at its end, which Windows drops', 'infra./b.tf', 'critical'],
    ['with a space at its end, which Windows drops', 'infra /b.tf', 'critical'],
    ['of the policy in another case', '.LineKeeper.YML', 'critical'],
    ['of the policy with a character that has no width', '.line\u200ckeeper.yml', 'critical'],
    ['of the owners in another case', '.GitHub/codeowners', 'critical'],
    ['of another place, in letters of its own', '\u0434\u043e\u043a\u0438/a.md', undefined],
    ['of another place', 'infrastructure/a.tf', undefined],
  ] as const) {
    it(`the file ${what} is in ${tier === undefined ? 'no tier' : `the tier ${tier}`}`, async () => {
      assert.equal(await tierOf(file), tier);
    });
  }

  it('an exclusion takes out only the file with exactly that spelling', async () => {
    await branch.repo.dispose();
    branch = await Branch.create(
      { 'infra/a.tf': numbered(3) },
      OWNED.replace('"infra/**"', '"infra/**", "!infra/docs/**"'),
    );
    assert.equal(await tierOf('infra/docs/a.md'), undefined);
    assert.equal(await tierOf('infra/d\u043ecs/b.md'), 'critical');
  });

  it("an approver's name must match letter by letter, ignoring case", async () => {
    const head = await branch.commit('ai: change', { 'infra/a.tf': numbered(4) }, CARL);
    for (const [by, verdict] of [
      ['ADA', 'pass'],
      ['\u0430da', 'fail'],
      ['ada\u200b', 'fail'],
      ['\uff41da', 'fail'],
      ['ada@ex\u0430mple.com', 'fail'],
    ] as const) {
      assert.equal(
        (await branch.check({ approvals: [approved(by, head, { email: null })] })).verdict,
        verdict,
        JSON.stringify(by),
      );
    }
  });

  it("an author's address in another case is the same person, who cannot sign off", async () => {
    const head = await branch.commit(
      'ai: change',
      { 'infra/a.tf': numbered(4) },
      { name: 'G', email: 'GRACE@Example.COM' },
    );
    assert.equal((await branch.check({ approvals: [approved('grace', head)] })).verdict, 'fail');
  });

  it("the branch's own .mailmap makes nobody another person", async () => {
    const head = await branch.commit(
      'ai: change',
      {
        'infra/a.tf': numbered(4),
        '.mailmap': 'Zoe <zoe@example.com> <grace@example.com>\nAda <ada@example.com> <carl@example.com>\n',
      },
      GRACE,
    );
    const result = await branch.check({ approvals: [approved('grace', head)] });
    assert.equal(result.verdict, 'fail');
    assert.match(result.signOffs.map(({ why }) => why).join(), /somebody with a hand in these commits/);
    assert.equal(
      (await branch.check({ approvals: [approved('carl', head, { email: 'carl@example.com' })], actor: 'bob' }))
        .verdict,
      'fail',
      'nor a junior a senior',
    );
  });

  it("the branch's own .gitattributes and policy make no file generated", async () => {
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
