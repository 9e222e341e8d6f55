/** Long ways of a line: several hands, one after another, and what git and the editor make of them. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { installGitHooks } from '../../../src/provenance/commits';
import { blame } from '../../../src/review/gate';
import { Repository } from '../../../src/git';
import { builtCli, CLI } from '../../support/product';
import { agentWrites } from '../agent';
import { expectAuthors } from '../authors';
import { until, Workspace } from '../host';
import { Stage } from '../kinds';
import { useEditor } from '../use-editor';

const LETTER = { ai: 'A', human: 'H', unknown: '?' } as const;

const repositoryOf = ({ root }: Workspace): Repository => {
  const repository = Repository.find(root);
  assert.ok(repository);
  return repository;
};

const setUp = (workspace: Workspace): Promise<unknown> =>
  installGitHooks(repositoryOf(workspace), { executable: process.execPath, cli: CLI, electron: false });

/** Waits until HEAD says so of the lines of a file. */
async function expectCommitted(workspace: Workspace, file: string, expected: readonly string[]): Promise<void> {
  const options = { plain: false, now: Date.now, passOver: () => undefined };
  let last: readonly string[] = [];
  await until(
    async () => {
      const lines = await blame(repositoryOf(workspace), file, 'HEAD', options);
      last = (lines ?? []).map(({ by, text }) => `${LETTER[by.author]} ${text}`);
      return JSON.stringify(last) === JSON.stringify(expected);
    },
    { timeout: 30_000, what: `the authors of ${file} in HEAD` },
  ).catch(() => undefined);
  assert.deepEqual(last, expected);
}

