/** Each row of the task runners, by one task that destroys and one that does not. */
import assert from 'node:assert/strict';
import { NOTHING_READ, programsIn } from '../../../../src/danger/shell';

type Files = Readonly<Record<string, string>>;

const started = (command: string, files: Files): string[] =>
  programsIn(command, {}, { ...NOTHING_READ, script: (name) => files[name], ownScript: (name) => files[name] }).map(
    ({ words }) => words.map(({ text }) => text).join(' '),
  );

const DESTROY = 'terraform destroy';
const toml = (section: string): string => `[${section}]\nnuke = "${DESTROY}"\nbuild = "make"\n`;
const json = (key: string): string => JSON.stringify({ [key]: { nuke: DESTROY, build: 'make', all: ['@nuke'] } });
const TASKFILE = `version: '3'
tasks:
  nuke:
    desc: says nothing of terraform plan
    cmds:
      - ${DESTROY}
  all:
    deps: [nuke]
  long:
    - task: all
  build: make
`;
const TASKS_PY = `@task\ndef nuke(c):\n    c.run("${DESTROY}")\n\n@task\ndef build(c):\n    c.run("make")\n`;

const CASES: readonly (readonly [command: string, file: string, text: string])[] = [
  ['just nuke', 'justfile', `build:\n  make\nnuke: build\n  @${DESTROY}\n`],
  ['just', 'justfile', `nuke env='prod':\n  ${DESTROY}\nbuild:\n  make\n`],
  ['task nuke', 'Taskfile.yml', TASKFILE],
  ['task all', 'Taskfile.yml', TASKFILE],
  ['task long', 'Taskfile.yml', TASKFILE],
  ['composer run-script nuke', 'composer.json', json('scripts')],
  ['composer all', 'composer.json', json('scripts')],
  ['deno task nuke', 'deno.json', json('tasks')],
  ['rake nuke', 'Rakefile', `task :nuke do\n  sh "${DESTROY}"\nend\ntask :build do\n  sh "make"\nend\n`],
  ['bundle exec rake all', 'Rakefile', `task all: :nuke\ntask :nuke do\n  system("${DESTROY}")\nend\n`],
  ['inv nuke', 'tasks.py', TASKS_PY],
  ['poetry run invoke nuke', 'tasks.py', TASKS_PY],
  ['fab nuke', 'fabfile.py', TASKS_PY],
  ['nox -s nuke', 'noxfile.py', `def nuke(session):\n    session.run("terraform", "destroy", external=True)\n`],
  ['tox -e nuke', 'tox.ini', `[testenv:nuke]\ncommands = ${DESTROY}\n[testenv:build]\ncommands = make\n`],
  ['./gradlew nuke', 'build.gradle', `task nuke(type: Exec) {\n  commandLine "terraform", "destroy"\n}\n`],
  ['mise run nuke', 'mise.toml', `[tasks.nuke]\nrun = "${DESTROY}"\n[tasks.build]\nrun = "make"\n`],
  ['mise run nuke', '.mise/tasks/nuke', DESTROY],
  ['poe nuke', 'pyproject.toml', toml('tool.poe.tasks')],
  ['pdm run nuke', 'pyproject.toml', toml('tool.pdm.scripts')],
  ['hatch run ops:nuke', 'pyproject.toml', toml('tool.hatch.envs.ops.scripts')],
  ['hatch run nuke', 'hatch.toml', toml('envs.default.scripts')],
  ['doit nuke', 'dodo.py', `def task_nuke():\n    return {"actions": ["${DESTROY}"]}\n`],
  ['mix nuke', 'mix.exs', `  defp aliases do\n    [nuke: ["cmd ${DESTROY}"]]\n  end\n`],
  ['pixi run nuke', 'pixi.toml', toml('tasks')],
  ['pipenv run nuke', 'Pipfile', toml('scripts')],
  ['cargo make nuke', 'Makefile.toml', `[tasks.nuke]\ncommand = "terraform"\nargs = ["destroy"]\n`],
  ['makers nuke', 'Makefile.toml', `[tasks.nuke]\nscript = ["${DESTROY}"]\n`],
  ['nx run infra:nuke', 'infra/project.json', `{"targets":{"nuke":{"options":{"command":"${DESTROY}"}}}}`],
  ['npx nx nuke infra', 'libs/infra/project.json', `{"targets":{"nuke":{"command":"${DESTROY}"}}}`],
  ['turbo run nuke', 'package.json', json('scripts')],
  ['npx run-s build nuke', 'package.json', json('scripts')],
  ['run-p "nu*"', 'package.json', json('scripts')],
  ['husky run pre-push', '.husky/pre-push', DESTROY],
  [
    'pre-commit run --all-files',
    '.pre-commit-config.yaml',
    `repos:\n- repo: local\n  hooks:\n  - id: x\n    entry: ${DESTROY}\n`,
  ],
  ['lefthook run pre-push', 'lefthook.yml', `pre-push:\n  commands:\n    x:\n      run: ${DESTROY}\n`],
  ['gulp nuke', 'gulpfile.js', `exports.nuke = () => exec('${DESTROY}');\nexports.build = () => exec('make');\n`],
  ['melos run nuke', 'melos.yaml', `scripts:\n  nuke:\n    run: ${DESTROY}\n`],
  ['devbox run nuke', 'devbox.json', `{"shell":{"scripts":{"nuke":["${DESTROY}"]}}}`],
  ['foreman start', 'Procfile', `web: ${DESTROY}\n`],
  ['just nuke', 'justfile', `what := "destroy"\nnuke:\n  terraform {{what}}\n`],
  ['rake ops:nuke', 'Rakefile', `namespace :ops do\n  task :nuke do\n    sh 'terraform', 'destroy';\n  end\nend\n`],
  [
    'fab -H web-1 nuke',
    'fabfile.py',
    `@task\ndef nuke(c):\n    c.sudo("${DESTROY}")\n\n@task\ndef build(c):\n    c.run("make")\n`,
  ],
  [
    'fastlane ios nuke',
    'fastlane/Fastfile',
    `platform :ios do\n  lane :nuke do\n    sh("${DESTROY}")\n  end\n  lane :build do\n    build_app\n  end\nend\n`,
  ],
  [
    'ant -q nuke',
    'build.xml',
    `<project><property name="w" value="destroy"/>\n<target name="build"/>\n<target name="nuke" depends="build"><exec executable="terraform"><arg line="\${w}"/></exec></target></project>`,
  ],
  [
    'ant all',
    'build.xml',
    `<project><target name="nuke"><exec executable="terraform"><arg value="destroy"/></exec></target>\n<target name="all" depends="nuke"/></project>`,
  ],
  [
    'dotnet msbuild ops.proj -t:Nuke',
    'ops.proj',
    `<Project><Target Name="Nuke"><Exec Command="${DESTROY}" /></Target></Project>`,
  ],
  [
    'mvn exec:exec@nuke',
    'pom.xml',
    `<execution><id>nuke</id><configuration><executable>terraform</executable><arguments><argument>destroy</argument></arguments></configuration></execution>`,
  ],
  [
    'bazel run //ops:nuke',
    'ops/BUILD.bazel',
    `sh_binary(\n    name = "build",\n    cmd = "make",\n)\n\ncommand(\n    name = "nuke",\n    command = "${DESTROY}",\n)\n`,
  ],
  ['make nuke', 'Makefile', 'include ops.mk\n'],
  ['make nuke', 'ops.mk', `nuke:\n\t${DESTROY}\n`],
];

