import assert from 'node:assert/strict';
import { Repository, statusOf } from '../../../src/git';
import { evidenceOf } from '../../../src/editor/words';
import { expectAuthors } from '../authors';
import { until, type Editor } from '../host';
import { FIRST_LINE, KINDS_OF_EDIT, PLAYS, Stage, type Answer, type KindId, type KindOfEdit } from '../kinds';
import { BUILDS, useEditor, type Build } from '../shared';

const LETTER: Readonly<Record<Answer['author'], string>> = { person: 'H', AI: 'A', unknown: '?', kept: '@' };

const answerOf = (kind: KindOfEdit, build: Build): Answer => (build === 'all' ? (kind.detailed ?? kind.stable) : kind.stable);

/** The evidence that the record has for the lines of one author. */
async function evidenceIn(editor: Editor, file: string, author: 'ai' | 'human'): Promise<(string | null)[]> {
  const repository = Repository.find(editor.workspace.root);
  assert.ok(repository);
  const { files } = await statusOf(repository, Date.now);
  const change = files.find(({ path }) => path === file);
  return [...(change?.ranges ?? []), ...(change?.removed ?? [])].filter((range) => range.author === author).map(({ evidence }) => evidence);
}

/** What the hovers of the file in front say of a line. */
async function hoverOn(editor: Editor, line: number): Promise<string> {
  return editor.inside.run(async (vscode, at) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const hovers = await vscode.commands.executeCommand<{ contents: { value?: string }[] }[]>('vscode.executeHoverProvider', uri, new vscode.Position(at - 1, 0));
    return hovers.flatMap(({ contents }) => contents.map(({ value }) => value ?? '')).join('\n');
  }, line);
}

for (const build of BUILDS) {
  describe(`who is the author of an edit (${build} build)`, function () {
    this.timeout(180_000);
    const shared = useEditor(build);
    let files = 0;

    for (const id of Object.keys(KINDS_OF_EDIT) as KindId[]) {
      const kind: KindOfEdit = KINDS_OF_EDIT[id];
      const answer = answerOf(kind, build);
      it(`${kind.title}: ${answer.author}`, async () => {
        const { editor, model } = shared();
        const { content = FIRST_LINE, type = 'txt', perform, lines, settings = {} } = PLAYS[id];
        const stage = new Stage(editor, model, build, `${id}-${String(++files)}.${type}`);
        await editor.workbench.tidy();
        await editor.settings(settings);
        await stage.begin(content);
        await perform(stage);
        await stage.save();
        const expected = lines.map((line) => line.replace(/^(-?)@/, `$1${LETTER[answer.author]}`));
        await expectAuthors(editor.workspace, stage.file, expected);
        if (answer.evidence) assert.ok((await evidenceIn(editor, stage.file, answer.author === 'AI' ? 'ai' : 'human')).includes(answer.evidence));
        const unknown = lines.findIndex((line) => line.startsWith('@')) + 1;
        if (answer.author !== 'unknown' || unknown === 0 || id === 'notebook') return; // a notebook's cells have no lines of the file
        const why = evidenceOf((text) => text, { author: 'unknown', evidence: null, reason: answer.reason ?? null }).replace(/[.:]/g, '\\$&');
        const hover = await until(async () => (await hoverOn(editor, unknown)).includes(why) && (await hoverOn(editor, unknown)), { what: `the hover to say "${why}"` });
        assert.match(hover, /\(command:linekeeper\.declareAuthor\?/);
      });
    }

    it('an unknown line has an author after one click on its hover', async () => {
      const { editor, model } = shared();
      const stage = new Stage(editor, model, build, `declared-${String(++files)}.txt`);
      await editor.workbench.tidy();
      await stage.begin(FIRST_LINE);
      editor.workspace.write(stage.file, `${FIRST_LINE}one;\ntwo;\n`);
      await stage.waitText(/two;/);
      await expectAuthors(editor.workspace, stage.file, ['. first line;', '? one;', '? two;']);
      await until(async () => (await hoverOn(editor, 2)).includes('declareAuthor'), { what: 'the hover' });
      await editor.hover('one;');
      await editor.widgets.clickHover('Declare the author');
      await editor.quick.wait('Who wrote lines 2–3?');
      await editor.quick.pick('A person wrote them');
      await expectAuthors(editor.workspace, stage.file, ['. first line;', 'H one;', 'H two;']);
    });
  });
}
