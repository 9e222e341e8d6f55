/** What a person chooses from menus, and the editor and its own extensions write for it. */
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import type { Scene } from '../scene';
import { chooseSnippet } from './known-texts';

/** Chooses an item of the menu of a row in a view. */
export async function chosenInMenu(stage: Stage, row: string, name: string, item: RegExp): Promise<void> {
  const { page } = stage.editor.host;
  const menuItem = page.locator('.monaco-menu .action-item', { hasText: item }).first();
  await until(
    async () => {
      await page.locator(row, { hasText: name }).first().click({ button: 'right', timeout: 5_000 });
      return menuItem.click({ timeout: 3_000 }).then(
        () => true,
        async () => {
          await stage.editor.press('Escape');
          return false;
        },
      );
    },
    { timeout: 40_000, what: `${String(item)} in the menu of ${name}` },
  );
}

/** Has Source Control ignore a file that git does not know. */
async function ignored(stage: Stage, name: string): Promise<void> {
  await stage.editor.inside.run(
    async (api, path) => {
      const edit = new api.WorkspaceEdit();
      edit.createFile(api.Uri.file(path), { overwrite: true, contents: new TextEncoder().encode('a log\n') });
      await api.workspace.applyEdit(edit);
    },
    stage.editor.workspace.at(`menus/${name}`),
  );
  await stage.editor.scm.show();
  await chosenInMenu(stage, '.scm-view .monaco-list-row', name, /Add to \.gitignore/);
  await stage.waitText(new RegExp(`menus/${name}\\n$`));
  await stage.execute('workbench.action.files.save');
  await until(() => stage.editor.workspace.read('.gitignore').includes(name), { what: 'the save' });
  await stage.execute('workbench.view.explorer');
  await stage.show('.gitignore');
}

const SNIPPETS = `{
  "Guard": { "prefix": "guarded", "body": ["export const due = guardedFrom(", "\\t\${CLIPBOARD},", ");"] }
}
`;

/** Deletes a file in the Explorer by its menu. */
async function deletedByMenu(stage: Stage, path: string): Promise<void> {
  const { editor } = stage;
  await editor.inside.run(async (api, file) => {
    await api.commands.executeCommand('revealInExplorer', api.Uri.file(file));
  }, editor.workspace.at(path));
  await chosenInMenu(stage, '.explorer-folders-view .monaco-list-row', path.split('/').at(-1) ?? '', /^Delete/);
  await editor.notices.waitDialog(/delete/);
  await editor.press('Enter');
  await until(() => !editor.workspace.has(path), { what: 'the file to be deleted' });
  await stage.show();
}

