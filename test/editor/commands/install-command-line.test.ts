/** The command `linekeeper` in the editor's terminals, and *Install Command Line…* in those of the whole account. */
import { newWindow } from '../../support/vscode/state';
import { useWindow } from '../../support/editor-window';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { installCommandLine } from '../../../src/editor/commands/install-command-line';
import { removeCommandLine } from '../../../src/base/launcher';
import { setupOptionsOf } from '../../../src/editor/commands/hook-set-up-context';
import { runtimeOf } from '../../../src/editor/hooks/runtime-for-hooks';
import { translate } from '../../../src/editor/translate';
import { People } from '../../support/editor-people';
import { builtCli } from '../../support/product';
import { version } from '../../../package.json';

const TOP = path.resolve(import.meta.dirname, '../../..');
const isWindows = process.platform === 'win32';

describe("the command line in the editor's terminals", () => {
  const window = useWindow(() => {
    rmSync(path.join(homedir(), '.linekeeper', 'bin'), { recursive: true, force: true }); // where another file's test set up
  });

  it('terminals: find linekeeper in the storage of the extension before Set Up, with nothing in the home folder', async function () {
    if (isWindows) this.skip();
    await builtCli();
    const { state, home } = window();
    const put = state.prepended.get('PATH') ?? '';
    assert.match(put, /global-storage\/bin:$/);
    assert.equal(existsSync(path.join(home, '.linekeeper', 'bin')), false);
    const PATH = `${put}${process.env['PATH'] ?? ''}`;
    const { stdout } = spawnSync('sh', ['-c', 'linekeeper --version'], {
      env: { ...process.env, PATH },
      encoding: 'utf8',
    });
    assert.equal(stdout, `${version}\n`);
  });

  it('terminals: find the launcher of the home folder when something was set up', async () => {
    const { state, home, people } = window();
    const running = window().run('linekeeper.installCommandLine');
    await people.notice(/linekeeper/);
    people.clear();
    await running;
    const bin = path.join(home, '.linekeeper', 'bin');
    assert.equal(state.prepended.get('PATH'), bin + path.delimiter);
    assert.ok(existsSync(path.join(bin, 'linekeeper')));
    rmSync(path.join(home, '.linekeeper', 'bin'), { recursive: true });
  });
});

describe('Install Command Line', function () {
  before(function () {
    if (isWindows) this.skip();
  });
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-home-')));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const launcher = (): string => path.join(home, '.linekeeper', 'bin', 'linekeeper');

  /** Runs the command in an account whose PATH has these folders of its home; answers as a person does. */
  async function run(
    folders: readonly string[],
    shell = '/bin/bash',
    answer?: string,
  ): Promise<{ said: string; clipboard: string }> {
    const state = newWindow();
    const people = new People(state);
    const env = { PATH: [...folders.map((name) => path.join(home, name)), '/usr/bin'].join(':'), SHELL: shell };
    const runtime = runtimeOf(TOP, home);
    const ports = {
      runtime,
      setupOptions: setupOptionsOf(runtime, home, env),
      t: translate,
      changed: () => Promise.resolve(),
    };
    const running = installCommandLine(ports)();
    const notice = await people.notice(/linekeeper/);
    notice.answer(answer);
    await running;
    return { said: notice.message, clipboard: state.clipboard };
  }

  it('Install Command Line: makes a link that starts the program when PATH has a folder for own programs', async () => {
    await builtCli();
    const { said } = await run(['.local/bin', 'bin']);
    assert.equal(said, '~/.local/bin/linekeeper written. Every terminal knows linekeeper now.');
    const started = spawnSync(path.join(home, '.local/bin/linekeeper'), ['--version'], { encoding: 'utf8' });
    assert.deepEqual([started.stdout, started.stderr], [`${version}\n`, '']);
    assert.match((await run(['.local/bin'])).said, /is on your PATH already: ~\/\.local\/bin\/linekeeper/);
    assert.deepEqual([removeCommandLine(home), removeCommandLine(home)], [true, false]);
    assert.equal(existsSync(path.join(home, '.local/bin/linekeeper')), false);
  });

  it('Install Command Line: changes no file that somebody else put there', async () => {
    mkdirSync(path.join(home, 'bin'));
    writeFileSync(path.join(home, 'bin/linekeeper'), 'mine');
    assert.match((await run(['bin'])).said, /~\/bin\/linekeeper is something else and was not changed/);
    removeCommandLine(home);
    assert.equal(readFileSync(path.join(home, 'bin/linekeeper'), 'utf8'), 'mine');
    rmSync(path.join(home, 'bin/linekeeper'));
    symlinkSync('/nowhere', path.join(home, 'bin/linekeeper'));
    assert.match((await run(['bin'])).said, /was not changed/);
  });

  it('Install Command Line: says the line for the profile of the shell when PATH has no such folder, and copies it', async () => {
    for (const [shell, file, line] of [
      ['/bin/bash', '~/.bashrc', 'export PATH="$HOME/.linekeeper/bin:$PATH"'],
      ['/usr/bin/zsh', '~/.zshrc', 'export PATH="$HOME/.linekeeper/bin:$PATH"'],
      ['/usr/bin/fish', '~/.config/fish/config.fish', 'fish_add_path ~/.linekeeper/bin'],
      ['', '~/.profile', 'export PATH="$HOME/.linekeeper/bin:$PATH"'],
    ] as const) {
      const { said, clipboard } = await run([], shell, 'Copy');
      assert.equal(said, `Add this line to ${file}, and every new terminal knows linekeeper: ${line}`);
      assert.equal(clipboard, line);
    }
    assert.ok(existsSync(launcher()));
    assert.equal((await run([])).clipboard, '');
  });

  it('Install Command Line: says so when the launcher is on PATH already', async () => {
    assert.match((await run(['.linekeeper/bin/'])).said, /on your PATH already: ~\/\.linekeeper\/bin\/linekeeper/);
  });
});
