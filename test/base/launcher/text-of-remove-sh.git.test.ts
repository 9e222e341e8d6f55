/** `~/.linekeeper/remove.sh` where no Linekeeper is left: under each POSIX shell of this machine, with POSIX's programs alone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS, assistantOf } from '../../../src/provenance/assistants';
import { DIALECTS, dialectOf, writeRules, type RulesOptions } from '../../../src/provenance/assistants/native-rules';
import { installHooks, type SetupOptions } from '../../../src/provenance/assistants/setup';
import { removeHooks } from '../../../src/provenance/assistants/setup/edit-hooks-config';
import { installGitHooks } from '../../../src/provenance/commits';
import { pushNotesAlong } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { folderOf, setUpProgram } from '../../../src/base/launcher';
import { itInFull } from '../../support/full';
import { posixTools, whereIs } from '../../support/posix-tools';
import { TestRepository } from '../../support/repository';

const SHELLS = ['sh', 'dash', 'bash', 'busybox', 'mksh', 'ksh', 'yash', 'zsh'];
const THEIRS = '{\n  // mine\n  "model": "opus",\n  "hooks": { "Stop": [] }\n}\n';
const THEIR_HOOK = '#!/bin/sh\n# theirs: é\nexit 0\n';

describe('remove.sh of ~/.linekeeper', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let options: SetupOptions;
  let launcher: string;
  const setUp = (): string =>
    setUpProgram(folderOf(test.home), {
      version: '1.0.0',
      executable: process.execPath,
      cli: test.outside('gone.js'),
      electron: false,
    }) ?? assert.fail('the launcher can be written');
  beforeEach(async () => {
    test = await TestRepository.create();
    launcher = setUp();
    options = {
      scope: 'user',
      home: test.home,
      env: {},
      stateDir: path.join(folderOf(test.home), 'setup'),
      program: [launcher],
    };
  });
  afterEach(() => test.dispose());

  const inHome = (...names: string[]): string => path.join(test.home, ...names);
  const settings = (): string => inHome('.claude', 'settings.json');
  const text = (file: string): string => readFileSync(file, 'utf8');
  const program = (): { executable: string; cli: string; electron: boolean; launcher: string } => ({
    executable: process.execPath,
    cli: test.outside('gone.js'),
    electron: false,
    launcher,
  });

  function write(file: string, content: string, mode = 0o644): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }
  function install(id: string): void {
    installHooks(assistantOf(id) ?? assert.fail(id), options);
  }

  /** Runs the script by a shell that finds nothing but what POSIX has. */
  function remove(shell = 'sh'): { code: number | null; out: string; err: string } {
    const tools = posixTools(mkdtempSync(test.outside('tools-')) + '/bin', whereIs(shell) ?? '/bin/sh');
    const done = spawnSync(path.join(tools.folder, 'sh'), [inHome('.linekeeper', 'remove.sh')], {
      encoding: 'utf8',
      cwd: test.home,
      env: { PATH: tools.folder, HOME: test.home, GIT_CONFIG_NOSYSTEM: '1' },
    });
    assert.equal(tools.refused(), '');
    return { code: done.status, out: done.stdout, err: done.stderr };
  }

  for (const shell of SHELLS)
    itInFull(`remove.sh: everything is byte for byte as before when ${shell} runs it`, async function () {
      if (whereIs(shell) === undefined) {
        console.log(`There is no "${shell}" here, so it does not run remove.sh.`);
        this.skip();
      }
      write(settings(), THEIRS, 0o600);
      write(test.at('.git/hooks/prepare-commit-msg'), THEIR_HOOK, 0o755);
      await test.git('remote', 'add', 'origin', test.outside('nowhere.git'));
      const before = text(test.at('.git/config'));
      await installGitHooks(test.repository(), program());
      await pushNotesAlong(test.repository());
      for (const assistant of ASSISTANTS) if (assistant.hooks('user', options).length > 0) install(assistant.id);
      write(inHome('.local', 'bin', 'other'), '');
      spawnSync('ln', ['-s', launcher, inHome('.local', 'bin', 'linekeeper')]);
      const { code, out, err } = remove(shell);
      assert.deepEqual([code, err], [0, ''], out);
      assert.equal(text(settings()), THEIRS);
      assert.equal(text(test.at('.git/hooks/prepare-commit-msg')), THEIR_HOOK);
      assert.deepEqual(
        readdirSync(test.at('.git/hooks')).filter((name) => !name.endsWith('.sample')),
        ['prepare-commit-msg'],
      );
      assert.equal(text(test.at('.git/config')), before);
      assert.deepEqual(readdirSync(test.home).sort(), ['.claude', '.gitconfig', '.local']);
      assert.deepEqual(readdirSync(inHome('.local', 'bin')), ['other']);
      assert.match(out, /^restored: .*settings\.json$/m);
    });

  /** The policy's rules in the settings of an assistant. */
  function enforce(id: string): void {
    const rules = {
      roots: [test.root],
      closedPaths: ['infra/**'],
      askedPaths: [],
      openInside: ['**/*.md'],
      closedReads: ['**/.env.production'],
      askedReads: [],
      refusedCommands: [['terraform', 'destroy']],
      askedCommands: [],
      refusedTools: [],
      askedTools: [],
      hiddenVariables: ['PROD_TOKEN'],
    };
    const place: RulesOptions = {
      ...options,
      scope: 'user',
      platform: 'linux',
      repositoryRoot: test.root,
      top: test.outside('machine'),
      sandbox: false,
      electron: false,
    };
    const assistant = assistantOf(id) ?? assert.fail(id);
    writeRules(assistant, dialectOf(id) ?? assert.fail(id), rules, place);
  }
  const byUser = DIALECTS.filter(({ scopes }) => scopes.includes('user')).map(({ id }) => id);

  it("remove.sh: settings are byte for byte as before when the policy's rules were written before or after the hooks", () => {
    for (const order of [
      [enforce, install],
      [install, enforce],
    ]) {
      write(settings(), THEIRS);
      for (const put of order) for (const id of byUser) put(id);
      assert.match(text(settings()), /terraform destroy[^]*linekeeper|linekeeper[^]*terraform destroy/);
      const { code, err } = remove();
      assert.deepEqual([code, err], [0, '']);
      assert.equal(text(settings()), THEIRS);
      assert.deepEqual(readdirSync(test.home).sort(), ['.claude', '.gitconfig']);
      setUp();
    }
  });

  itInFull('remove.sh: takes the rules out and leaves the rest when somebody has changed other lines since', () => {
    write(settings(), THEIRS);
    enforce('claude-code');
    writeFileSync(settings(), text(settings()).replace('// mine', '// mine, and more'));
    assert.deepEqual([remove().code, text(settings())], [0, THEIRS.replace('// mine', '// mine, and more')]);
  });

  it('remove.sh: leaves the file and says which when somebody has changed the lines of the rules', () => {
    write(settings(), THEIRS);
    enforce('claude-code');
    writeFileSync(settings(), text(settings()).replaceAll('terraform destroy', 'terraform wreck'));
    const changed = text(settings());
    const { code, err } = remove();
    assert.deepEqual([code, text(settings())], [1, changed]);
    assert.match(err, /^left: .*settings\.json was changed where the policy's rules are/);
  });

  itInFull(
    'remove.sh: takes the same entries out as uninstall when an assistant has written its settings since',
    () => {
      write(settings(), THEIRS);
      for (const { id } of ASSISTANTS) {
        const [hooks] = (assistantOf(id) ?? assert.fail(id)).hooks('user', options);
        if (hooks?.kind !== 'listed') continue;
        install(id);
        const changed = text(hooks.file)
          .replace(/^\{/, '{ /* "linekeeper" record */ "env": { "A": "linekeeper record \\\\ \\"}" },')
          .replace(
            /\}\s*$/,
            ',\r\n\t"permissions": { "allow": ["Bash(linekeeper record claude-code)", []], "deny": {} }}',
          );
        writeFileSync(hooks.file, changed);
        const { code, err } = remove();
        assert.deepEqual([code, err], [0, ''], id);
        assert.equal(text(hooks.file), removeHooks(changed, id), id);
        setUpProgram(folderOf(test.home), {
          version: '1',
          executable: 'x',
          cli: test.outside('gone.js'),
          electron: false,
        });
      }
    },
  );

  it('remove.sh: leaves the file and itself, says which, and ends with 1 when settings are no JSON any more', () => {
    write(settings(), THEIRS);
    install('claude-code');
    writeFileSync(settings(), `${text(settings())}]`.replace('{', '{{'));
    const changed = text(settings());
    const { code, err } = remove();
    assert.equal(code, 1);
    assert.match(err, /^left: .*settings\.json is not what Linekeeper wrote, and no JSON/);
    assert.equal(text(settings()), changed);
    assert.ok(existsSync(inHome('.linekeeper', 'remove.sh')));
  });

  it("remove.sh: git looks into husky's folder again when core.hooksPath was theirs", async () => {
    await test.git('config', 'core.hooksPath', '.husky/_');
    const before = text(test.at('.git/config'));
    await installGitHooks(test.repository(), program());
    assert.notEqual(await test.git('config', 'core.hooksPath'), '.husky/_');
    assert.equal(remove().code, 0);
    assert.equal(text(test.at('.git/config')), before);
    assert.equal(existsSync(test.at('.git/linekeeper/hooks')), false);
  });

  itInFull('remove.sh: lines of others and the hook of before both run when both are there', async () => {
    const hook = test.at('.git/hooks/commit-msg');
    write(hook, '#!/bin/sh\necho before\n', 0o755);
    await installGitHooks(test.repository(), program());
    writeFileSync(hook, `${text(hook)}echo after\n`);
    assert.equal(remove().code, 0);
    assert.doesNotMatch(text(hook), /Linekeeper/);
    assert.equal(spawnSync(hook, ['message'], { encoding: 'utf8' }).stdout, 'before\nafter\n');
  });

  itInFull('remove.sh: says that nothing is set up when nothing is', () => {
    assert.match(remove().out, /^Nothing of Linekeeper was set up any more\.$/m);
    assert.equal(existsSync(folderOf(test.home)), false);
  });
});
