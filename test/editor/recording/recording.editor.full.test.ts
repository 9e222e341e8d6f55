import assert from 'node:assert/strict';
import path from 'node:path';
import { openJournal, type EditRecord } from '../../../src/provenance/journal';
import { expectAuthors } from '../authors';
import { until, type Editor } from '../host';
import { PLAYED_BUILDS, useEditor } from '../use-editor';

for (const build of PLAYED_BUILDS) {
  describe(`recording in the real editor (${build} build)`, function () {
    this.timeout(120_000);
    const shared = useEditor(build);
    let files = 0;

    /** A committed file, open in front. */
    async function open(
      content: string,
      name = `file${String(++files)}.ts`,
    ): Promise<{ editor: Editor; file: string }> {
      const { editor } = shared();
      editor.workspace.write(name, content);
      editor.workspace.commit(`Add ${name}`);
      await editor.text.open(name);
      return { editor, file: name };
    }

    const edits = (editor: Editor, file: string): EditRecord[] =>
      openJournal(path.join(editor.workspace.root, '.git'), Date.now)
        .read()
        .flatMap(({ record }) =>
          record.kind === 'edit' && record.files.some((one) => one.path === file) ? [record] : [],
        );

    async function expectSaved(editor: Editor, file: string, expected: readonly string[]): Promise<void> {
      await editor.text.save();
      await expectAuthors(editor.workspace, file, expected);
    }

    it('a file read again from disk records nothing', async () => {
      const { editor, file } = await open('const a = 1;\n');
      editor.workspace.write(file, 'const a = 1;\nconst fromOutside = 2;\n');
      await editor.text.waitLine('fromOutside');
      await editor.text.goto(1, 1);
      await editor.type('x');
      await expectSaved(editor, file, ['H xconst a = 1;', '? const fromOutside = 2;', '-H']);
    });

    it("a file's byte order mark and line breaks stay, and so do its authors", async () => {
      const { editor, file } = await open('\uFEFFconst a = 1;\r\nconst b = 2;\r\n');
      await editor.text.goto(2, 1);
      await editor.type('let z;');
      await editor.press('Enter');
      await editor.text.save();
      await until(() => edits(editor, file).length > 0, { what: 'the record' });
      const [edit] = edits(editor, file);
      assert.equal(editor.workspace.read(file), '\uFEFFconst a = 1;\r\nlet z;\r\nconst b = 2;\r\n');
      assert.equal(edit?.files[0]?.operations?.[0]?.offset, '\uFEFFconst a = 1;\r\n'.length);
      await expectAuthors(editor.workspace, file, ['. \uFEFFconst a = 1;\r', 'H let z;\r', '. const b = 2;\r']);
    });

    it('ignored files and saves without a change record nothing', async () => {
      const { editor } = await open('ignored.ts\n', '.gitignore');
      editor.workspace.write('ignored.ts', '');
      await editor.inside.run(async (vscode, path) => {
        await vscode.window.showTextDocument(vscode.Uri.file(path));
      }, editor.workspace.at('ignored.ts'));
      await editor.type('const secret = 1;');
      await editor.text.save();
      const { file } = await open('const a = 1;\n');
      await editor.press('Control+S');
      await editor.type('y');
      await expectSaved(editor, file, ['H yconst a = 1;', '-H']);
      assert.equal(edits(editor, 'ignored.ts').length, 0);
      assert.equal(edits(editor, file).length, 1);
    });
  });
}
