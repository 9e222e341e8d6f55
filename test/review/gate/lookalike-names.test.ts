/** Names that look like others, or that a file system takes for others. */
import assert from 'node:assert/strict';
import { CARL } from '../../support/repository';
import { approved, GRACE, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const OWNED = POLICY.replace(
  '- name: standard',
  '- name: secret\n    paths: ["d\\u00e9p\\u00f4t/**"]\n    review: { any: { from: senior } }\n  - name: standard',
);

describe('names that look like others', () => {
  let branch: LiteralBranch;
  beforeEach(() => {
    branch = new LiteralBranch({ 'infra/a.tf': numbered(3) }, OWNED);
  });

  /** The tier of a new file. */
  const tierOf = async (file: string): Promise<string | undefined> => {
    branch.commit('ai: change', { [file]: `${file}\n` }, CARL);
    return (await branch.check()).tiers.find(({ files }) => files.includes(file))?.name;
  };

  for (const [what, file, tier] of [
    ['written in another case', 'INFRA/b.tf', 'critical'],
    ['written in another case, beside one that differs in nothing else', 'infra/A.tf', 'critical'],
    ['made of letters in parts (NFD)', 'de\u0301po\u0302t/a', 'secret'],
    ['made of composed letters (NFC)', 'd\u00e9p\u00f4t/a', 'secret'],
    ['spelled with a Cyrillic letter that looks the same', 'infr\u0430/b.tf', 'critical'],
    ['spelled with letters of full width', '\uff49nfra/b.tf', 'critical'],
    ['spelled with a character that has no width', 'inf\u200dra/b.tf', 'critical'],
    ['begun with a mark of direction', '\u202dinfra/b.tf', 'critical'],
    ['written with a dot at its end, which Windows drops', 'infra./b.tf', 'critical'],
    ['written with a space at its end, which Windows drops', 'infra /b.tf', 'critical'],
    ['that of the policy in another case', '.LineKeeper.YML', 'critical'],
    ['that of the policy with a character that has no width', '.line\u200ckeeper.yml', 'critical'],
    ['that of the owners in another case', '.GitHub/codeowners', 'critical'],
    ['that of another place, in letters of its own', '\u0434\u043e\u043a\u0438/a.md', undefined],
    ['that of another place', 'infrastructure/a.tf', undefined],
  ] as const) {
    it(`a file's tier: ${tier ?? 'none'} when its name is ${what}`, async () => {
      assert.equal(await tierOf(file), tier);
    });
  }

  it('an exclusion: takes out a file only when it has exactly that spelling', async () => {
    branch = new LiteralBranch(
      { 'infra/a.tf': numbered(3) },
      OWNED.replace('"infra/**"', '"infra/**", "!infra/docs/**"'),
    );
    assert.equal(await tierOf('infra/docs/a.md'), undefined);
    assert.equal(await tierOf('infra/d\u043ecs/b.md'), 'critical');
  });

  it('an approver: counts only when each letter of the name matches, in any case', async () => {
    const head = branch.commit('ai: change', { 'infra/a.tf': numbered(4) }, CARL);
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

  it('an author: may not sign off when the commit has the address in another case', async () => {
    const head = branch.commit('ai: change', { 'infra/a.tf': numbered(4) }, { name: 'G', email: 'GRACE@Example.COM' });
    assert.equal((await branch.check({ approvals: [approved('grace', head)] })).verdict, 'fail');
  });

  it("the branch's own .mailmap: makes nobody another person when it maps addresses", async () => {
    const head = branch.commit(
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
});
