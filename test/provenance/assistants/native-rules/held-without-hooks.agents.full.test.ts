/** The vendor's own program, with no hook of ours: what it is held back from by the rules that `install --enforce` wrote. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linekeeperProcess } from '../../../support/product';
import { claudeCode } from '../../../support/real-assistants/claude-code';
import { TestRepository } from '../../../support/repository';

const POLICY = `version: 1
environments:
  - { name: production, when: { aws-profile: ["prod*"] }, agents: deny, credentials: [".env.production"] }
tiers:
  - { name: closed, paths: ["infra/prod/**"], agents: deny }
  - { name: watched, paths: ["infra/**"], detect: [destructive], agents: deny-destructive }
`;

describe('Claude Code with rules of its own and no hooks, the real program', function () {
  this.timeout(400_000);
  let test: TestRepository;

  before(async function () {
    const answer = await claudeCode.available();
    if (answer.available) return;
    process.stdout.write(`${answer.why}\n`);
    this.skip();
  });
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/prod/main.tf', 'x\n');
    test.write('.env.production', 'TOKEN=the-key-of-production\n');
    await test.commit('start');
    mkdirSync(test.outside('bin'));
    writeFileSync(test.outside('bin/terraform'), `#!/bin/sh\ntouch '${test.outside('destroyed')}'\n`);
    chmodSync(test.outside('bin/terraform'), 0o755);
  });
  afterEach(() => test.dispose());

  const play = async (): Promise<string> => {
    const session = await claudeCode.runSession({
      cwd: test.root,
      home: test.home,
      env: { PATH: `${test.outside('bin')}:${process.env['PATH'] ?? ''}` },
      steps: [
        { write: { path: 'infra/prod/new.tf', content: 'y\n' } },
        { shell: { command: 'echo z >> infra/prod/main.tf' } },
        { shell: { command: 'terraform destroy -auto-approve' } },
        { shell: { command: 'terraform -chdir=infra destroy' } },
        { shell: { command: 'cat .env.production' } },
        { write: { path: 'src/free.txt', content: 'free\n' } },
      ],
    });
    assert.ok(session.completed, JSON.stringify(session, null, 2));
    return session.heard;
  };

  it('closed paths, a refused command and a closed file: are held when rules are written', async () => {
    const answer = await linekeeperProcess(test, ['install', '--enforce', '--assistant', 'claude-code']);
    assert.equal(answer.code, 0, answer.stderr);
    const heard = await play();
    assert.ok(!existsSync(test.at('infra/prod/new.tf')));
    assert.equal(readFileSync(test.at('infra/prod/main.tf'), 'utf8'), 'x\n');
    assert.ok(!existsSync(test.outside('destroyed')));
    assert.doesNotMatch(heard, /the-key-of-production/);
    assert.ok(existsSync(path.join(test.root, 'src', 'free.txt')));
  });

  it('the same steps: are done when there are no rules', async () => {
    const heard = await play();
    assert.ok(existsSync(test.at('infra/prod/new.tf')) && existsSync(test.outside('destroyed')));
    assert.match(heard, /the-key-of-production/);
  });
});
