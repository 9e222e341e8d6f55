/** The project's own workflows: valid by GitHub's own parser, pinned, and with no more permissions than they need. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { problemsIn } from '../support/workflow-problems';

const FOLDER = path.resolve(import.meta.dirname, '../../.github/workflows');
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Content {
  readonly on: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const stepsOf = ({ jobs }: Content): readonly Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe("the project's own workflows", () => {
  for (const name of readdirSync(FOLDER)) {
    const content = parse(read(name)) as Content;

    it(`${name}: is valid by GitHub's own parser, which finds a mistake in a broken one`, async () => {
      assert.deepEqual(await problemsIn(read(name)), []);
      assert.notDeepEqual(await problemsIn(read(name).replace('runs-on: ', 'runs-upon: ')), []);
    });

    it(`${name}: pins each action to a commit and keeps no token in the checkout`, () => {
      for (const step of stepsOf(content)) {
        if (step.uses !== undefined) assert.match(step.uses, /^actions\/[\w-]+@[0-9a-f]{40}$/);
        if (step.uses?.startsWith('actions/checkout@') === true)
          assert.equal(step.with?.['persist-credentials'], false);
      }
      for (const [, id] of read(name).matchAll(/uses: actions\/.*@([0-9a-f]{40}.*)$/gm))
        assert.match(id ?? '', /^[0-9a-f]{40} # v\d+\.\d+\.\d+$/, 'names the version beside the commit');
    });

    it(`${name}: puts no expression into a script, where a name could be run`, () => {
      for (const { run = '' } of stepsOf(content)) assert.doesNotMatch(run, /\$\{\{/);
    });
  }

  const release = parse(read('release.yml')) as Content;

  it('release.yml: starts for version tags alone', () => {
    assert.deepEqual(Object.keys(release.on), ['push']);
    assert.deepEqual(release.on['push'], { tags: ['v[0-9]+.[0-9]+.[0-9]+'] });
  });

  it('release.yml: lets no job write that runs code of packages, and publishes nothing before all tests', () => {
    const { test, build, publish } = release.jobs;
    assert.deepEqual(release.permissions, {});
    assert.deepEqual([test?.permissions, build?.permissions], [{ contents: 'read' }, { contents: 'read' }]);
    assert.deepEqual(publish?.permissions, { contents: 'write', attestations: 'write', 'id-token': 'write' });
    assert.deepEqual([test?.uses, build?.needs, publish.needs], ['./.github/workflows/test.yml', 'test', 'build']);
    for (const { run = '' } of publish.steps ?? []) assert.doesNotMatch(run, /\b(?:npm|npx|node|tsx)\b/);
  });

  it('test.yml: runs everything when a release calls it, whose event is a push', () => {
    const { jobs } = parse(read('test.yml')) as { jobs: Record<string, { if?: string; env: Record<string, string> }> };
    assert.match(jobs['test']?.env['PART'] ?? '', /github\.ref_type != 'tag' &&/);
    assert.match(jobs['editor']?.if ?? '', /github\.ref_type == 'tag' \|\|/);
  });
});
