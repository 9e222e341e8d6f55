/**
 * The editors that all suites of a run share: one for each build, started when a suite first needs it, ended after the
 * last test.
 */
import { writeFileSync } from 'node:fs';
import { Repository, uninstallGitHooks } from '../../src/git';
import { ADA, AGENT_SETTINGS, scriptedModel, startEditor, until, type Editor } from './host';
import { CHAT_COMPLETIONS } from '../support/model/chat-completions';
import { ScriptedModel } from '../support/model/server';
import { packedProduct } from '../support/product';
import { IS_NOTING } from './recorded/record';

/** `stock`: as users have it, no proposed API for Linekeeper. `all`: every declared proposal is granted. */
export type Build = 'stock' | 'all';

export const BUILDS: readonly Build[] = ['stock', 'all'];

export const IS_EVERY_BUILD = Boolean(process.env['LINEKEEPER_EVERY_BUILD']);

/**
 * The one that users have. What the other reports is recorded and told again (`test/editor/recording/replayed-day.test.ts`):
 * it is played to be recorded, or when `LINEKEEPER_EVERY_BUILD` is set.
 */
export const PLAYED_BUILDS: readonly Build[] = IS_EVERY_BUILD || IS_NOTING ? BUILDS : ['stock'];

export interface SharedEditor {
  readonly editor: Editor;
  /** Answers the built-in chat agent. */
  readonly model: ScriptedModel;
}

/** The first start on a machine installs the editor. */
const FIRST_START = 20 * 60_000;

const started = new Map<Build, Promise<SharedEditor>>();

/** How many `describe`s have yet to end that use the editor of a build: one that nobody uses still takes processor time. */
const uses = new Map<Build, number>();

/** The repository of the suites that open nothing of their own: its folder and its first commit. */
let plain: { readonly root: string; readonly head: string } | undefined;

/** Opens it, or makes it again what it was at first where the window still has it. */
async function openPlain(editor: Editor): Promise<void> {
  if (plain?.root === editor.workspace.root) return resetWorkspace(editor, plain.head);
  const workspace = await editor.openRepository();
  plain = { root: workspace.root, head: workspace.head() };
}

/** Makes the repository in the window what it was at a commit on `main`, without remotes and hooks. */
export async function resetWorkspace(editor: Editor, head: string): Promise<void> {
  const { workspace } = editor;
  await editor.workbench.tidy();
  await until(() => workspace.git('switch', '--quiet', '--discard-changes', '--force-create', 'main', head) === '', {
    what: 'the index to be free',
  });
  workspace.git('clean', '--quiet', '-d', '--force');
  // Else the policy that counts is the forge's.
  if (workspace.git('remote') !== '') workspace.git('remote', 'remove', 'origin');
  // What ends them takes away what the extension wrote when it began.
  const repository = workspace.has('.git/hooks/prepare-commit-msg') ? Repository.find(workspace.root) : undefined;
  if (repository) await uninstallGitHooks(repository);
  await editor.notices.clear();
}

async function start(build: Build, open: (editor: Editor) => Promise<unknown>): Promise<SharedEditor> {
  const model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
  try {
    const editor = await startEditor({
      proposedApi: build === 'all' ? build : ['linekeeper-test.completions'], // next-edit suggestions, which no stable API can offer
      completions: true,
      tapped: IS_NOTING,
      extensions: [await packedProduct()],
      settings: AGENT_SETTINGS,
      models: [scriptedModel(`${model.url}/v1`)],
      open,
    });
    return { editor, model };
  } catch (error) {
    await model.stop();
    throw error;
  }
}

/**
 * Called inside a `describe`: gives its tests the shared editor of a build. Before the first of them `open` opens what
 * they begin with, once (a window that is loaded is what takes longest): by default a repository with one commit, which
 * suites share. A test that fails says what the window shows, and leaves a screenshot, and what Linekeeper logged.
 */
export function useEditor(build: Build, open: (editor: Editor) => Promise<unknown> = openPlain): () => SharedEditor {
  let current: SharedEditor | undefined;
  uses.set(build, (uses.get(build) ?? 0) + 1);
  before(`start the editor (${build})`, async function () {
    this.timeout(FIRST_START);
    const isFresh = !started.has(build);
    const running = started.get(build) ?? start(build, open);
    started.set(build, running);
    current = await running;
    const { editor, model } = current;
    if (isFresh) return;
    await editor.settings({});
    editor.identity(ADA);
    editor.external.clear();
    model.play([]);
    await open(editor);
  });
  after(`end the editor (${build}) after its last tests`, async function () {
    this.timeout(60_000);
    const left = (uses.get(build) ?? 0) - 1;
    uses.set(build, left);
    if (left === 0) await end(build);
  });
  afterEach(async function () {
    const test = this.currentTest;
    // One that is tried once more has no state.
    if (test === undefined || test.state === 'passed' || test.isPending() || current === undefined) return;
    const { editor } = current;
    console.error(await editor.glance());
    const picture = await editor.screenshot(`failed ${test.fullTitle()}`.replace(/[^\w-]+/g, '-').slice(0, 120));
    writeFileSync(picture.replace(/png$/, 'log'), Object.values(editor.logs(/Linekeeper/)).join('\n'));
    // What a failed test was asked would keep the keys of the next ones from the window.
    if (await editor.notices.dialog()) await editor.press('Escape');
  });
  return () => {
    if (current === undefined) throw new Error('the editor is there only while a test runs');
    return current;
  };
}

async function end(build: Build): Promise<void> {
  const shared = await started.get(build)?.catch(() => undefined);
  started.delete(build);
  await shared?.editor.close();
  await shared?.model.stop();
}

// With `--grep`, or `bail`, some of them do not come to their end.
after('end the shared editors', async function () {
  this.timeout(60_000);
  for (const build of started.keys()) await end(build);
});
