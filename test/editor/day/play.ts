/** A person's day: every scene in one window, and whose lines the record says they are. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { packedProduct } from '../../support/product';
import { authorsOf, expectAuthors } from '../authors';
import { countOf, sumOf, total, type Count } from './count';
import { MARKUP } from './markup';
import { MOVES } from './moves';
import { knowsProject } from './ready';
import { REFACTORINGS } from './refactorings';
import type { Scene } from './scene';
import type { Setting } from './settings';
import { SUGGESTIONS } from './suggestions';
import { TOOLS } from './tools';
import { TRANSFORMS } from './transforms';
import { scriptedModel, startEditor, until, type Editor } from '../host';
import { KINDS_OF_EDIT, Stage, type KindId, type KindOfEdit } from '../kinds';
import { playRow } from '../kinds/row';
import { IS_NOTING, SceneRecorder } from '../recorded/record';
import { ScriptedModel } from '../../support/model/server';
import { CHAT_COMPLETIONS } from '../../support/model/chat-completions';

const SCENES: readonly Scene[] = [...SUGGESTIONS, ...MARKUP, ...TOOLS, ...REFACTORINGS, ...TRANSFORMS, ...MOVES];

/** A record is written a moment after the save. */
async function settledCount(editor: Editor, paths: readonly string[]): Promise<Count> {
  let last = await countOf(editor.workspace, paths);
  for (let tries = 0; tries < 10 && (total(last) === 0 || last.unknown > 0); tries++) {
    await sleep(200);
    last = await countOf(editor.workspace, paths);
  }
  return last;
}

/** The lines that are not known to be a person's. */
async function notTheirs(editor: Editor, paths: readonly string[]): Promise<string> {
  const all = await Promise.all(paths.map((file) => authorsOf(editor.workspace, file)));
  return all
    .flat()
    .filter((line) => /^-?[A?]/.test(line))
    .map((line) => `        ${line}`)
    .join('\n');
}

/** Describes the day in a setting. Each setting is a test file, so that days are played side by side. */
export function playDay({ name, title, options, prepare, assistants = [] }: Setting): void {
  describe(`a person's day ${title}, in the stock editor`, function () {
    this.timeout(90_000);
    let editor: Editor;
    let model: ScriptedModel;
    const counts = new Map<string, Count>();
    const tried = new Set<string>();

    before('start the editor', async function () {
      this.timeout(20 * 60_000);
      model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
      editor = await startEditor({
        ...options,
        extensions: [await packedProduct()],
        settings: { ...options.settings, 'editor.wordBasedSuggestions': 'currentDocument' },
        models: [scriptedModel(`${model.url}/v1`)],
        tapped: IS_NOTING,
      });
    });
    before('make the files one project', () => {
      editor.workspace.write(
        'tsconfig.json',
        JSON.stringify({
          compilerOptions: {
            lib: ['es2022'],
            types: [],
            module: 'esnext',
            strict: true,
            jsx: 'preserve',
            allowJs: true,
          },
          include: ['**/*'],
        }),
      );
      editor.workspace.commit('Make it a project');
    });
    before('begin the day', async function () {
      this.timeout(6 * 60_000);
      await prepare?.(new Stage(editor, model, 'stock', 'before.ts'));
      for (let tries = 0; !(await knowsProject(new Stage(editor, model, 'stock', 'known.ts'))); tries++) {
        if (tries === 2) throw new Error('TypeScript does not know its project');
        await editor.reload();
      }
    });
    after('end the editor', async () => {
      await editor.close();
      await model.stop();
      const { human, unknown, ai } = sumOf([...counts.values()]);
      console.log(
        `      ${String(counts.size)} kinds: ${String(human)} human, ${String(unknown)} unknown, ${String(ai)} AI`,
      );
    });
    afterEach(async function () {
      const test = this.currentTest;
      if (test === undefined || test.state === 'passed') return; // one that is tried once more has no state
      console.error(await editor.glance());
      await editor.screenshot(`failed day ${test.title}`.replace(/[^\w-]+/g, '-').slice(0, 100));
    });

    for (const scene of SCENES) {
      it(scene.title, async () => {
        if (tried.has(scene.title)) await editor.reload(); // a language's service that went wrong stays wrong
        tried.add(scene.title);
        await editor.workbench.tidy();
        await editor.settings(scene.settings ?? {});
        const [first = ''] = Object.keys(scene.files);
        const stage = new Stage(editor, model, 'stock', first);
        for (const file of scene.creates ?? []) editor.workspace.remove(file); // another try begins where the first one did
        for (const [file, content] of Object.entries(scene.files)) editor.workspace.write(file, content);
        editor.workspace.git('add', '--all');
        editor.workspace.git('commit', '--quiet', '--allow-empty', '--message', scene.title);
        const recorder = await SceneRecorder.begin(editor, { window: name, build: 'stock', title: scene.title });
        await stage.show();
        await stage.caret(1, 1);
        await scene.perform(stage);
        await stage.save();
        const files = [...Object.keys(scene.files), ...(scene.creates ?? [])];
        const count = await settledCount(editor, files);
        counts.set(scene.title, count);
        if (count.unknown + count.ai > 0) console.log(await notTheirs(editor, files));
        assert.ok(total(count) > 0, 'nothing changed');
        await recorder?.end(files);
      });
    }

    // Where an assistant might have been, the table says something else: see authors.full.test.ts.
    for (const [id, kind] of Object.entries(KINDS_OF_EDIT) as [KindId, KindOfEdit][]) {
      if (kind.beside === undefined || title !== 'alone') continue;
      it(`${kind.title}: ${kind.stable.author}`, async () => {
        const place = { window: name, build: 'stock', title: `${kind.title}: ${kind.stable.author}` } as const;
        await playRow({ editor, model }, 'stock', id, kind.stable, { name: id, place });
      });
    }

    if (title === 'alone')
      it('text that was not saved when the window was loaded again: person', async () => {
        const stage = new Stage(editor, model, 'stock', 'reloaded.ts');
        await editor.workbench.tidy();
        await stage.begin('const first = 1;\n');
        await stage.caret(2, 1);
        await editor.type('const typed = 2;');
        await stage.waitText(/typed = 2;$/);
        await sleep(2_000); // it is kept a moment after the last key, as the editor keeps the text
        await editor.reload();
        await stage.show();
        await stage.waitText(/typed = 2;$/);
        await stage.save();
        await expectAuthors(editor.workspace, stage.file, ['. const first = 1;', 'H const typed = 2;']);
      });

    for (const { title: what, files, perform, by } of assistants)
      it(`${what}: nobody's or AI's`, async () => {
        await editor.workbench.tidy();
        const [file = '', content = ''] = Object.entries(files)[0] ?? [];
        const stage = new Stage(editor, model, 'stock', file);
        await stage.begin(content);
        await perform(stage);
        await stage.save();
        let lines: readonly string[] = [];
        await until(async () => (lines = await authorsOf(editor.workspace, file)).some((line) => by.test(line)), {
          what: 'the record',
        });
        for (const line of lines) if (by.test(line)) assert.doesNotMatch(line, /^-?H/, lines.join('\n'));
      });

    it('their lines are theirs', () => {
      const all = sumOf([...counts.values()]);
      assert.equal(all.ai, 0);
      assert.ok(all.human >= 0.99 * total(all), JSON.stringify(all));
    });
  });
}
