/** Hooks as one text for every shell: what each of them makes of it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import TreeSitter from '@vscode/tree-sitter-wasm';
import { ASSISTANTS, assistantOf, type Assistant } from '../../../../src/provenance/assistants';
import { projectCommands, userCommands } from '../../../../src/provenance/assistants/setup/hook-commands';

const NODE = 'C:\\Program Files\\nodejs\\node.exe';
const CLI = 'C:\\Users\\Jo Öz\\AppData\\Roaming\\npm\\node_modules\\linekeeper\\dist\\cli.js';
const kiro = assistantOf('kiro') as Assistant;

/** What PowerShell's grammar says of a text: its statements and comments, by kind and beginning, and its errors. */
async function powershell(): Promise<
  (text: string) => { readonly parts: readonly string[]; readonly wrong: readonly string[] }
> {
  const folder = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/package.json')),
    'wasm',
  );
  setFlagsFromString('--liftoff-only'); // V8 takes minutes to optimise this grammar, and a process can't end meanwhile
  await TreeSitter.Parser.init();
  const parser = new TreeSitter.Parser();
  parser.setLanguage(await TreeSitter.Language.load(readFileSync(path.join(folder, 'tree-sitter-powershell.wasm'))));
  return (text) => {
    const root = parser.parse(text)?.rootNode;
    const wrong: string[] = [];
    const look = (node: NonNullable<typeof root>): void => {
      if (node.isError || node.isMissing) wrong.push(node.text.slice(0, 80));
      for (const child of node.children) if (child) look(child);
    };
    if (root) look(root);
    const parts = (root?.namedChildren[0]?.namedChildren ?? []).flatMap((node) =>
      node && node.type !== 'empty_statement' ? [`${node.type}: ${node.text}`] : [],
    );
    return { parts, wrong };
  };
}

const forWindows = (
  assistant: Assistant,
  words: readonly string[] = [NODE, CLI],
  electron = false,
): ReturnType<typeof userCommands> => userCommands({ words, electron, windows: true }, assistant);

