import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCiFile, isGenerated, tierOf, type Policy, type TieredFile } from '../../src/policy';
import { finding, policy, tier } from '../support/policies';

const file = (path: string, over: Partial<TieredFile> = {}): TieredFile => ({
  path,
  from: null,
  findings: [],
  ...over,
});
const nameOf = (of: Policy, path: string, over: Partial<TieredFile> = {}): string | null =>
  tierOf(of, file(path, over))?.tier.name ?? null;

const THREE = policy({
  tiers: [
    tier({
      name: 'critical',
      paths: ['infra/prod/**', '!**/*.md', 'infra/prod/RUNBOOK.md'],
      detect: ['destructive', 'secrets'],
    }),
    tier({ name: 'high', paths: ['infra/**'], detect: ['permissions'] }),
    tier({ name: 'docs', paths: ['**/*.md'] }),
  ],
});

describe('tierOf: the tier of a file', () => {
  it('is the highest tier whose paths match', () => {
    assert.equal(nameOf(THREE, 'infra/prod/main.tf'), 'critical');
    assert.equal(nameOf(THREE, 'infra/dev/main.tf'), 'high');
    assert.equal(nameOf(THREE, 'src/a.ts'), null);
  });

  it('follows the last pattern that matches, also inside a folder', () => {
    assert.equal(nameOf(THREE, 'infra/prod/deep/README.md'), 'high');
    assert.equal(nameOf(THREE, 'infra/prod/RUNBOOK.md'), 'critical');
    assert.deepEqual(tierOf(THREE, file('infra/prod/RUNBOOK.md'))?.reason, {
      kind: 'path',
      path: 'infra/prod/RUNBOOK.md',
      pattern: 'infra/prod/RUNBOOK.md',
      index: 2,
    });
  });

  it('an exclusion takes out the files it names, not files in a folder of such a name', () => {
    const excluding = (...paths: readonly string[]): Policy =>
      policy({ tiers: [tier({ name: 'critical', paths: ['infra/**', '**/migrations/**', ...paths] })] });
    const files = excluding('!**/*.md');
    assert.equal(nameOf(files, 'infra/net.md/main.tf'), 'critical');
    assert.equal(nameOf(files, 'db/migrations/x.md/1.sql'), 'critical');
    assert.equal(nameOf(files, 'infra/net.md'), null);
    assert.equal(nameOf(excluding('!infra/docs'), 'infra/docs/a.tf'), 'critical');
    for (const folder of ['!infra/docs/', '!infra/docs/**', '!docs/'])
      assert.equal(nameOf(excluding(folder), 'infra/docs/deep/a.tf'), null, folder);
    // A submodule at the folder's own path brings in more than what the exclusion was written for.
    assert.equal(nameOf(excluding('!infra/docs/**'), 'infra/docs'), 'critical');
    assert.equal(nameOf(excluding('!infra/docs'), 'infra/docs'), null);
  });

  it('of a renamed file is the higher one of its two paths', () => {
    assert.equal(nameOf(THREE, 'old/main.tf', { from: 'infra/prod/main.tf' }), 'critical');
    assert.equal(nameOf(THREE, 'infra/prod/main.tf', { from: 'old/main.tf' }), 'critical');
    assert.equal(nameOf(THREE, 'a.md', { from: 'infra/dev/a.txt' }), 'high');
  });

  it('is raised by a finding of a class that the tier detects', () => {
    assert.equal(
      nameOf(THREE, 'src/a.ts', { findings: [finding({ class: 'secrets', rule: 'secrets/key' })] }),
      'critical',
    );
    assert.equal(
      nameOf(THREE, 'a.md', { findings: [finding({ class: 'permissions', rule: 'permissions/iam-star' })] }),
      'high',
    );
    assert.deepEqual(
      tierOf(THREE, file('a.md', { findings: [finding({ class: 'permissions', rule: 'permissions/iam-star' })] }))
        ?.reason,
      { kind: 'finding', rule: 'permissions/iam-star' },
    );
    assert.equal(nameOf(policy(), 'src/a.ts', { findings: [finding()] }), null);
  });

  it('ignores case and the Unicode form of accents', () => {
    const of = policy({ tiers: [tier({ paths: ['Caf\u00e9/**'] })] });
    for (const path of ['caf\u00e9/a', 'CAFE\u0301/A', 'Cafe\u0301/b'])
      assert.equal(nameOf(of, path), 'critical', path);
  });

  it('is the highest for files that decide on reviews, such as .linekeeper.yml and CODEOWNERS', () => {
    const of = policy({
      tiers: [tier({ name: 'top', paths: ['nothing/here'] }), tier({ name: 'rest', paths: ['**'] })],
      peopleFiles: { senior: ['teams/seniors.txt'] },
    });
    for (const path of [
      '.linekeeper.yml',
      '.Linekeeper.YML',
      '.linekeeper/lessons.yml',
      'CODEOWNERS',
      '.github/CODEOWNERS',
      'docs/CODEOWNERS',
      '.gitlab/CODEOWNERS',
      '.mailmap',
      '.github/workflows/linekeeper.yml',
      '.github/workflows/check-linekeeper.yaml',
      'teams/seniors.txt',
    ])
      assert.equal(nameOf(of, path), 'top', path);
    for (const path of [
      'sub/.linekeeper.yml',
      'src/CODEOWNERS',
      '.github/workflows/build.yml',
      'linekeeper.md',
      'docs/linekeeper.md',
    ])
      assert.equal(nameOf(of, path), 'rest', path);
    assert.equal(nameOf(of, 'a.txt', { from: '.linekeeper.yml' }), 'top');
    assert.equal(nameOf(of, '.github/workflows/build.yml', { runsGate: true }), 'top');
  });

  it('never sinks with more findings or an old path, for random files', () => {
    const path = fc.constantFrom('infra/prod/a.tf', 'infra/a.tf', 'a.md', 'src/a.ts', '.mailmap', 'infra/prod/x.md');
    const findings = fc.subarray([
      finding({ class: 'destructive' }),
      finding({ class: 'permissions' }),
      finding({ class: 'secrets' }),
    ]);
    const rank = (of: TieredFile): number => tierOf(THREE, of)?.rank ?? 99;
    fc.assert(
      fc.property(path, path, findings, findings, (here, there, some, more) => {
        assert.ok(
          rank(file(here, { from: there, findings: [...some, ...more] })) <= rank(file(here, { findings: some })),
        );
      }),
    );
  });
});

describe('isGenerated', () => {
  it('follows the last pattern that matches', () => {
    const of = policy({ generated: ['dist/**', '**/*.lock', '!keep.lock'] });
    assert.deepEqual(
      ['dist/a.js', 'x/yarn.lock', 'keep.lock', 'src/a.ts', 'x.lock/main.tf'].map((path) => isGenerated(of, path)),
      [true, true, false, false, false],
    );
  });
});

describe('isCiFile', () => {
  it('knows the files of CI systems by their paths', () => {
    for (const path of [
      '.github/workflows/ci.yml',
      '.gitlab-ci.yml',
      'Jenkinsfile',
      '.circleci/config.yml',
      'azure-pipelines.yaml',
      '.gitea/workflows/ci.yml',
      '.forgejo/workflows/ci.yml',
      '.tekton/push.yaml',
      '.semaphore/semaphore.yml',
      '.builds/ci.yml',
      '.appveyor.yml',
      'deploy/cloudbuild.yaml',
      'buildspec.yml',
    ])
      assert.ok(isCiFile(path), path);
    for (const path of ['src/ci.yml', 'README.md', '.github/CODEOWNERS']) assert.ok(!isCiFile(path), path);
  });
});
