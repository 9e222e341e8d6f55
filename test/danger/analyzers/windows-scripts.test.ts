/** PowerShell and cmd in files: scripts, steps of pipelines, a Dockerfile's lines, a playbook's tasks. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';

const lines = async (path: string, after: string): Promise<readonly string[]> =>
  (await findInChanges([{ path, from: null, before: null, after }], TOOLS)).flatMap(({ rule, line, alsoIn = [] }) =>
    [line, ...alsoIn.map((place) => place.line)].map((at) => `${rule.replace('destructive/', '')} ${String(at)}`),
  );
const GROUP = 'Remove-AzResourceGroup -Name shop -Force';

describe('scripts of Windows', () => {
  it('a script of PowerShell: found line by line when it takes away, silent about its own folders', async () => {
    const script = `param($Name)
Remove-Item -Recurse -Force C:\\data
${GROUP}
Remove-Item -Recurse -Force bin, obj
Get-ChildItem $env:TEMP\\x | Remove-Item -Recurse
Remove-Item "$PSScriptRoot\\node_modules" -Recurse
if ($Confirm) { Clear-Disk -Number 1 -RemoveData }
`;
    for (const name of ['clean.ps1', 'tools/clean.PSM1'])
      assert.deepEqual(await lines(name, script), ['fs-recursive-delete 2', 'cloud-delete 3', 'disk-overwrite 7']);
  });

  it('a script of cmd: found line by line when it takes away', async () => {
    const script = '@echo off\nrem rd /s /q C:\\data\nrd /s /q C:\\data\nrd /s /q bin\nformat D: /q\n';
    for (const name of ['clean.cmd', 'clean.bat'])
      assert.deepEqual(await lines(name, script), ['fs-recursive-delete 3', 'disk-overwrite 5']);
  });

  it('a script of Jenkins: found at its line when it takes away', async () => {
    const stage = (script: string): string => `pipeline {\n  stages {\n    stage('x') {\n${script}    }\n  }\n}\n`;
    assert.deepEqual(await lines('Jenkinsfile', stage("      sh 'make'\n      sh 'terraform destroy'\n")), [
      'tf-destroy 5',
    ]);
  });

  it('a step of a workflow: read as PowerShell or cmd when it or its runner says so', async () => {
    const workflow = (runner: string, step: string): string =>
      `on: push\njobs:\n  a:\n    runs-on: ${runner}\n    steps:\n      - run: |\n          echo x\n          ${GROUP}\n${step}`;
    const path = '.github/workflows/a.yml';
    assert.deepEqual(await lines(path, workflow('windows-latest', '')), ['cloud-delete 8']);
    assert.deepEqual(await lines(path, workflow('ubuntu-latest', '        shell: pwsh\n')), ['cloud-delete 8']);
    assert.deepEqual(await lines(path, workflow('windows-latest', '        shell: python\n')), []);
  });

  it("Azure's tasks: read as PowerShell when the task or its script type says so", async () => {
    assert.deepEqual(
      await lines(
        'azure-pipelines.yml',
        `steps:\n  - pwsh: ${GROUP}\n  - task: AzurePowerShell@5\n    inputs:\n      Inline: |\n        Get-AzVM\n        ${GROUP} -AsJob\n  - task: AzureCLI@2\n    inputs:\n      scriptType: pscore\n      inlineScript: az group delete --name a --yes\n`,
      ),
      ['cloud-delete 2', 'cloud-delete 7', 'cloud-delete 11'],
    );
  });

  it('a Dockerfile and a playbook: read as PowerShell when SHELL or the module says so', async () => {
    assert.deepEqual(
      await lines('Dockerfile', `FROM x\nSHELL ["pwsh", "-Command"]\nRUN Write-Host 1; \\\n    ${GROUP}\n`),
      ['cloud-delete 3'],
    );
    assert.deepEqual(await lines('roles/a/tasks/main.yml', `- name: x\n  ansible.windows.win_shell: ${GROUP}\n`), [
      'cloud-delete 2',
    ]);
  });
});

describe('a job with a database of its own', () => {
  const severities = async (step: string): Promise<readonly string[]> =>
    (
      await findInChanges(
        [
          {
            path: '.github/workflows/a.yml',
            from: null,
            before: null,
            after: `on: push\njobs:\n  a:\n    services: {postgres: {image: postgres}}\n    steps:\n      - run: ${step}\n`,
          },
        ],
        TOOLS,
      )
    ).map(({ severity }) => severity);

  it('its own database: low when the job drops it, critical when the line names another machine', async () => {
    assert.deepEqual(await severities("psql -h localhost -c 'DROP DATABASE app'"), ['low']);
    assert.deepEqual(await severities("psql -h db.example.com -c 'DROP DATABASE app'"), ['critical']);
  });
});
