/** Co-authors that a commit's message names. */
import assert from 'node:assert/strict';
import { ADA, CARL } from '../../support/repository';
import { approved, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const TF = { 'infra/a.tf': numbered(3) };

describe('a co-author trailer', () => {
  let branch: LiteralBranch;

  for (const text of [
    'Ada\n  <ada@example.com>',
    'ada',
    '@ada',
    'Ada ada@example.com',
    '@grace, @ada',
    'Grace <grace@example.com>, Ada <ada@example.com>',
  ]) {
    it(`a co-author: may not sign off when the trailer says ${JSON.stringify(text)}`, async () => {
      branch = new LiteralBranch();
      const head = branch.commit(`ai: change\n\nCo-authored-by: ${text}`, TF, CARL);
      const result = await branch.check({ approvals: [approved('ada', head)] });
      assert.deepEqual(
        [result.verdict, result.signOffs.map(({ why }) => why)],
        ['fail', ['it is by somebody with a hand in these commits']],
      );
      assert.doesNotMatch(result.notices.join(), /co-author/);
    });
  }

  for (const text of ['Ada Lovelace', 'stranger', 'Ada Lovelace <>']) {
    it(`a co-author: is reported as unknown when the trailer says ${JSON.stringify(text)}`, async () => {
      branch = new LiteralBranch();
      branch.commit(`ai: change\n\nCo-authored-by: ${text}`, TF, CARL);
      const name = text.replace(' <>', '');
      assert.match(
        (await branch.check()).notices.join('\n'),
        new RegExp(
          `^"?${name}"? is a co-author that isn't known, such as in [0-9a-f]{12}, so Linekeeper does not know`,
          'm',
        ),
      );
    });
  }

  for (const [text, assistant] of [
    [
      'Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>',
      'github-copilot',
    ],
    ['Copilot <175728472+Copilot@users.noreply.github.com>', 'github-copilot'],
    ['opencode <opencode-agent[bot]@users.noreply.github.com>', 'opencode'],
    ['sourcery-ai[bot] <58596630+sourcery-ai[bot]@users.noreply.github.com>', 'unknown-assistant'],
    ['Codex <codex@openai.com>', 'codex'],
    ['@copilot', 'github-copilot'],
    ['Claude', 'claude-code'],
  ] as const) {
    it(`a co-author: is an assistant when the trailer says ${JSON.stringify(text)}`, async () => {
      branch = new LiteralBranch();
      branch.commit(`human: typed\n\nCo-authored-by: ${text}`, TF, CARL);
      const result = await branch.check();
      assert.equal(result.verdict, 'fail');
      assert.deepEqual(result.commits[0]?.assistants, [assistant]);
      assert.doesNotMatch(result.notices.join(), /isn't known/);
    });
  }

  const GITHUB = { name: 'GitHub', email: 'noreply@github.com' };
  const SUGGESTIONS = `${POLICY}co-authors: { of-suggestions: may-sign }\n`;
  for (const [what, policy, committer, verdict] of [
    ['may sign off when the policy says so of suggestions', SUGGESTIONS, GITHUB, 'pass'],
    ['may not sign off when the policy says nothing of suggestions', POLICY, GITHUB, 'fail'],
    ['may not sign off when a person committed it', SUGGESTIONS, CARL, 'fail'],
  ] as const)
    it(`the author of a suggestion: ${what}`, async () => {
      branch = new LiteralBranch({}, policy);
      branch.commit('ai: change', TF, CARL);
      const text = 'ai: Apply suggestion\n\nCo-authored-by: Ada <ada@example.com>';
      const head = branch.commit(text, { 'infra/a.tf': numbered(4) }, CARL, { committer });
      assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, verdict);
    });

  it('the author of a suggestion: may not sign off when the suggestion is their own to commit', async () => {
    branch = new LiteralBranch({}, SUGGESTIONS);
    const text = 'ai: Apply suggestion\n\nCo-authored-by: Ada <ada@example.com>';
    const head = branch.commit(text, TF, ADA, { committer: GITHUB });
    assert.equal((await branch.check({ approvals: [approved('ada', head)] })).verdict, 'fail');
  });
});
