import { until } from '../../host';
import type { Play } from '../play';
import type { Stage } from '../stage';

/** The TypeScript service has to have started before it answers. */
const answers = async (stage: Stage): Promise<void> => {
  const asked = (): Promise<boolean> =>
    stage.editor.inside.run(async (api) => {
      const uri = api.window.activeTextEditor?.document.uri;
      return (
        uri !== undefined &&
        ((await api.commands.executeCommand<unknown[] | undefined>('vscode.executeDocumentSymbolProvider', uri)) ?? [])
          .length > 0
      );
    });
  await until(asked, { timeout: 60_000, what: 'the TypeScript service' });
};

/** Waits until the service finds an `await` in the wrong place, or finds it no more. */
const untilFound = (stage: Stage, isFound: boolean): Promise<unknown> =>
  until(
    async () =>
      (await stage.editor.inside.run((api) =>
        api.languages.getDiagnostics().some(([, all]) => all.some(({ message }) => message.includes("'await'"))),
      )) === isFound,
    { what: 'what the service finds' },
  );

export const TOOLS = {
  rename: {
    content: 'const rate = 1;\nlet twice = rate * 2;\n',
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.caret(1, 8);
      await stage.editor.press('F2');
      await stage.editor.widgets.renameBox();
      await stage.editor.type('price');
      await stage.editor.press('Enter');
      await stage.waitText(/price = 1;\n.*price \* 2/);
    },
    lines: ['@ const price = 1;', '@ let twice = price * 2;', '-@', '-@'],
  },
  format: {
    content: 'const  old = 1;\n',
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.caret(2, 1);
      await stage.editor.type('const  mine=2;');
      await stage.editor.press('Control+Shift+I');
      await stage.waitText(/const mine = 2;/);
    },
    lines: ['@ const old = 1;', 'H const mine = 2;', '-@'],
  },
  formatOnSave: {
    content: 'const  old = 1;\n',
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.caret(2, 1);
      await stage.editor.type('const  mine=2;');
      await stage.save();
      await stage.waitText(/const mine = 2;/);
    },
    settings: { 'editor.formatOnSave': true },
    lines: ['@ const old = 1;', 'H const mine = 2;', '-@'],
  },
  fixOnSave: {
    content: 'export function all() {\n  await Promise.resolve();\n}\n',
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.caret(4, 1);
      await stage.editor.type('const mine = 2;');
      await untilFound(stage, true);
      await stage.save();
      await stage.waitText(/^export async function all/);
      await untilFound(stage, false); // whoever saves before has it mended twice
    },
    settings: { 'editor.codeActionsOnSave': { 'source.fixAll.ts': 'explicit' } },
    lines: ['@ export async function all() {', '.   await Promise.resolve();', '. }', 'H const mine = 2;', '-@'],
  },
  quickFix: {
    content: 'export class A { private b = 1; }\nnew A().c;\n',
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.caret(2, 9);
      await until(
        () =>
          stage.editor.inside.run((api) =>
            api.languages.getDiagnostics().some(([, all]) => all.some(({ message }) => message.includes("'c'"))),
          ),
        { what: 'the error' },
      );
      await stage.editor.text.quickFix("Declare property 'c'");
      await stage.waitText(/c: any/);
    },
    lines: ['@ export class A { private b = 1;c: any;', '@  }', '. new A().c;', '-@'],
  },
  organize: {
    content: "import { b } from './b';\nimport { a } from './a';\nexport const c = [a, b];\n",
    type: 'ts',
    perform: async (stage) => {
      await answers(stage);
      await stage.untilText(() => stage.editor.press('Shift+Alt+O'), /^import { a }/);
    },
    lines: [". import { a } from './a';", "@ import { b } from './b';", '. export const c = [a, b];', '-@'],
  },
  replaceAll: {
    content: 'one apple;\ntwo;\none pear;\n',
    perform: async (stage) => {
      await stage.editor.press('Control+H');
      await stage.editor.widgets.replaceAll('one', 'three');
      await stage.waitText(/^three apple;\ntwo;\nthree pear;\n$/);
    },
    lines: ['@ three apple;', '. two;', '@ three pear;', '-@', '-@'],
  },
  sort: {
    content: 'pear tree;\napple tree;\nend;\n',
    perform: async (stage) => {
      await stage.select([1, 1], [2, 11]);
      await stage.execute('editor.action.sortLinesAscending');
      await stage.waitText(/^apple tree;\npear tree;/);
    },
    lines: ['. apple tree;', '@ pear tree;', '. end;', '-@'],
  },
  upperCase: {
    content: 'one two;\n',
    perform: async (stage) => {
      await stage.select([1, 1], [1, 4]);
      await stage.execute('editor.action.transformToUppercase');
      await stage.waitText(/^ONE two;/);
    },
    lines: ['@ ONE two;', '-@'],
  },
} as const satisfies Readonly<Record<string, Play>>;
