import assert from 'node:assert/strict';
import path from 'node:path';
import { removeFolder } from '../../support/folders';
import { openWindow, type EditorWindow, type WindowOptions } from '../../support/editor-window';

const VIEW = 'linekeeper.changes';
const LOOKING = 'Looking for AI changes…';
const MANY = 300;

/** What the view says above its rows. */
const shownIn = ({ state }: EditorWindow): string | undefined => state.trees.get(VIEW)?.view.message;

describe('progress in the AI Changes view', function () {
  this.timeout(240_000);
  let window: EditorWindow | undefined;
  afterEach(() => {
    window?.close();
    if (window) removeFolder(path.dirname(window.workspace.root));
  });

  /** A window, just after it was opened: nobody has waited for anything, so no git call has ended. */
  async function opened(options: WindowOptions): Promise<EditorWindow> {
    window = await openWindow((workspace) => {
      for (let i = 0; i < MANY; i++) workspace.write(`src/file-${String(i)}.txt`, 'one\n');
      workspace.commit('Begin');
      for (let i = 0; i < MANY; i++) workspace.write(`src/file-${String(i)}.txt`, 'one\ntwo\n');
    }, options);
    return window;
  }

  it('300 changed files: are said to be looked at before git has answered when the window opens', async () => {
    assert.equal(shownIn(await opened({})), LOOKING);
  });

  it('300 changed files: are said to be looked at before git has answered when their folder is opened later', async () => {
    const later = await opened({ folders: () => [] });
    assert.equal(shownIn(later), undefined);
    later.state.folders = [later.workspace.root];
    later.state.on.changeFolders.fire({ added: [], removed: [] });
    assert.equal(shownIn(later), LOOKING);
  });
});
