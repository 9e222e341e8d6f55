/** How the checks of a commit ended, as forges tell it: what `requires.checks` of a policy asks for. */
import assert from 'node:assert/strict';
import { ForgeError, type Transport } from '../../../../src/review/forges/client-parts';
import { readChecks as ofGitHub } from '../../../../src/review/forges/github/read-checks';
import { readChecks as ofGitLab } from '../../../../src/review/forges/gitlab/read-checks';

const COMMIT = 'a'.repeat(40);

/** A server that answers lists by the end of their route, and with a refusal for others. */
const server = (lists: Readonly<Record<string, readonly unknown[]>>, reason?: ForgeError['reason']): Transport => ({
  host: 'forge.example.com',
  ask: () => Promise.reject(new Error('nothing else is asked')),
  list: (route) => {
    const found = Object.entries(lists).find(([end]) => route.endsWith(end))?.[1];
    return found === undefined || reason !== undefined
      ? Promise.reject(new ForgeError(reason ?? 'not-found', 'refused'))
      : Promise.resolve(found);
  },
  requests: () => 0,
});
const here = { owner: 'acme', repo: 'shop' };

describe("the checks of GitHub's commits", () => {
  const run = (id: number, name: string, status: string, conclusion: string | null = null): unknown => ({
    id,
    name,
    status,
    conclusion,
  });

  it('a check: green, red or open by its latest run when it ran several times', async () => {
    const runs = [
      run(5, 'plan', 'completed', 'failure'),
      run(2, 'plan', 'completed', 'success'),
      run(3, 'unit', 'completed', 'success'),
      run(1, 'unit', 'completed', 'failure'),
      run(4, 'e2e', 'in_progress'),
      run(6, 'docs', 'completed', 'skipped'),
      run(7, 'scan', 'completed', 'timed_out'),
      run(8, 'lint', 'completed', 'cancelled'),
    ];
    assert.deepEqual(await ofGitHub(server({ '/check-runs': runs, '/statuses': [] }), here, COMMIT), {
      plan: 'failure',
      unit: 'success',
      e2e: 'pending',
      docs: 'success',
      scan: 'failure',
      lint: 'failure',
    });
  });

  it('a status: the newest of its name when an older one says otherwise', async () => {
    const statuses = [
      { context: 'ci/plan', state: 'pending' },
      { context: 'ci/plan', state: 'success' },
      { context: 'ci/unit', state: 'error' },
    ];
    assert.deepEqual(await ofGitHub(server({ '/check-runs': [], '/statuses': statuses }), here, COMMIT), {
      'ci/plan': 'pending',
      'ci/unit': 'failure',
    });
  });

  it('nothing: known when the token may not read, and an error when the forge is out of reach', async () => {
    const lists = { '/check-runs': [], '/statuses': [] };
    assert.equal(await ofGitHub(server(lists, 'not-allowed'), here, COMMIT), undefined);
    assert.equal(await ofGitHub(server({ '/statuses': [] }), here, COMMIT), undefined);
    await assert.rejects(ofGitHub(server(lists, 'unreachable'), here, COMMIT), ForgeError);
  });
});

describe("the statuses of GitLab's commits", () => {
  const statuses = [
    { id: 9, name: 'plan', status: 'success' },
    { id: 3, name: 'plan', status: 'failed' },
    { id: 4, name: 'unit', status: 'canceled' },
    { id: 5, name: 'e2e', status: 'running' },
    { id: 6, name: 'deploy', status: 'manual' },
    { id: 7, name: 'docs', status: 'skipped' },
  ];

  it('a job: green, red or open by its latest run when it ran several times', async () => {
    assert.deepEqual(await ofGitLab(server({ '/statuses': statuses }), '7', COMMIT), {
      plan: 'success',
      unit: 'failure',
      e2e: 'pending',
      deploy: 'pending',
      docs: 'failure',
    });
  });

  it('nothing: known when the token may not read, and an error if the forge answers otherwise than it should', async () => {
    assert.equal(await ofGitLab(server({ '/statuses': statuses }, 'not-allowed'), '7', COMMIT), undefined);
    await assert.rejects(ofGitLab(server({ '/statuses': [{ id: 'x' }] }), '7', COMMIT), ForgeError);
  });
});
