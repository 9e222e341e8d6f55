/** A person's day: scenes in one window, and whose lines the record says they are. */
import assert from 'node:assert/strict';
import { packedProduct } from '../../support/product';
import { readWindow, type Recording } from '../../support/editor-replay/fixture';
import { authorsOf } from '../authors';
import { playDeed } from './deed';
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
import { isLeftToReplay } from '../recorded/left-to-replay';
import { IS_NOTING, SceneRecorder } from '../recorded/record';
import { ScriptedModel } from '../../support/model/server';
import { CHAT_COMPLETIONS } from '../../support/model/chat-completions';

const DAY: readonly Scene[] = [...SUGGESTIONS, ...MARKUP, ...TOOLS, ...REFACTORINGS, ...TRANSFORMS, ...MOVES];

/** A line that is not known to be a person's, as `authorsOf` writes it, and one that was changed at all. */
const NOT_THEIRS = /^-?[A?]/;
const CHANGED = /^-?[AH?]/;

/**
 * Waits for the record, which is written a moment after the save, and expects each changed line to be the person's, but
 * for those that were not when the scene was recorded.
 */
async function expectTheirs(editor: Editor, paths: readonly string[], recording?: Recording): Promise<void> {
  const excepted = Object.values(recording?.authors ?? {}).flat();
  let lines: readonly string[] = [];
  const others = (): readonly string[] => lines.filter((line) => NOT_THEIRS.test(line) && !excepted.includes(line));
  await until(
    async () => {
      lines = (await Promise.all(paths.map((file) => authorsOf(editor.workspace, file)))).flat();
      return lines.some((line) => CHANGED.test(line)) && others().length === 0;
    },
    { every: 200, timeout: 5_000, what: 'the record' },
  ).catch(() => undefined);
  assert.ok(
    lines.some((line) => CHANGED.test(line)),
    'nothing changed',
  );
  assert.deepEqual(others(), []);
}

/** Describes the day in a setting. Each setting is a test file, so that days are played side by side. */
export function playDay({ name, title, scenes = DAY, scenesOf, options, prepare, assistants = [] }: Setting): void {
  describe(`a person's day ${title}, in the stock editor`, function () {
    this.timeout(90_000);
    let editor: Editor;
    let model: ScriptedModel;
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
    });
    afterEach(async function () {
      const test = this.currentTest;
      if (test === undefined || test.state === 'passed') return; // one that is tried once more has no state
      console.error(await editor.glance());
      await editor.screenshot(`failed day ${test.title}`.replace(/[^\w-]+/g, '-').slice(0, 100));
    });

    for (const scene of scenes) {
      const isOfThisDay = scenesOf === undefined && scene.isPlayedEachTime === true;
      if (!isOfThisDay && isLeftToReplay(scenesOf ?? name, scene.title)) continue;
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
        await recorder?.end(files);
        await expectTheirs(editor, files, readWindow(name)?.scenes.get(scene.title));
      });
    }

    // Where an assistant might have been, the table says something else: see kinds-of-edit.editor.full.test.ts.
    for (const [id, kind] of Object.entries(KINDS_OF_EDIT) as [KindId, KindOfEdit][]) {
      const row = `${kind.title}: ${kind.stable.author}`;
      if (kind.beside === undefined || title !== 'alone' || isLeftToReplay(name, row)) continue;
      it(row, async () => {
        const place = { window: name, build: 'stock', title: row } as const;
        await playRow({ editor, model }, 'stock', id, kind.stable, { name: id, place });
      });
    }

    for (const deed of assistants) it(`${deed.title}: nobody's or AI's`, () => playDeed({ editor, model }, deed));
  });
}
