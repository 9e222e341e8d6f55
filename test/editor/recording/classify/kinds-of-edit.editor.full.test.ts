import { expectAuthors } from '../../authors';
import { playDeed } from '../../day/deed';
import { CHAT_DEEDS } from '../../day/settings';
import { until } from '../../host';
import { FIRST_LINE, KINDS_OF_EDIT, Stage, type Answer, type KindId, type KindOfEdit } from '../../kinds';
import { hoverOn, playRow } from '../../kinds/row';
import { isLeftToReplay } from '../../recorded/left-to-replay';
import { IS_EVERY_BUILD, PLAYED_BUILDS, useEditor, type Build } from '../../use-editor';

const answerOf = (kind: KindOfEdit, build: Build): Answer =>
  (build === 'all' ? kind.detailed : undefined) ?? kind.beside ?? kind.stable;

for (const build of PLAYED_BUILDS) {
  describe(`the author of an edit (${build} build)`, function () {
    this.timeout(180_000);
    const shared = useEditor(build);
    const tries = new Map<string, number>();
    /** The same whichever rows are played, so that recordings are alike; another try has a file of its own. */
    const nameOf = (id: string): string => {
      const count = (tries.get(id) ?? 0) + 1;
      tries.set(id, count);
      return count === 1 ? id : `${id}-${String(count)}`;
    };

    for (const id of Object.keys(KINDS_OF_EDIT) as KindId[]) {
      const kind: KindOfEdit = KINDS_OF_EDIT[id];
      const answer = answerOf(kind, build);
      const place = { window: `kinds-${build}`, build, title: `${kind.title}: ${answer.author}` };
      if (build === 'all' && kind.detailed === undefined && !IS_EVERY_BUILD) continue;
      if (isLeftToReplay(place.window, place.title)) continue;
      it(place.title, async () => {
        await playRow(shared(), build, id, answer, { name: nameOf(id), place });
      });
    }

    if (build === 'stock')
      for (const deed of CHAT_DEEDS)
        it(`${deed.title}: nobody's or AI's`, async () => {
          await shared().editor.chat.enable();
          await playDeed(shared(), deed);
        });

    it('an unknown line gets an author by one click on its hover', async () => {
      const { editor, model } = shared();
      const stage = new Stage(editor, model, build, `${nameOf('declared')}.txt`);
      await editor.workbench.tidy();
      await stage.begin(FIRST_LINE);
      editor.workspace.write(stage.file, `${FIRST_LINE}one;\ntwo;\n`);
      await stage.waitText(/two;/);
      await expectAuthors(editor.workspace, stage.file, ['. first line;', '? one;', '? two;']);
      await until(async () => (await hoverOn(editor, 2)).includes('declareAuthor'), { what: 'the hover' });
      await editor.hover('one;', /Declare the author/);
      await editor.widgets.clickHover('Declare the author');
      await editor.quick.wait('Who wrote lines 2–3?');
      await editor.quick.pick('Human');
      await expectAuthors(editor.workspace, stage.file, ['. first line;', 'H one;', 'H two;']);
    });
  });
}
