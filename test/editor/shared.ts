/**
 * The editors that all suites of a run share: one for each build, started when a suite first needs it, ended after the
 * last test.
 */
import { writeFileSync } from 'node:fs';
import { ADA, AGENT_SETTINGS, scriptedModel, startEditor, type Editor } from './host';
import { CHAT_COMPLETIONS } from '../support/model/chat-completions';
import { ScriptedModel } from '../support/model/server';
import { packedProduct } from '../support/product';

/** `stock`: as users have it, no proposed API for Linekeeper. `all`: every declared proposal is granted. */
export type Build = 'stock' | 'all';

export const BUILDS: readonly Build[] = ['stock', 'all'];

/** What has the same answer in each build is played in the stock one only, unless `LINEKEEPER_EVERY_BUILD` is set. */
export const BUILDS_OF_SAME_ANSWERS: readonly Build[] = process.env['LINEKEEPER_EVERY_BUILD'] ? BUILDS : ['stock'];

export interface SharedEditor {
  readonly editor: Editor;
  /** Answers the built-in chat agent. */
  readonly model: ScriptedModel;
}

/** The first start on a machine installs the editor. */
const FIRST_START = 20 * 60_000;

const started = new Map<Build, Promise<SharedEditor>>();

async function start(build: Build): Promise<SharedEditor> {
  const model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
  try {
    const editor = await startEditor({
      proposedApi: build === 'all' ? build : ['linekeeper-test.completions'], // next-edit suggestions, which no stable API can offer
      completions: true,
      extensions: [await packedProduct()],
      settings: AGENT_SETTINGS,
      models: [scriptedModel(`${model.url}/v1`)],
    });
    return { editor, model };
  } catch (error) {
    await model.stop();
    throw error;
  }
}

/**
 * Called inside a `describe`: gives its tests the shared editor of a build, with a new repository open before the first
 * of them. A test that fails says what the window shows, and leaves a screenshot, and what Linekeeper logged.
 */
export function useEditor(build: Build): () => SharedEditor {
  let current: SharedEditor | undefined;
  before(`start the editor (${build})`, async function () {
    this.timeout(FIRST_START);
    const running = started.get(build);
    if (running === undefined) {
      const starting = start(build);
      started.set(build, starting);
      current = await starting;
      return;
    }
    current = await running;
    await current.editor.settings({});
    current.editor.identity(ADA);
    current.editor.external.clear();
    current.model.play([]);
    await current.editor.openFolder();
  });
  afterEach(async function () {
    const test = this.currentTest;
    // One that is tried once more has no state.
    if (test === undefined || test.state === 'passed' || test.isPending() || current === undefined) return;
    const { editor } = current;
    console.error(await editor.glance());
    const picture = await editor.screenshot(`failed ${test.fullTitle()}`.replace(/[^\w-]+/g, '-').slice(0, 120));
    writeFileSync(picture.replace(/png$/, 'log'), Object.values(editor.logs(/Linekeeper/)).join('\n'));
  });
  return () => {
    if (current === undefined) throw new Error('the editor is there only while a test runs');
    return current;
  };
}

after('end the shared editors', async function () {
  this.timeout(60_000);
  for (const running of started.values()) {
    const shared = await running.catch(() => undefined);
    await shared?.editor.close();
    await shared?.model.stop();
  }
});
