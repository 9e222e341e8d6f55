import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each file has its own shape
function json<T>(file: string): T {
  const errors: ParseError[] = [];
  const value = parseJson(read(file), errors, { allowTrailingComma: false }) as T; // checked by the tests that use it
  assert.deepEqual(errors, [], file);
  return value;
}

interface Launch {
  readonly configurations: readonly {
    readonly name: string;
    readonly program?: string;
    readonly preLaunchTask?: string;
  }[];
}
interface Tasks {
  readonly tasks: readonly { readonly label: string; readonly script?: string; readonly command?: string }[];
}

describe('.vscode: launch and tasks', () => {
  const { configurations } = json<Launch>('.vscode/launch.json');
  const { tasks } = json<Tasks>('.vscode/tasks.json');
  const { scripts } = json<{ readonly scripts: Readonly<Record<string, string>> }>('package.json');

  for (const { name, program, preLaunchTask } of configurations)
    it(`"${name}" names an existing task and program`, () => {
      assert.ok(preLaunchTask === undefined || tasks.some(({ label }) => label === preLaunchTask));
      const file = program?.replace('${workspaceFolder}/', '') ?? 'package.json';
      assert.ok(file.startsWith('dist/') || existsSync(path.join(ROOT, file)), file);
    });

  for (const { label, script, command = '' } of tasks)
    it(`"${label}" runs an existing script of package.json`, () => {
      const wanted = script ?? /^npm run ([\w:]+)/.exec(command)?.[1] ?? '';
      assert.ok(wanted in scripts, wanted);
    });
});

interface Workflow {
  readonly on: object;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy: { readonly matrix: { readonly os: readonly string[] } & Readonly<Record<string, unknown>> };
        readonly env?: Readonly<Record<string, string>>;
        readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
      }
    >
  >;
}

describe('workflows of this repository', () => {
  it('test.yml: runs .ci/run on Linux, Windows and macOS, with the oldest and the newest VS Code', () => {
    const { test, editor } = (parseYaml(read('.github/workflows/test.yml')) as Workflow).jobs;
    const systems = ['ubuntu-latest', 'windows-latest', 'macos-latest'];
    assert.deepEqual(test?.strategy.matrix, { os: systems, node: [20, 22, 24] });
    assert.ok(test.steps?.some(({ run }) => run === '.ci/run "$PART"'));
    const { engines } = JSON.parse(read('package.json')) as { readonly engines: { readonly vscode: string } };
    assert.deepEqual(editor?.strategy.matrix.os, systems);
    assert.deepEqual(editor.strategy.matrix['editor'], [engines.vscode.replace('^', ''), 'stable']);
  });

  it('test.yml: tries what npm test does for a change, and everything each night and before a release', () => {
    const { on, jobs } = parseYaml(read('.github/workflows/test.yml')) as Workflow;
    assert.deepEqual(Object.keys(on), ['push', 'pull_request', 'schedule', 'workflow_call', 'workflow_dispatch']);
    assert.match(jobs['test']?.env?.['PART'] ?? '', /\["push", "pull_request"\].* && 'everyday' \|\| 'all'/);
  });
});
