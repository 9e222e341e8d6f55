import { until } from '../../host';
import { FIRST_LINE, type Play } from '../play';

export const ASSISTANTS = {
  workspaceEdit: {
    perform: async (stage) => {
      await stage.editor.inside.run(async (api) => {
        const uri = api.window.activeTextEditor?.document.uri;
        if (!uri) throw new Error('no file is open');
        const edit = new api.WorkspaceEdit();
        edit.insert(uri, new api.Position(1, 0), 'by an extension;');
        await api.workspace.applyEdit(edit);
      });
      await stage.waitText(/by an extension;$/);
    },
    lines: ['. first line;', '@ by an extension;'],
  },
  editorEdit: {
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.inside.run(async (api) => {
        await api.window.activeTextEditor?.edit((builder) => {
          builder.insert(new api.Position(1, 0), 'by an extension;');
        });
      });
      await stage.waitText(/by an extension;$/);
    },
    lines: ['. first line;', '@ by an extension;'],
  },
  terminalAgent: {
    perform: async (stage) => {
      await stage.agent(`${FIRST_LINE}by an agent;\n`);
      await stage.waitText(/by an agent/);
    },
    lines: ['. first line;', '@ by an agent;'],
  },
  insertAtCursor: {
    perform: async (stage) => {
      const { editor, model } = stage;
      await stage.caret(2, 1);
      await editor.chat.enable();
      await editor.chat.open();
      model.play([{ say: 'Here:\n\n```ts\nexport const fromTheChat = 1;\n```\n' }]);
      await editor.chat.ask('Show me some code');
      await editor.chat.wait('fromTheChat');
      await editor.chat.insertAtCursor();
      await stage.waitText(/fromTheChat = 1;/);
    },
    lines: ['. first line;', '@ export const fromTheChat = 1;'],
  },
  inlineChat: {
    content: 'const rate = 1;\n',
    type: 'ts',
    perform: async (stage) => {
      const { editor, model } = stage;
      await editor.chat.enable();
      model.play([
        {
          calls: [
            {
              name: 'replace_string_in_file',
              input: { filePath: editor.workspace.at(stage.file), oldString: 'rate = 1;', newString: 'rate = 7;' },
            },
          ],
        },
        { say: 'Seven it is.' },
      ]);
      await editor.chat.askInline(1, 1, 'make it seven');
      await stage.waitText(/rate = 7/);
      await until(() => editor.workspace.read(stage.file).includes('rate = 7'), { what: 'the file to be saved' });
      await editor.chat.inlineButton('Keep');
    },
    lines: ['@ const rate = 7;', '-@'],
  },
  chat: {
    content: 'const rate = 1;\n',
    type: 'ts',
    perform: async (stage) => {
      const { editor, model } = stage;
      await editor.chat.enable();
      await editor.chat.open();
      model.play([
        {
          calls: [
            {
              name: 'replace_string_in_file',
              input: { filePath: editor.workspace.at(stage.file), oldString: 'rate = 1;', newString: 'rate = 7;' },
            },
          ],
        },
        { say: 'All of it is done.' },
      ]);
      await editor.chat.ask('Please work');
      await editor.chat.wait('All of it is done.');
      await editor.chat.keepAll();
      await stage.waitText(/rate = 7/);
    },
    lines: ['@ const rate = 7;', '-@'],
  },
} as const satisfies Readonly<Record<string, Play>>;