export const MENUS: readonly Scene[] = [
  {
    title: 'Explorer: a file deleted by its menu',
    files: { 'menus/stays.txt': 'stays\n', 'menus/goes.txt': 'first line of costs\nsecond line of costs\n' },
    perform: (stage) => deletedByMenu(stage, 'menus/goes.txt'),
  },
  {
    title: "Explorer: a file deleted by its menu, with the product's keys off",
    files: { 'menus/stays.txt': 'stays\n', 'menus/goes-too.txt': 'first line of fees\nsecond line of fees\n' },
    settings: { 'linekeeper.keybindings.enabled': false },
    perform: (stage) => deletedByMenu(stage, 'menus/goes-too.txt'),
  },
  {
    title: 'A conflict in the merge editor: the incoming side accepted, and completed',
    files: { 'menus/merged.txt': 'top\nmiddle of the file\nbottom\n' },
    perform: async (stage) => {
      const { workspace } = stage.editor;
      workspace.git('switch', '--quiet', '--create', 'merged-in');
      workspace.write('menus/merged.txt', 'top\nmiddle as the branch has it\nbottom\n');
      workspace.commit('Branch');
      workspace.git('switch', '--quiet', 'main');
      workspace.write('menus/merged.txt', 'top\nmiddle as it is here\nbottom\n');
      workspace.commit('Here');
      await stage.waitText(/as it is here/);
      try {
        workspace.git('merge', '--quiet', 'merged-in');
      } catch {
        // the conflict
      }
      await stage.waitText(/<<<<<<<[^]*as the branch has it/);
      await stage.execute('git.openMergeEditor');
      await stage.editor.host.page.locator('.tab.active', { hasText: 'Merging' }).waitFor({ timeout: 30_000 });
      await stage.untilText(() => stage.execute('merge.acceptAllInput1'), /as the branch has it\nbottom/);
      await stage.execute('mergeEditor.acceptMerge');
      await until(() => !workspace.read('menus/merged.txt').includes('<<<<'), { what: 'the merge' });
      await stage.show('menus/merged.txt');
    },
  },
  {
    title: 'Source Control: a file added to .gitignore, where there is none',
    files: { 'menus/start.txt': 'start\n' },
    creates: ['.gitignore'],
    perform: (stage) => ignored(stage, 'first.log'),
  },
  {
    title: 'Source Control: a file added to .gitignore, behind other lines',
    files: { 'menus/more.txt': 'start\n', '.gitignore': 'out/\n*.tmp\n' },
    perform: (stage) => ignored(stage, 'second.log'),
  },
  {
    title: 'Explorer: a relative path copied, and pasted into a page',
    files: { 'menus/page.md': '# Page\n\nSee  for more.\n', 'menus/rates-of-all.txt': 'rates\n' },
    perform: async (stage) => {
      await stage.editor.widgets.explorerSelect('rates-of-all.txt');
      await stage.execute('copyRelativeFilePath');
      await stage.show();
      await stage.caret(3, 5);
      await stage.editor.press('Control+V');
      await stage.waitText(/See menus\/rates-of-all\.txt for/);
    },
  },
  {
    title: 'Explorer: the names of two files copied, and pasted as lines',
    files: { 'menus/list.md': '# List\n\n', 'menus/a-costs.txt': 'costs\n', 'menus/a-taxes.txt': 'taxes\n' },
    perform: async (stage) => {
      await stage.editor.widgets.explorerSelect('a-costs.txt');
      await stage.editor.press('Shift+ArrowDown');
      await stage.execute('copyRelativeFilePath');
      await stage.show();
      await stage.caret(2, 1);
      await stage.editor.press('Control+V');
      await stage.waitText(/a-costs\.txt\nmenus\/a-taxes/);
    },
  },
  {
    title: 'A launch configuration, made by the command for it',
    files: { 'menus/main.js': 'console.log(1);\n' },
    creates: ['.vscode/launch.json'],
    perform: async (stage) => {
      await stage.editor.run('workbench.action.debug.configure');
      await stage.editor.quick.pick(/Node\.js/);
      await until(() => stage.editor.workspace.has('.vscode/launch.json'), { what: 'the configuration' });
      await stage.show('.vscode/launch.json');
    },
  },
  {
    title: 'A snippet around the own text on the clipboard',
    files: { 'menus/around.ts': 'const mine = rateOfMine * 31;\n', '.vscode/known.code-snippets': SNIPPETS },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('const other = feeOfOthers * 7;');
      await stage.select([2, 15], [2, 30]);
      await stage.editor.press('Control+C');
      await stage.caret(2, 31);
      await stage.editor.press('Enter');
      await chooseSnippet(stage, 'guarded');
      await stage.waitText(/guardedFrom\(\n\s*feeOfOthers \* 7,\n\);/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: "The folder's first settings, made in the Settings editor",
    files: { 'menus/settings.txt': 'start\n' },
    creates: ['.vscode/settings.json'],
    perform: async (stage) => {
      await stage.execute('workbench.action.openWorkspaceSettings', { query: 'editor.tabSize' });
      const box = stage.editor.host.page.locator('.settings-editor .setting-item-number input:visible').first();
      await box.waitFor({ timeout: 20_000 });
      await box.fill('3');
      await box.press('Tab');
      await until(() => stage.editor.workspace.has('.vscode/settings.json'), { what: 'the settings' });
      await stage.show('.vscode/settings.json');
    },
  },
  {
    title: 'An extension recommended for the folder from its menu',
    files: { 'menus/recommended.txt': 'start\n', '.vscode/extensions.json': '{\n\t"recommendations": []\n}\n' },
    perform: async (stage) => {
      await stage.show('.vscode/extensions.json');
      await stage.execute('extension.open', 'vscode.emmet');
      await stage.execute('workbench.extensions.action.addToWorkspaceRecommendations');
      await until(() => stage.editor.workspace.read('.vscode/extensions.json').includes('vscode.emmet'), {
        what: 'the recommendation',
      });
      await stage.show('.vscode/extensions.json');
    },
  },
];
