/** The guard in a project on Windows, whatever spelling an assistant or its shell uses. */
import assert from 'node:assert/strict';
import { judge } from '../support/guard-on-windows';

/** Every way to write a file of the project. */
function spellings(name: string): string[] {
  const [back, slash] = [`Users\\Jo Öz\\repo\\${name}`, `Users/Jo Öz/repo/${name.replaceAll('\\', '/')}`];
  return [
    name,
    name.replaceAll('\\', '/'),
    name.toUpperCase(),
    `C:\\${back}`,
    `c:\\${back.toLowerCase()}`,
    `C:/${slash}`,
    `/c/${slash}`,
    `/C:/${slash}`,
    `/cygdrive/c/${slash}`,
    `/mnt/c/${slash}`,
    `\\\\?\\C:\\${back}`,
    `file:///c%3A/${encodeURI(slash)}`,
    `S:\\${name}`,
    `${name}.`,
    `${name}::$DATA`,
  ];
}

describe('the guard on Windows, for a write to a file', () => {
  for (const file of spellings('infra\\prod\\main.tf'))
    it(`denies ${file}`, () => {
      const answer = judge({ files: [file] });
      assert.ok(answer.verdict === 'deny' && answer.tier === 'closed', JSON.stringify(answer));
    });
  for (const file of [
    ...spellings('.git\\hooks\\pre-commit'),
    '~\\.claude\\settings.json',
    'C:/users/JO öz/.CLAUDE/settings.json',
    'sub\\.claude\\settings.json',
  ])
    it(`denies ${file}, one of its own files`, () => {
      const answer = judge({ files: [file] });
      assert.ok(answer.verdict === 'deny' && answer.leash === true, JSON.stringify(answer));
    });
  for (const file of spellings('src\\a.ts'))
    it(`allows ${file}`, () => {
      assert.equal(judge({ files: [file] }).verdict, 'allow');
    });
});

describe('the guard on Windows, for a command that writes', () => {
  for (const command of [
    'rm infra/prod/main.tf',
    'Remove-Item infra\\prod\\main.tf',
    'del infra\\prod\\main.tf',
    "rm '/c/Users/Jo Öz/repo/infra/prod/main.tf'",
    'rm "C:\\Users\\Jo Öz\\repo\\infra\\prod\\main.tf"',
    'cd infra\\prod; Remove-Item main.tf',
    "cd '/c/Users/Jo Öz/repo/infra' && rm prod/main.tf",
    'echo x > infra\\prod\\main.tf',
    'Set-Content -Path "c:/users/jo öz/repo/INFRA/prod/main.tf" -Value x',
  ])
    it(`denies ${command}`, () => {
      const answer = judge({ command });
      assert.ok(answer.verdict === 'deny' && answer.tier === 'closed', JSON.stringify(answer));
    });
});

describe('the guard on Windows, for a command that deletes', () => {
  for (const command of [
    'rm -rf node_modules',
    'rm -rf ./build',
    'Remove-Item -Recurse -Force build',
    'Remove-Item -Recurse -Force .\\build',
    'Remove-Item build\\x.js',
    'rd /s /q build',
    'rmdir /s /q node_modules',
    "rm -rf 'C:/Users/Jo Öz/repo/build'",
    "rm -rf '/c/Users/Jo Öz/repo/node_modules'",
    "rm -rf 'c:/users/jo öz/REPO/build'",
    'Remove-Item -Recurse -Force "C:\\Users\\Jo Öz\\repo\\build"',
    'Remove-Item -Recurse -Force S:\\build',
    'del build\\x.js',
    'rm -rf /tmp/x',
  ])
    it(`allows ${command}`, () => {
      assert.deepEqual(judge({ command }), { verdict: 'allow' });
    });
  for (const command of [
    'Remove-Item -Recurse -Force ..\\other',
    'rm -rf /c/Users',
    'rm -rf C:/',
    'Remove-Item -Recurse -Force C:\\Users',
    'Remove-Item -Recurse -Force .',
    'rm -rf .git',
    'rm -rf "$HOME"',
    'rm -rf D:/data',
    'rm -rf //srv/share/data',
  ])
    it(`denies ${command}`, () => {
      assert.equal(judge({ command }).verdict, 'deny', JSON.stringify(judge({ command })));
    });
});
