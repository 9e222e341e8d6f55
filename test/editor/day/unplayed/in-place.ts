/** What a person's key, click or drag puts into a file that is open: by an input method, Emmet, a drag, a link. */
import { setTimeout as sleep } from 'node:timers/promises';
import { boxOf } from '../../host/driver/hover';
import type { Stage } from '../../kinds/stage';
import type { Scene } from '../scene';

async function compose(stage: Stage, ...syllables: readonly (readonly string[])[]): Promise<void> {
  for (const steps of syllables) await stage.editor.keys.compose([...steps], steps.at(-1) ?? '');
}
const HAN = ['ㅎ', '하', '한'];
const GEUL = ['ㄱ', '그', '글'];

export const IN_PLACE: readonly Scene[] = [
  {
    title: 'Korean syllables composed one after another',
    files: { 'composed/blank.txt': 'second \n' },
    perform: async (stage) => {
      await stage.caret(1, 8);
      await compose(stage, HAN, GEUL);
      await stage.waitText(/second 한글/);
    },
  },
  {
    title: 'A Korean syllable composed in an empty line',
    files: { 'composed/empty.txt': 'first\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await compose(stage, HAN);
      await stage.waitText(/한/);
    },
  },
  {
    title: 'A Korean syllable of two letters composed after a letter, then typed on',
    files: { 'composed/letter.txt': 'second\n' },
    perform: async (stage) => {
      await stage.caret(1, 7);
      await compose(stage, ['ㅎ', '하'], GEUL);
      await stage.editor.type(' here');
      await stage.waitText(/second하글 here/);
    },
  },
  {
    title: 'Typed on in a line after the caret was put elsewhere by an extension',
    files: { 'carets/moved.txt': '1\n2\n3\n4\n5\n6\n7\n8\n' },
    perform: async (stage) => {
      await stage.caret(1, 2);
      await stage.editor.type(' staged');
      await stage.caret(7, 2);
      await stage.editor.type(' unstaged');
      await stage.save();
      await stage.caret(1, 9);
      await stage.editor.type(' and on');
      await stage.waitText(/1 staged and on/);
    },
  },
  {
    title: 'Emmet: an abbreviation with a count, expanded by Tab in HTML',
    files: { 'emmet/list.html': '<main>\n  \n</main>\n' },
    settings: { 'emmet.triggerExpansionOnTab': true },
    perform: async (stage) => {
      await stage.caret(2, 3);
      await stage.editor.type('ul>li.item-$*3>lorem4');
      await sleep(800);
      await stage.editor.press('Escape');
      await stage.editor.press('Tab');
      await stage.waitText(/item-3/);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Emmet: a unit expanded by Tab in SCSS, and a rule typed',
    files: { 'emmet/card.scss': '.card {\n  \n}\n' },
    settings: { 'emmet.triggerExpansionOnTab': true },
    perform: async (stage) => {
      await stage.caret(2, 3);
      await stage.editor.type('m10');
      await sleep(800);
      await stage.editor.press('Tab');
      await stage.waitText(/margin: 10px;/);
      await stage.editor.press('Escape', 'End', 'Enter');
      await stage.editor.type('&:hover { color: red; }');
      await stage.waitText(/&:hover \{ color: red; ?\}/);
    },
  },
  {
    title: 'Text dragged with Ctrl held: a copy in the same file',
    files: { 'drag/copy.txt': 'source words\nmiddle\ntarget\n' },
    perform: async (stage) => {
      const { page } = stage.editor.host;
      await stage.select([1, 1], [1, 7]);
      const from = await boxOf(page, 'source');
      const to = await boxOf(page, 'target');
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + 30, to.y + to.height / 2, { steps: 6 });
      await page.keyboard.down('Control');
      await page.mouse.move(to.x + 1, to.y + to.height / 2, { steps: 4 });
      await page.mouse.up();
      await page.keyboard.up('Control');
      await stage.waitText(/^source words\nmiddle\nsourcetarget/);
    },
  },
  {
    title: 'Markdown: a file dropped from the Explorer with Shift, as a link',
    files: { 'linked/drop.md': '# Drop\n\n\n', 'linked/target.md': '# Target\n' },
    perform: async (stage) => {
      const { page } = stage.editor.host;
      await stage.execute('workbench.files.action.showActiveFileInExplorer');
      const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'target.md' }).first();
      const line = page.locator('.editor-group-container.active .view-line').nth(2);
      const [from, to] = [await row.boundingBox(), await line.boundingBox()];
      if (!from || !to) throw new Error('nothing to drag');
      await page.mouse.move(from.x + 40, from.y + 8);
      await page.mouse.down();
      await page.mouse.move(from.x + 60, from.y + 12, { steps: 3 });
      await page.mouse.move(to.x + 60, to.y - 10, { steps: 6 });
      await page.keyboard.down('Shift');
      await page.mouse.move(to.x + 4, to.y + 8, { steps: 6 });
      await sleep(300);
      await page.mouse.up();
      await page.keyboard.up('Shift');
      await stage.waitText(/target\.md/, 8000);
      await stage.editor.press('Escape');
    },
  },
  {
    title: 'Markdown: a link to a file of the folder, put in by its command',
    files: { 'linked/insert.md': '# Insert\n\n\n', 'linked/goal.md': '# Goal\n' },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.editor.run('markdown.editor.insertLinkFromWorkspace');
      await sleep(800);
      await stage.editor.quick.answerPath(stage.editor.workspace.at('linked/goal.md'));
      await stage.waitText(/goal\.md/);
      await stage.editor.press('Escape');
    },
  },
];
