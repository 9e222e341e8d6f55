/** CI files that run the gate by what they call belong to it: whoever changes one can take the gate away. */
import assert from 'node:assert/strict';
import { status } from '../../../src/cli/verbs/status';
import { itInFull } from '../../support/full';
import { callVerb } from '../../support/verbs';
import { CARL } from '../../support/repository';
import { Branch, POLICY } from '../../support/gate';

const RUNS = 'jobs: { gate: { steps: [{ run: npx linekeeper ci }] } }\n';
const calls = (name: string): string => `jobs:\n  gate:\n    uses: ./${name} # the gate\n`;
const step = (name: string): string => `jobs:\n  a:\n    steps:\n      - name: gate\n        uses: "./${name}"\n`;

describe('a CI file is one of the gate itself', function () {
  this.timeout(60_000);
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  const W = '.github/workflows';
  for (const [what, files, changed, own] of [
    [
      'when it calls a workflow that runs it',
      { [`${W}/ci.yml`]: calls(`${W}/gate.yml`), [`${W}/gate.yml`]: RUNS },
      `${W}/ci.yml`,
      true,
    ],
    [
      'when it calls one that calls one that runs it',
      { [`${W}/ci.yml`]: calls(`${W}/all.yml`), [`${W}/all.yml`]: calls(`${W}/gate.yml`), [`${W}/gate.yml`]: RUNS },
      `${W}/ci.yml`,
      true,
    ],
    [
      'when it has a step of a local action that runs it',
      { [`${W}/ci.yml`]: step('tools/gate'), 'tools/gate/action.yml': 'runs: { steps: [{ run: linekeeper ci }] }\n' },
      `${W}/ci.yml`,
      true,
    ],
    [
      'when it is that action',
      { [`${W}/ci.yml`]: step('tools/gate'), 'tools/gate/action.yml': 'runs: { steps: [{ run: linekeeper ci }] }\n' },
      'tools/gate/action.yml',
      true,
    ],
    [
      'when it is a file of that action',
      {
        [`${W}/ci.yml`]: step('.github/actions/gate'),
        '.github/actions/gate/action.yaml': 'runs: { steps: [{ run: ./gate.sh }] } # linekeeper\n',
        '.github/actions/gate/gate.sh': 'exit 1\n',
      },
      '.github/actions/gate/gate.sh',
      true,
    ],
    [
      "when it includes a file of GitLab's",
      { '.gitlab-ci.yml': 'include: [{local: ci/gate.yml}]\n', 'ci/gate.yml': RUNS },
      '.gitlab-ci.yml',
      true,
    ],
    [
      'when it is that file',
      { '.gitlab-ci.yml': 'include:\n  - /ci/gate.yml\n', 'ci/gate.yml': RUNS },
      'ci/gate.yml',
      true,
    ],
    [
      'when it includes it by a pattern, in two steps',
      {
        '.gitlab-ci.yml': "include:\n  - local: '/ci/*.yml'\n",
        'ci/all.yml': 'include: jobs/gate.yml\n',
        'jobs/gate.yml': RUNS,
      },
      'ci/all.yml',
      true,
    ],
    [
      "when it takes a template of Azure's",
      { 'azure-pipelines.yml': 'jobs:\n  - template: ci/gate.yml\n', 'ci/gate.yml': RUNS },
      'azure-pipelines.yml',
      true,
    ],
    [
      'but not for a job beside it',
      { [`${W}/ci.yml`]: calls(`${W}/gate.yml`), [`${W}/gate.yml`]: RUNS, [`${W}/lint.yml`]: 'jobs: {}\n' },
      `${W}/lint.yml`,
      false,
    ],
    [
      'but not for a file that no CI file calls',
      { 'docs/gate.yml': RUNS, [`${W}/ci.yml`]: 'jobs: {}\n' },
      'docs/gate.yml',
      false,
    ],
  ] as const) {
    itInFull(what, async () => {
      branch = await Branch.create(files);
      const reason = async (): Promise<boolean> =>
        (await branch.check()).tiers.some(({ required }) =>
          required.some(({ why }) => why.includes(changed) && /what is asked of everybody/.test(why)),
        );
      const before = branch.repo.read(changed);
      branch.repo.write(changed, `# nothing\n`);
      const { out } = await callVerb(status, ['--json'], branch.repo.root);
      assert.equal(/what is asked of everybody/.test(out), own, 'status');
      branch.repo.write(changed, before);
      await branch.commit('human: change', { [changed]: '# nothing\n' }, CARL);
      assert.equal(await reason(), own);
    });
  }

  it('when the change itself makes it call the gate', async () => {
    branch = await Branch.create({ [`${W}/ci.yml`]: 'jobs: {}\n' }, POLICY);
    await branch.commit(
      'human: change',
      { [`${W}/ci.yml`]: step('tools/gate'), 'tools/gate/action.yml': 'runs: {} # linekeeper\n' },
      CARL,
    );
    const result = await branch.check();
    assert.deepEqual(result.tiers[0]?.files, [`${W}/ci.yml`, 'tools/gate/action.yml']);
  });
});
