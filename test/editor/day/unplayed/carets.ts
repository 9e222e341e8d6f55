/** Several carets, selections and pastes: each by keys or by a command without one. */
import type { Place } from '../../front';
import { until } from '../../host';
import type { Stage } from '../../kinds/stage';
import type { Scene } from '../scene';

/** Puts a selection at each pair of places. */
export async function selections(stage: Stage, ...places: readonly (readonly [Place, Place])[]): Promise<void> {
  await stage.editor.inside.run(async (api, all) => {
    const editor = api.window.activeTextEditor;
    if (!editor) throw new Error('no file is open');
    editor.selections = all.map(([a, b]) => new api.Selection(a[0] - 1, a[1] - 1, b[0] - 1, b[1] - 1));
    await api.commands.executeCommand('setContext', 'linekeeper-test.selected', true);
  }, places);
}

/** A word of each of three lines, from its column. */
const carets = (stage: Stage, lines: readonly number[], column = 1): Promise<void> =>
  selections(
    stage,
    ...lines.map(
      (line) =>
        [
          [line, column],
          [line, column],
        ] as const,
    ),
  );

export const CARETS: readonly Scene[] = [
  {
    title: 'Three copied lines, pasted at three carets',
    files: { 'carets/each.txt': 'first = 1\nsecond = 2\nthird = 3\n---\n\n\n\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 10]);
      await stage.editor.press('Control+C');
      await carets(stage, [5, 6, 7]);
      await stage.editor.press('Control+V');
      await stage.waitText(/---\nfirst = 1\nsecond = 2\nthird = 3\n$/);
    },
  },
  {
    title: 'One copied word, pasted at four carets',
    files: { 'carets/word.txt': 'rateOfTaxes\na = \nb = \nc = \nd = \n' },
    perform: async (stage) => {
      await stage.select([1, 1], [1, 12]);
      await stage.editor.press('Control+C');
      await carets(stage, [2, 3, 4, 5], 5);
      await stage.editor.press('Control+V');
      await stage.waitText(/d = rateOfTaxes\n$/);
    },
  },
  {
    title: 'Words of three carets, copied into another file',
    files: { 'carets/to.txt': 'x: \ny: \nz: \n', 'carets/from.txt': 'apples = 1\npears = 2\ncherries = 3\n' },
    perform: async (stage) => {
      await stage.show('carets/from.txt');
      await selections(
        stage,
        [
          [1, 1],
          [1, 7],
        ],
        [
          [2, 1],
          [2, 6],
        ],
        [
          [3, 1],
          [3, 9],
        ],
      );
      await stage.editor.press('Control+C');
      await stage.show('carets/to.txt');
      await carets(stage, [1, 2, 3], 4);
      await stage.editor.press('Control+V');
      await stage.waitText(/^x: apples\ny: pears\nz: cherries\n$/);
    },
  },
  {
    title: 'A line cut without a selection, pasted below',
    files: { 'carets/cut.txt': 'alpha beta\ngamma delta\nepsilon zeta\n' },
    perform: async (stage) => {
      await stage.caret(1, 3);
      await stage.editor.press('Control+X');
      await stage.waitText(/^gamma/);
      await stage.caret(2, 2);
      await stage.editor.press('Control+V');
      await stage.waitText(/^gamma delta\nalpha beta\nepsilon zeta/);
    },
  },
  {
    title: 'A column selected with keys, typed over',
    files: { 'carets/column.txt': 'ab 1\nab 2\nab 3\nab 4\n' },
    perform: async (stage) => {
      for (let down = 0; down < 3; down++) await stage.execute('cursorColumnSelectDown');
      for (let right = 0; right < 2; right++) await stage.execute('cursorColumnSelectRight');
      await stage.editor.type('price');
      await stage.waitText(/^price 1\nprice 2\nprice 3\nprice 4\n$/);
    },
  },
  {
    title: 'A caret at each line end of a selection, typed',
    files: { 'carets/ends.txt': 'one\ntwo long\nthree\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [3, 6]);
      await stage.editor.press('Shift+Alt+I');
      await stage.editor.type(' + tax;');
      await stage.waitText(/^one \+ tax;\ntwo long \+ tax;\nthree \+ tax;\n$/);
    },
  },
  {
    title: 'All occurrences selected, typed over',
    files: { 'carets/all.txt': 'cost = cost + 1\nprint cost\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [1, 5]);
      await stage.editor.press('Control+Shift+L');
      await stage.editor.type('price');
      await stage.waitText(/^price = price \+ 1\nprint price\n$/);
    },
  },
  {
    title: 'The next match added twice, typed over',
    files: { 'carets/next.txt': 'foo(a)\nfoo(b)\nfoo(c)\nfoo(d)\n' },
    perform: async (stage) => {
      await stage.select([1, 1], [1, 4]);
      await stage.editor.press('Control+D', 'Control+D');
      await stage.editor.type('call');
      await stage.waitText(/^call\(a\)\ncall\(b\)\ncall\(c\)\nfoo\(d\)/);
    },
  },
  {
    title: 'Lines copied down at two carets',
    files: { 'carets/copied.txt': 'alpha = 1\n\nbeta = 2\n' },
    perform: async (stage) => {
      await carets(stage, [1, 3]);
      await stage.execute('editor.action.copyLinesDownAction');
      await stage.waitText(/^alpha = 1\nalpha = 1\n\nbeta = 2\nbeta = 2\n$/);
    },
  },
  {
    title: 'Quotes typed around three selections',
    files: { 'carets/quotes.ts': 'export const all = [one, two, three];\n' },
    perform: async (stage) => {
      await selections(
        stage,
        [
          [1, 21],
          [1, 24],
        ],
        [
          [1, 26],
          [1, 29],
        ],
        [
          [1, 31],
          [1, 36],
        ],
      );
      await stage.editor.type("'");
      await stage.waitText(/\['one', 'two', 'three'\]/);
    },
  },
  {
    title: 'Two selections cut, pasted at one caret',
    files: { 'carets/gather.txt': 'take1 leave\ntake2 leave\nhere: \n' },
    perform: async (stage) => {
      await selections(
        stage,
        [
          [1, 1],
          [1, 7],
        ],
        [
          [2, 1],
          [2, 7],
        ],
      );
      await stage.editor.press('Control+X');
      await stage.waitText(/^leave\nleave/);
      await stage.caret(3, 7);
      await stage.editor.press('Control+V');
      await stage.waitText(/here: take1 \ntake2 \n$/);
    },
  },
  {
    title: 'Text typed in overtype mode',
    files: { 'carets/over.txt': 'abcdefgh\n' },
    perform: async (stage) => {
      await stage.execute('editor.action.toggleOvertypeInsertMode');
      await stage.editor.type('xyz');
      await stage.waitText(/^xyzdefgh/);
      await stage.execute('editor.action.toggleOvertypeInsertMode');
    },
  },
  {
    title: 'Parts of words, words and line halves deleted, with typing between',
    files: { 'carets/parts.txt': 'monthlyCostsOfAll = 1\nsecond word here\nthird line here\n' },
    perform: async (stage) => {
      await stage.caret(1, 18);
      await stage.execute('deleteWordPartLeft');
      await stage.editor.type('Each');
      await stage.waitText(/^monthlyCostsOfEach = 1/);
      await stage.caret(2, 9);
      await stage.execute('deleteInsideWord');
      await stage.editor.type('item ');
      await stage.caret(3, 7);
      await stage.execute('deleteAllLeft');
      await stage.editor.type('fourth ');
      await stage.waitText(/\nfourth line here/);
    },
  },
  {
    title: 'What is between brackets selected by a command, typed over',
    files: { 'carets/bracket.ts': 'export const a = call(one, two);\n' },
    perform: async (stage) => {
      await stage.caret(1, 24);
      await stage.execute('editor.action.selectToBracket', { selectBrackets: false });
      await stage.editor.type('three');
      await stage.waitText(/call\(three\)/);
    },
  },
  {
    title: 'From an anchor to the caret, deleted',
    files: { 'carets/anchor.txt': 'one two three\nfour five six\n' },
    perform: async (stage) => {
      await stage.caret(1, 5);
      await stage.execute('editor.action.setSelectionAnchor');
      await stage.caret(2, 6);
      await stage.execute('editor.action.selectFromAnchorToCursor');
      await stage.editor.press('Delete');
      await stage.waitText(/^one five six/);
    },
  },
  {
    title: 'Text typed in a second group of the same file',
    files: { 'carets/groups.txt': 'top\nbottom\n' },
    perform: async (stage) => {
      await stage.execute('workbench.action.splitEditor');
      await until(() => stage.editor.inside.run((api) => api.window.visibleTextEditors.length === 2), {
        what: 'the second group',
      });
      await stage.editor.text.focus();
      await stage.caret(2, 7);
      await stage.editor.type(' by hand');
      await stage.waitText(/bottom by hand/);
      await stage.save();
      await stage.execute('workbench.action.closeEditorsInOtherGroups');
      await stage.execute('workbench.action.joinAllGroups');
      await stage.show();
    },
  },
  {
    title: "Text typed in the peek view's editor",
    files: {
      'carets/peek.ts': "import { peeked } from './peeked-at';\nexport const twice = peeked + peeked;\n",
      'carets/peeked-at.ts': 'export const peeked = 1;\n\n',
    },
    perform: async (stage) => {
      await stage.caret(2, 23);
      await until(
        async () => {
          await stage.execute('editor.action.peekDefinition');
          await new Promise((resolve) => setTimeout(resolve, 2_000));
          return stage.editor.inside.run((api) =>
            api.window.visibleTextEditors.some(({ document }) => document.uri.path.endsWith('peeked-at.ts')),
          );
        },
        { timeout: 30_000, what: 'the peek view' },
      );
      await stage.editor.host.page.locator('.peekview-widget .preview .view-line').nth(1).click();
      await stage.editor.type('// seen');
      await stage.execute('workbench.action.files.saveAll');
      await until(() => stage.editor.workspace.read('carets/peeked-at.ts').includes('// seen'), { what: 'the text' });
      await stage.editor.press('Escape');
      await stage.show();
    },
  },
];
