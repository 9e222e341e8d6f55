import { expectAuthors } from '../../authors';
import { until } from '../../host';
import { FIRST_LINE, KINDS_OF_EDIT, Stage, type Answer, type KindId, type KindOfEdit } from '../../kinds';
import { hoverOn, playRow } from '../../kinds/row';
import { BUILDS, BUILDS_OF_SAME_ANSWERS, useEditor, type Build } from '../../use-editor';

const answerOf = (kind: KindOfEdit, build: Build): Answer =>
  (build === 'all' ? kind.detailed : undefined) ?? kind.beside ?? kind.stable;

for (const build of BUILDS) {
  describe(`the author of an edit (${build} build)`, function () {
    this.timeout(180_000);
    const shared = useEditor(build);
    let files = 0;

    for (const id of Object.keys(KINDS_OF_EDIT) as KindId[]) {
      const kind: KindOfEdit = KINDS_OF_EDIT[id];
      const answer = answerOf(kind, build);
      if (!BUILDS_OF_SAME_ANSWERS.includes(build) && kind.detailed === undefined) continue;
      it(`${kind.title}: ${answer.author}`, async () => {
        const title = `${kind.title}: ${answer.author}`;
        const place = { window: `kinds-${build}`, build, title };
        await playRow(shared(), build, id, answer, { name: `${id}-${String(++files)}`, place });
      });
    }

    it('an unknown line gets an author by one click on its hover', async () => {
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
      await editor.quick.pick('Human');
      await expectAuthors(editor.workspace, stage.file, ['. first line;', 'H one;', 'H two;']);
    });
  });
}