describe('long histories of a line (stock build)', function () {
  this.timeout(240_000);
  const shared = useEditor('stock');
  let files = 0;

  before('write trailers into commits', async () => {
    await builtCli();
    await setUp(shared().editor.workspace);
  });
  afterEach('leave no merge or rebase half done behind a failure', async function () {
    if (this.currentTest?.state === 'passed') return;
    await setUp(await shared().editor.openRepository());
  });

  /** A committed file, open in front. */
  async function begin(content: string): Promise<Stage> {
    const { editor, model } = shared();
    await editor.workbench.tidy();
    const stage = new Stage(editor, model, 'stock', `chain-${String(++files)}.txt`);
    await stage.begin(content);
    return stage;
  }

  /** Types a line of the person's own before the one with this number. */
  async function typeLine(stage: Stage, line: number, text: string): Promise<void> {
    await stage.caret(line, 1);
    await stage.editor.type(text);
    await stage.editor.press('Enter');
    await stage.waitText(new RegExp(`^${text}$`, 'm'));
  }

  async function writeLine(stage: Stage, line: number, text: string): Promise<void> {
    await typeLine(stage, line, text);
    await stage.save();
    await stage.waitRecorded(`H ${text}`);
  }

  /** Presses a key until it has nothing more to do and the document has a text. */
  async function pressUntil(stage: Stage, key: string, text: string): Promise<void> {
    await stage.editor.text.focus();
    const isThere = (): Promise<boolean> =>
      stage.editor.inside.run((api, all) => api.window.activeTextEditor?.document.getText() === all, text);
    await until(
      async () => {
        if (await isThere()) return true;
        await stage.editor.press(key);
        return false;
      },
      { every: 200, timeout: 60_000, what: `the text ${JSON.stringify(text)} by ${key}` },
    );
  }

  it('undo and redo give each line back to its author', async () => {
    const base = 'first;\nlast;\n';
    const stage = await begin(base);
    const { editor } = stage;
    const insert = 'const sum = first + second + third;';
    await editor.settings({
      'testCompletions.offers': ['const sum', 'const sum = fir'].map((after) => ({ after, insert })),
      'editor.wordBasedSuggestions': 'off', // where a list of words comes before the key, Tab takes "first" of it
    });
    await writeLine(stage, 2, 'own before;');
    await stage.agent('first;\nown before;\nby an agent;\nlast;\n');
    await stage.waitText(/by an agent/);
    await typeLine(stage, 4, 'own after;');
    await editor.press('Enter', 'ArrowUp');
    await editor.type('const sum');
    await editor.text.waitGhost('second');
    await editor.type(' = fir'); // into the ghost text
    await editor.text.waitGhost(/^st \+/);
    await editor.press('Tab');
    await stage.waitText(/third;/);
    await stage.save();
    const written = ['. first;', 'H own before;', 'A by an agent;', 'H own after;', `A ${insert}`, '. last;'];
    await expectAuthors(editor.workspace, stage.file, written);
    await pressUntil(stage, 'Control+Z', base);
    await stage.save();
    await expectAuthors(editor.workspace, stage.file, ['. first;', '. last;']);
    const end = `${written.map((line) => line.slice(2)).join('\n')}\n`;
    await pressUntil(stage, 'Control+Shift+Z', end);
    await stage.save();
    await expectAuthors(editor.workspace, stage.file, written);
    await editor.settings({});
  });

  it("in the merge editor each side keeps its author, and typing is the person's", async () => {
    const content = (a: string, b: string, c: string): string =>
      `top;\n${a};\nk1;\nk2;\n${b};\nk3;\nk4;\n${c};\nend;\n`;
    const stage = await begin(content('a', 'b', 'c'));
    const { workspace, host } = stage.editor;
    workspace.git('switch', '--quiet', '--create', 'merged');
    await stage.agent(content('a by an agent', 'b by an agent', 'c by an agent'));
    await stage.waitText(/a by an agent/);
    workspace.commit('By an agent');
    workspace.git('switch', '--quiet', 'main');
    await stage.waitText(/^a;$/m);
    for (const [line, name] of [
      [2, 'a'],
      [5, 'b'],
      [8, 'c'],
    ] as const) {
      await stage.caret(line, 2);
      await stage.editor.type(' by hand');
      await stage.waitText(new RegExp(`^${name} by hand;$`, 'm'));
    }
    await stage.save();
    await stage.waitRecorded('H c by hand;');
    workspace.commit('By hand');
    assert.throws(() => workspace.git('merge', '--quiet', 'merged'));
    await stage.waitText(/<<<<<<</);
    await stage.editor.inside.run(async (api, file) => {
      await api.commands.executeCommand('git.openMergeEditor', api.Uri.file(file));
    }, workspace.at(stage.file));
    const view = host.page.locator('.merge-editor');
    const action = (name: string) => view.locator('.merge-editor-conflict-actions a').getByText(name, { exact: true });
    const result = (): Promise<string | undefined> =>
      stage.editor.inside.run(
        (api, file) => api.workspace.textDocuments.find(({ uri }) => uri.fsPath === file)?.getText(),
        workspace.at(stage.file),
      );
    const waitResult = (a: string, b: string, c: string): Promise<unknown> =>
      until(async () => (await result()) === content(a, b, c), { what: `the result to have ${a}, ${b} and ${c}` });
    await until(async () => (await action('Accept Incoming').count()) === 3, {
      timeout: 60_000,
      what: 'three conflicts',
    });
    await action('Accept Incoming').first().click();
    await waitResult('a by an agent', 'b', 'c');
    await action('Accept Current').nth(1).click();
    await waitResult('a by an agent', 'b by hand', 'c');
    await view.locator('.result .view-line').getByText('c;', { exact: true }).click();
    await stage.editor.press('Home', 'Shift+End');
    await stage.editor.type('typed there;');
    await waitResult('a by an agent', 'b by hand', 'typed there');
    await view.getByText('Complete Merge', { exact: true }).click();
    await until(() => workspace.git('diff', '--name-only', '--diff-filter=U') === '', {
      what: 'the merge to be complete',
    });
    await stage.waitRecorded('H typed there;');
    workspace.commit('Merge both');
    await expectCommitted(workspace, stage.file, [
      '? top;',
      'A a by an agent;',
      '? k1;',
      '? k2;',
      'H b by hand;',
      '? k3;',
      '? k4;',
      'H typed there;',
      '? end;',
    ]);
  });

  it("a rebase conflict solved in the editor keeps everybody's lines theirs", async () => {
    const stage = await begin('first;\nmiddle;\nlast;\n');
    const { workspace } = stage.editor;
    workspace.git('switch', '--quiet', '--create', 'topic');
    await stage.agent('first;\nmiddle by an agent;\nlast;\n');
    await stage.waitText(/by an agent/);
    workspace.commit('By an agent');
    await writeLine(stage, 4, 'own end;');
    workspace.commit('By hand');
    workspace.git('switch', '--quiet', 'main');
    await stage.waitText(/^middle;$/m);
    await writeLine(stage, 2, 'own beginning;');
    workspace.commit('On main');
    workspace.git('switch', '--quiet', 'topic');
    await stage.waitText(/own end/);
    assert.throws(() => workspace.git('rebase', '--quiet', 'main'));
    await stage.waitText(/<<<<<<</);
    await stage.execute('merge-conflict.accept.all-both');
    await stage.waitText(/^first;\nown beginning;\nmiddle;\nmiddle by an agent;\nlast;\n$/);
    await writeLine(stage, 3, 'typed in the conflict;');
    workspace.git('add', '--', stage.file);
    workspace.git('-c', 'core.editor=true', 'rebase', '--continue');
    await stage.waitText(/own end;/);
    await expectCommitted(workspace, stage.file, [
      '? first;',
      'H own beginning;',
      'H typed in the conflict;',
      '? middle;',
      'A middle by an agent;',
      '? last;',
      'H own end;',
    ]);
  });

  it('two repositories in one window have their own records, and a copied line keeps its author', async () => {
    const { editor, model } = shared();
    const { env } = editor.host.folder;
    const root = path.join(editor.home, 'both');
    const [one, other] = ['one', 'other'].map((name) => Workspace.create(path.join(root, name), env)) as [
      Workspace,
      Workspace,
    ];
    await Promise.all([setUp(one), setUp(other)]);
    await editor.openFolders(root, [one.root, other.root]);
    const [first, second] = ['one/README.md', 'other/README.md'].map(
      (file) => new Stage(editor, model, 'stock', file),
    ) as [Stage, Stage];
    await first.show();
    await agentWrites(one, 'README.md', '# Workspace\nby an agent;\n');
    await first.waitText(/by an agent/);
    await typeLine(first, 3, 'typed by hand;');
    await first.save();
    await expectAuthors(one, 'README.md', ['. # Workspace', 'A by an agent;', 'H typed by hand;']);
    await first.select([2, 1], [4, 1]);
    await editor.press('Control+C');
    await second.show();
    await second.caret(2, 1);
    await editor.press('Control+V');
    await second.waitText(/by an agent;\ntyped by hand;\n$/);
    await typeLine(second, 4, 'typed there;');
    await second.save();
    await expectAuthors(other, 'README.md', ['. # Workspace', 'A by an agent;', 'H typed by hand;', 'H typed there;']);
    one.commit('In one');
    other.commit('In the other');
    await expectCommitted(one, 'README.md', ['? # Workspace', 'A by an agent;', 'H typed by hand;']);
    await expectCommitted(other, 'README.md', [
      '? # Workspace',
      'A by an agent;',
      'H typed by hand;',
      'H typed there;',
    ]);
  });
});
