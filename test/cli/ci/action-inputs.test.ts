import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { actionCall } from '../../../src/cli/ci/action-inputs';

const TOP = path.resolve(import.meta.dirname, '../../..');
const action = parse(readFileSync(path.join(TOP, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, unknown>;
  runs: { using: string; main: string };
};

const given = (inputs: Readonly<Record<string, string>>): ReturnType<typeof actionCall> =>
  actionCall(Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])));

describe('the GitHub Action', () => {
  it('runs linekeeper ci with its default inputs, and passes the token in the environment only', () => {
    const defaults = Object.fromEntries(
      Object.entries(action.inputs).map(([name, { default: value }]) => [name, value]),
    );
    assert.deepEqual(given({ ...defaults, token: 'ghs_secret' }), {
      words: ['ci'],
      env: { GITHUB_TOKEN: 'ghs_secret' },
    });
  });

  it('turns each of its inputs into an option or a variable', () => {
    assert.deepEqual(Object.keys(action.inputs).sort(), [
      'comment',
      'coverage',
      'floor',
      'labels',
      'mode',
      'plan',
      'sarif',
      'stage',
      'status',
      'team-token',
      'token',
    ]);
    assert.deepEqual(
      given({
        comment: 'false',
        labels: 'false',
        status: 'false',
        sarif: 'out/a.sarif',
        plan: 'plan.json',
        coverage: 'coverage/lcov.info',
        'team-token': 't',
      }),
      {
        words: [
          'ci',
          '--no-comment',
          '--no-labels',
          '--no-status',
          '--sarif=out/a.sarif',
          '--plan=plan.json',
          '--coverage=coverage/lcov.info',
        ],
        env: { LINEKEEPER_TEAM_TOKEN: 't' },
      },
    );
  });

  it("gives git the token for the forge's server, after the git settings already in the environment", () => {
    const env = { INPUT_TOKEN: 't', GITHUB_SERVER_URL: 'https://git.acme.com/sub', GIT_CONFIG_COUNT: '1' };
    const basic = `AUTHORIZATION: basic ${Buffer.from('x-access-token:t').toString('base64')}`;
    const access = {
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_1: 'http.https://git.acme.com/.extraheader',
      GIT_CONFIG_VALUE_1: '',
      GIT_CONFIG_KEY_2: 'http.https://git.acme.com/.extraheader',
      GIT_CONFIG_VALUE_2: basic,
    };
    assert.deepEqual(actionCall(env), { words: ['ci'], env: { GITHUB_TOKEN: 't', ...access } });
    const deploy = actionCall({ ...env, INPUT_MODE: 'deploy' });
    assert.deepEqual('env' in deploy && deploy.env, access);
    for (const server of ['', 'file:///x', 'no address'])
      assert.deepEqual(actionCall({ ...env, GITHUB_SERVER_URL: server }), {
        words: ['ci'],
        env: { GITHUB_TOKEN: 't' },
      });
  });

  it('runs deploy check with mode: deploy, and passes the token to git only', () => {
    assert.deepEqual(given({ mode: 'deploy', token: 'ghs_secret' }), {
      words: ['deploy', 'check', '--event', '--format=github'],
      env: {},
    });
    assert.deepEqual(given({ mode: 'deploy', stage: 'production' }), {
      words: ['deploy', 'check', '--event', '--format=github', '--stage=production'],
      env: {},
    });
    for (const inputs of [
      { mode: 'x' },
      { stage: 'production' },
      { mode: 'deploy', stage: '--emergency=x' },
      { mode: 'deploy', stage: 'a b' },
    ])
      assert.ok('refused' in given(inputs));
  });

  it('takes a floor from below the temporary folder only, and none with mode: deploy', () => {
    const call = (floor: string, mode = 'gate'): ReturnType<typeof actionCall> =>
      actionCall({ INPUT_FLOOR: floor, INPUT_MODE: mode, RUNNER_TEMP: '/home/runner/_temp' });
    assert.deepEqual(call('floor/policy.yml'), {
      words: ['ci', '--floor=/home/runner/_temp/floor/policy.yml'],
      env: {},
    });
    for (const outside of ['../work/policy.yml', '/home/runner/work/policy.yml']) assert.ok('refused' in call(outside));
    assert.ok('refused' in call('floor/policy.yml', 'deploy'));
  });

  // A workflow may fill an input with `${{ github.event.pull_request.title }}`.
  for (const text of [
    'x --approvals=a.json',
    '--actor=ada',
    '../outside',
    '/etc/passwd',
    'a\n::set-output name=verdict::pass',
    '$(id)',
    'a;b',
    '-x',
    'a/../b',
    '.git/config',
  ]) {
    it(`refuses ${JSON.stringify(text)} as a file or a switch`, () => {
      for (const name of ['sarif', 'plan', 'coverage', 'floor', 'comment', 'labels', 'status']) {
        const call = given({ [name]: text });
        assert.ok('refused' in call);
        assert.doesNotMatch(call.refused, /\n|passwd|approvals/);
      }
    });
  }

  it('ignores inputs that would name the author, the approvals, the range or the policy', () => {
    assert.deepEqual(given({ actor: 'ada', approvals: 'a.json', base: 'x', head: 'y', policy: 'z', repo: '/tmp' }), {
      words: ['ci'],
      env: {},
    });
  });

  it('runs dist/action.js, and declares four outputs', () => {
    assert.deepEqual(action.runs, { using: 'node20', main: 'dist/action.js' });
    assert.deepEqual(Object.keys(action.outputs), ['ai-lines', 'risk', 'verdict', 'until']);
  });
});