describe('the hook command for every shell, in PowerShell', () => {
  let parsed: Awaited<ReturnType<typeof powershell>>;
  before(async () => {
    parsed = await powershell();
  });
  for (const assistant of ASSISTANTS)
    it(`for ${assistant.id} is two harmless statements, a comment, and PowerShell's own part`, () => {
      for (const commands of [
        projectCommands(assistant),
        forWindows(assistant),
        forWindows(assistant, [NODE, CLI], true),
      ])
        for (const command of [commands.before, commands.others]) {
          const { parts, wrong } = parsed(command.any);
          assert.deepEqual(wrong, []);
          const [first = '', second = '', comment = '', ...rest] = parts;
          assert.match(first, /^pipeline: set lk '[^']*'$/);
          assert.match(second, /^pipeline: set lk "\\"\s*$/);
          assert.match(comment, /^comment: <#[^]*#>$/);
          assert.ok(comment.includes(command.sh));
          assert.deepEqual(rest, parsed(command.powershell).parts);
        }
    });
});

describe("hook.ps1, for VS Code's chat agent on Windows", () => {
  it('is valid PowerShell, and lists the same harmless tools as hook.sh', async () => {
    const parsed = await powershell();
    const folder = path.resolve(import.meta.dirname, '../../../../media/chat-plugin');
    const [script, shell, hooks] = ['hook.ps1', 'hook.sh', 'hooks/hooks.json'].map((name) =>
      readFileSync(path.join(folder, name), 'utf8'),
    );
    assert.deepEqual(parsed(script ?? '').wrong, []);
    const tools = (text = ''): string | undefined => /\((read_file\|[\w|]+)\)/.exec(text)?.[1];
    assert.ok(tools(shell) !== undefined && tools(script) === tools(shell));
    const commands = [...(hooks ?? '').matchAll(/"windows": ("(?:[^"\\]|\\.)*")/g)].map(
      ([, text = '']) => JSON.parse(text) as string,
    );
    assert.equal(commands.length, 5);
    for (const command of commands) assert.deepEqual(parsed(command).wrong, []);
  });
});

describe('the hook command for every shell, in sh', () => {
  let folder = '';
  let payload = '';
  const run = (
    command: string,
    input: string,
    env: Readonly<Record<string, string>> = {},
    shell = '/bin/sh',
  ): ReturnType<typeof spawnSync> =>
    spawnSync(shell, ['-c', command], {
      input,
      encoding: 'utf8',
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "linekeeper o'hook ")));
    payload = path.join(folder, 'cli.js');
    writeFileSync(
      payload,
      `const input = require('node:fs').readFileSync(0, 'utf8'); console.log(JSON.stringify([process.argv.slice(2), input])); process.exit(Number(process.env.CODE ?? 0));`,
    );
    spawnSync('git', ['init', '-q'], { cwd: folder });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  for (const name of ['before', 'others'] as const) {
    it(`${name}: the program gets the payload, and exit code 2 is passed on`, () => {
      const { any } = forWindows(kiro, [process.execPath, payload])[name];
      for (const [code, expected] of [
        ['0', 0],
        ['2', 2],
        ['1', 0],
      ] as const) {
        const ran = run(any, '{"a":"ö"}', { CODE: code });
        assert.equal(ran.status, expected, String(ran.stderr));
        assert.deepEqual(JSON.parse(String(ran.stdout)), [['record', 'kiro'], '{"a":"ö"}']);
      }
    });

    it(`${name}: node from PATH runs the script when the installed node is gone`, () => {
      const { any } = userCommands({ words: [path.join(folder, 'gone', 'node'), payload], electron: false }, kiro)[
        name
      ];
      const ran = run(any, '{}', { PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` });
      assert.deepEqual(JSON.parse(String(ran.stdout)), [['record', 'kiro'], '{}'], String(ran.stderr));
    });

    it(`${name}: prints one line and exits 0 when Linekeeper is gone`, () => {
      rmSync(payload);
      const ran = run(forWindows(kiro, [process.execPath, payload])[name].any, '{}');
      assert.equal(ran.status, 0);
      assert.match(String(ran.stderr), /^linekeeper: Linekeeper was removed, [^\n]*\n$/);
    });
  }

  it("ignores Windows' own program timeout", () => {
    const bin = path.join(folder, 'bin');
    spawnSync('mkdir', [bin]);
    writeFileSync(
      path.join(bin, 'timeout'),
      '#!/bin/sh\necho "ERROR: Input redirection is not supported" >&2\nexit 1\n',
    );
    chmodSync(path.join(bin, 'timeout'), 0o755);
    symlinkSync(process.execPath, path.join(bin, 'node'));
    const { any } = forWindows(kiro, [process.execPath, payload]).before;
    const ran = run(any, '{}', { PATH: `${bin}:/usr/bin:/bin`, WINDIR: 'C:\\Windows' });
    assert.deepEqual(JSON.parse(String(ran.stdout)), [['record', 'kiro'], '{}'], String(ran.stderr));
  });
});

describe('the shell of a hook command', () => {
  const where = { home: '/home/dev', env: {}, repositoryRoot: '/home/dev/repo' };

  it('on Windows, and for a project, one text runs in cmd, PowerShell and sh', () => {
    assert.match(
      forWindows(kiro).before.any,
      /^set lk ' & ver>nul & if exist "C:\\Program Files\\nodejs\\node\.exe" \(/,
    );
    assert.match(projectCommands(kiro).others.any, /^set lk ' & /);
  });

  it('on other systems it is sh', () => {
    const { before: command } = userCommands({ words: ['/usr/bin/node', '/opt/cli.js'], electron: false }, kiro);
    assert.equal(command.any, command.sh);
  });

  it('for a folder with an apostrophe, cmd only prints that it cannot run the hook', () => {
    const { any } = forWindows(kiro, ["C:\\Users\\O'Neil\\node.exe", "C:\\Users\\O'Neil\\cli.js"]).others;
    assert.match(any, /^set lk ' & ver>nul & echo linekeeper: cmd can not run this hook[^']*& rem ';/);
  });

  it('for Cline it is a PowerShell script on Windows, and both for a project', () => {
    const cline = assistantOf('cline') as Assistant;
    const names = (scope: 'user' | 'project', platform: string): string[] =>
      [...new Set(cline.hooks(scope, { ...where, platform }).map(({ file }) => path.extname(file)))].sort();
    assert.deepEqual(names('user', 'win32'), ['.ps1']);
    assert.deepEqual(names('user', 'linux'), ['']);
    assert.deepEqual(names('project', 'linux'), ['', '.ps1']);
  });

  it('for Codex there is one command more, for Windows', () => {
    const codex = assistantOf('codex') as Assistant;
    const [setup] = codex.hooks('user', where);
    const entries = setup?.kind === 'listed' ? setup.entries(projectCommands(codex)) : [];
    assert.ok(entries.length > 0);
    assert.ok(JSON.stringify(entries).includes('"commandWindows":"set lk '));
  });
});