describe('the tasks of task runners', () => {
  for (const [command, file, text] of CASES.slice(0, -2))
    it(`${command}: runs what ${file} says for it, with the file there`, () => {
      assert.ok(started(command, { [file]: text }).includes(DESTROY), started(command, { [file]: text }).join('\n'));
    });

  it('make nuke: runs the recipe of a file with include', () => {
    const files = Object.fromEntries(CASES.slice(-2).map(([, file, text]) => [file, text]));
    assert.ok(started('make nuke', files).includes(DESTROY));
  });

  it('another task of the same file: runs nothing of its neighbour when named alone', () => {
    for (const [command, file, text] of CASES.filter(([one, , text]) => one.includes('nuke') && /build/.test(text)))
      assert.ok(
        !started(command.replace(/(?:build )?(?:(?<!\/\/)ops:)?nuke/, 'build'), { [file]: text }).includes(DESTROY),
        `${command} in ${file}`,
      );
  });

  it("bazel: runs a target's source, which stands in its folder", () => {
    const files = {
      'ops/BUILD.bazel': 'sh_binary(\n    name = "nuke",\n    srcs = ["nuke.sh"],\n)\n',
      'ops/nuke.sh': `#!/bin/sh\n${DESTROY}\n`,
    };
    assert.ok(started('bazel run //ops:nuke', files).includes(DESTROY));
    assert.ok(!started('bazel build //ops:nuke', files).includes(DESTROY));
  });

  it('a recipe that was written by the command itself: is read when the runner starts', () => {
    assert.ok(started(`cat > justfile <<'E'\nnuke:\n  ${DESTROY}\nE\njust nuke`, {}).includes(DESTROY));
  });

  it('tasks that need each other: end with what was found', () => {
    assert.ok(started('just a', { justfile: `a: b\nb: a\n  ${DESTROY}\n` }).includes(DESTROY));
  });
});
