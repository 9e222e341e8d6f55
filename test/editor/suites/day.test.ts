import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { packedProduct } from '../../support/product';
import { authorsOf } from '../authors';
import { BEGINNING, BY_ASSISTANTS, workBeside } from '../day/beside';
import { countOf, sumOf, total, type Count } from '../day/count';
import { MOVES } from '../day/moves';
import type { Scene } from '../day/scene';
import { SUGGESTIONS } from '../day/suggestions';
import { TOOLS } from '../day/tools';
import { startEditor, until, type Editor } from '../host';
import { KINDS_OF_EDIT, Stage, type KindId, type KindOfEdit } from '../kinds';
import { playRow } from '../kinds/row';
import { useEditor } from '../shared';
import { ScriptedModel } from '../../support/model/server';
import { CHAT_COMPLETIONS } from '../../support/model/chat-completions';

const SCENES: readonly Scene[] = [...SUGGESTIONS, ...TOOLS, ...MOVES];

/** A record is written a moment after the save. */
async function settledCount(editor: Editor, paths: readonly string[]): Promise<Count> {
  let last = await countOf(editor.workspace, paths);
  for (let tries = 0; tries < 10 && (total(last) === 0 || last.unknown > 0); tries++) {
    await sleep(200);
    last = await countOf(editor.workspace, paths);
  }
  return last;
}

describe('a person alone in the stock editor', function () {
  this.timeout(90_000);
  let editor: Editor;
  let model: ScriptedModel;
  const counts = new Map<string, Count>();

  before('start the editor', async function () {
    this.timeout(20 * 60_000);
    model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
    editor = await startEditor({
      extensions: [await packedProduct()],
      settings: { 'editor.wordBasedSuggestions': 'currentDocument' },
    });
  });
  before('make the files one project', () => {
    editor.workspace.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: { lib: ['es2022'], types: [], module: 'esnext', strict: true },
        include: ['**/*.ts'],
      }),
    );
    editor.workspace.commit('Make it a project');
  });
  after('end the editor', async () => {
    await editor.close();
    await model.stop();
    for (const [title, { human, unknown, ai }] of counts)
      console.log(`      ${title}: ${String(human)} human, ${String(unknown)} unknown, ${String(ai)} AI`);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      console.error(await editor.glance());
      await editor.screenshot(`failed day ${this.currentTest.title}`.replace(/[^\w-]+/g, '-').slice(0, 100));
    }
  });

  for (const scene of SCENES) {
    it(scene.title, async () => {
      await editor.workbench.tidy();
      await editor.settings(scene.settings ?? {});
      const [first = ''] = Object.keys(scene.files);
      const stage = new Stage(editor, model, 'stock', first);
      for (const file of scene.creates ?? []) editor.workspace.remove(file); // another try begins where the first one did
      for (const [file, content] of Object.entries(scene.files)) editor.workspace.write(file, content);
      editor.workspace.git('add', '--all');
      editor.workspace.git('commit', '--quiet', '--allow-empty', '--message', scene.title);
      await stage.show();
      await stage.caret(1, 1);
      await scene.perform(stage);
      await stage.save();
      const count = await settledCount(editor, [...Object.keys(scene.files), ...(scene.creates ?? [])]);
      counts.set(scene.title, count);
      assert.ok(total(count) > 0, 'nothing changed');
    });
  }

  // Where an assistant might have been, the table says something else: see authors.test.ts.
  for (const [id, kind] of Object.entries(KINDS_OF_EDIT) as [KindId, KindOfEdit][]) {
    if (kind.beside === undefined) continue;
    it(`${kind.title}: ${kind.stable.author}`, async () => {
      await playRow({ editor, model }, 'stock', id, kind.stable, id);
    });
  }

  it('their lines are theirs', () => {
    const all = sumOf([...counts.values()]);
    assert.equal(all.ai, 0);
    assert.ok(all.human >= 0.99 * total(all), JSON.stringify(all));
  });
});

describe('a person with assistants beside them, in the stock editor', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');

  it("no line of either is called the other's", async () => {
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', 'beside.ts');
    await editor.workbench.tidy();
    await stage.begin(BEGINNING);
    await workBeside(stage);
    let lines: readonly string[] = [];
    await until(
      async () =>
        (lines = await authorsOf(editor.workspace, stage.file)).every(
          (line) => line.startsWith('A') || !line.includes('fromTerminal'),
        ),
      { what: "the terminal agent's record" },
    );
    const changed = lines.filter((line) => /^[AH?] /.test(line));
    console.log(lines.map((line) => `      ${line}`).join('\n'));
    for (const line of changed) assert.doesNotMatch(line, BY_ASSISTANTS.test(line) ? /^H/ : /^A/, line);
    assert.ok(
      changed.some((line) => line.startsWith('A')) && changed.some((line) => line.startsWith('H')),
      changed.join('\n'),
    );
  });
});
