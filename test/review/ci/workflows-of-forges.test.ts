import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { forgeNamed, type Workflow, type WorkflowFacts } from '../../../src/review/forges';
import { problemsIn } from '../../support/workflow-problems';

const ACTION = `acme/linekeeper@${'a'.repeat(40)}`;
function renderWorkflow(id: string, facts: WorkflowFacts): Workflow {
  const made = forgeNamed(id).jobs?.workflow?.(facts);
  assert.ok(made);
  return made;
}
const github = renderWorkflow('github', { action: ACTION, branch: 'main' });
const gitlab = renderWorkflow('gitlab', { action: ACTION, branch: 'main' });

interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

describe('the workflow file for GitHub', () => {
  it("is valid by GitHub's own parser, which finds mistakes in a broken one", async () => {
    assert.deepEqual(await problemsIn(github.text), []);
    assert.notDeepEqual(await problemsIn(github.text.replace('runs-on: ubuntu-latest', 'runs-upon: x')), []);
    assert.notDeepEqual(await problemsIn(github.text.replace('github.event_name !=', 'github..event_name !=')), []);
  });

  const { permissions, jobs, on } = parse(github.text) as {
    permissions: object;
    jobs: Record<'gate' | 'notes', Job>;
    on: Record<string, unknown>;
  };

  it('grants each job only the permissions it needs', () => {
    assert.deepEqual(permissions, {});
    assert.deepEqual(jobs.gate.permissions, { contents: 'read', 'pull-requests': 'write', statuses: 'write' });
    assert.deepEqual(jobs.notes.permissions, { contents: 'write' });
    assert.match(jobs.notes.if ?? '', /== 'push'/);
  });

  it('pins each action to a commit, and uses no text of the pull request', () => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    assert.equal(steps.length, 4);
    for (const { uses } of steps) assert.match(uses, /@[0-9a-f]{40}$/);
    for (const step of steps.filter((each) => each.uses.startsWith('actions/checkout')))
      assert.equal(step.with?.['persist-credentials'], false);
    assert.doesNotMatch(github.text, /pull_request_target|\bref:|title|body|head_ref|head\.ref|run:/);
    assert.deepEqual(Object.keys(on).sort(), ['merge_group', 'pull_request', 'pull_request_review', 'push']);
  });

  it("names its check after the target branch, so that another branch's check cannot stand in for it", () => {
    const { name } = (parse(github.text) as { jobs: { gate: { name: string } } }).jobs.gate;
    assert.match(name, /merge_group\.base_ref .*pull_request\.base\.ref/);
    assert.match(
      github.text,
      /^# Require the status "linekeeper" in the protection of the default branch, and "linekeeper \(BRANCH\)" in/m,
    );
  });

  it("quotes the branch's name", () => {
    const odd = parse(renderWorkflow('github', { action: ACTION, branch: 'a: "b' }).text) as {
      on: { push: { branches: readonly string[] } };
    };
    assert.deepEqual(odd.on.push.branches, ['a: "b']);
  });
});

describe('the workflow file for Gitea and Forgejo', () => {
  it('a job: has the rights that it needs, where jobs may only read unless they name more', () => {
    for (const id of ['gitea', 'forgejo']) {
      const { jobs } = parse(renderWorkflow(id, { action: ACTION, branch: 'main' }).text) as {
        jobs: Record<'gate' | 'notes', Job>;
      };
      assert.deepEqual(jobs.gate.permissions, { contents: 'write', 'pull-requests': 'write' });
      assert.deepEqual(jobs.notes.permissions, { contents: 'write' });
    }
  });
});

describe('the template for GitLab', () => {
  it('has a job for merge requests with reports and a job for notes, both with the whole history', () => {
    const jobs = parse(gitlab.text) as Record<
      string,
      { rules: readonly { if: string }[]; artifacts?: { when: string; reports: object }; variables: object }
    >;
    assert.deepEqual(Object.keys(jobs), ['linekeeper', 'linekeeper-notes']);
    assert.equal(jobs['linekeeper']?.artifacts?.when, 'always');
    for (const job of Object.values(jobs)) assert.deepEqual(job.variables, { GIT_DEPTH: '0' });
  });
});

describe('the workflow file for Gitea and Forgejo', () => {
  for (const [id, folder] of [
    ['gitea', '.gitea'],
    ['forgejo', '.forgejo'],
  ] as const)
    it(`lies in ${folder}, and names actions by full address, pinned to commits`, () => {
      const { path: file, text } = renderWorkflow(id, { action: ACTION, branch: 'a: "b' });
      assert.equal(file, `${folder}/workflows/linekeeper.yml`);
      const { jobs, on } = parse(text) as {
        jobs: Record<string, Job>;
        on: { push: { branches: readonly string[] } };
      };
      assert.deepEqual(on.push.branches, ['a: "b']);
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      assert.equal(steps.length, 4);
      for (const { uses } of steps) assert.match(uses, /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
      assert.doesNotMatch(text, /pull_request_target|\bref:|title|body|head_ref|head\.ref|run:/);
    });
});

describe('the pipeline for Azure', () => {
  it("runs the gate on the whole history with the job's token, and after a merge to the branch", () => {
    const { text } = renderWorkflow('azure', { action: ACTION, branch: 'a: "b' });
    const { trigger, jobs } = parse(text) as {
      trigger: { branches: { include: readonly string[] } };
      jobs: readonly { steps: readonly Readonly<Record<string, unknown>>[] }[];
    };
    assert.deepEqual(trigger.branches.include, ['a: "b']);
    assert.deepEqual(
      jobs.flatMap(({ steps }) => steps),
      [
        // its schema has texts here
        { checkout: 'self', fetchDepth: '0', persistCredentials: 'true' },
        {
          script: 'linekeeper ci',
          displayName: 'Decide',
          env: { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' },
        },
      ],
    );
  });
});

describe('the pipeline for Bitbucket', () => {
  it('runs the gate for pull requests, and after a merge to the branch', () => {
    const { text } = renderWorkflow('bitbucket-cloud', { action: ACTION, branch: 'a: "b' });
    const { clone, pipelines } = parse(text) as {
      clone: object;
      pipelines: Readonly<Record<string, Readonly<Record<string, readonly { step: { script: readonly string[] } }[]>>>>;
    };
    assert.deepEqual(clone, { depth: 'full' });
    assert.deepEqual(Object.keys(pipelines), ['pull-requests', 'branches']);
    assert.deepEqual(Object.keys(pipelines['branches'] ?? {}), ['a: "b']);
    for (const steps of Object.values(pipelines).flatMap((each) => Object.values(each)))
      assert.deepEqual(
        steps.map(({ step }) => step.script),
        [['linekeeper ci']],
      );
  });
});

describe('docs/dev/ci-files.md', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/dev/ci-files.md'), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block = '']) => parse(block) as unknown);

  it('shows the same workflow files that ci init writes', () => {
    const shown = renderWorkflow('github', { action: 'OWNER/linekeeper@COMMIT', branch: 'main' });
    assert.deepEqual(blocks, [parse(shown.text), parse(renderWorkflow('gitlab', { action: '', branch: 'main' }).text)]);
  });
});
