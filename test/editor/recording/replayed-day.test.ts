/**
 * A person's day and the rows of docs/dev/edits.md, as the real editor once reported them, told again to the product's
 * listeners: the record must have the authors that the real play found. test/editor makes the recordings, see its
 * README.
 */
import assert from 'node:assert/strict';
import {
  readWindow,
  type RecordedEditor,
  type RecordedWindow,
  type Recording,
} from '../../support/editor-replay/fixture';
import { replay } from '../../support/editor-replay/replay';
import { StandIn } from '../../support/editor-replay/stand-in';
import { VERSIONS } from '../host/versions';
import { itInFull, onlyInFull } from '../../support/full';

const WINDOWS: Readonly<Record<string, string>> = {
  'day-alone': 'a day alone',
  'day-copilot-idle': 'a day beside Copilot',
  'unplayed-copilot-idle': 'kinds that nobody had played, beside Copilot',
  'kinds-stock': 'the table of authors',
  'kinds-all': 'the table of authors where reasons are given',
};

const COPILOT = 'GitHub.copilot-chat';

async function expectAuthors(editor: RecordedEditor, recording: Recording): Promise<void> {
  assert.deepEqual(await replay(editor, recording), recording.authors);
}

for (const [name, title] of Object.entries(WINDOWS))
  describe(`${title}, replayed`, () => {
    const recorded = readWindow(name);
    if (!recorded) return;
    // One scene in two: the next one mostly tries the same kind of edit in another way.
    for (const [index, [scene, recording]] of [...recorded.scenes].entries()) {
      const test = index % 2 === 0 ? it : itInFull;
      test(`${scene}: has the authors of the real play when its reports are told again`, () =>
        expectAuthors(recorded.editor, recording));
    }
  });

/** What is not known to be a person's. */
const NOT_THEIRS = /^-?[A?]/;

describe('a day beside Copilot, replayed without it', function () {
  onlyInFull(this);
  const recorded = readWindow('day-copilot-idle');
  if (!recorded) return;
  const without = (recording: Recording): Recording => ({
    ...recording,
    extensions: recording.extensions.filter((id) => id !== COPILOT),
    reports: recording.reports.filter(({ kind }) => kind !== 'extensions'),
  });
  for (const [scene, recording] of recorded.scenes)
    it(`${scene}: is the person's when no assistant is there`, async () => {
      const authors = await replay(recorded.editor, without(recording));
      assert.deepEqual(
        Object.values(authors)
          .flat()
          .filter((line) => NOT_THEIRS.test(line)),
        [],
      );
    });
});

describe('the recordings of what the editor reports', () => {
  for (const [name, title] of Object.entries(WINDOWS))
    it(`${title}: is recorded in the VS Code that the tests install, because nobody plays what is replayed`, () => {
      // code-server 4.N.M carries VS Code 1.N.M. Take them anew for another one: test/editor/README.md.
      assert.equal(readWindow(name)?.editor.version, VERSIONS.codeServer.replace(/^4/, '1'));
    });

  it("a person's day beside Copilot: has 99 of 100 lines by the person, and none by AI, when all scenes are counted", () => {
    const lines = [...(readWindow('day-copilot-idle')?.scenes.values() ?? [])]
      .flatMap(({ authors }) => Object.values(authors).flat())
      .filter((line) => /^-?[AH?]/.test(line));
    const by = (author: RegExp): number => lines.filter((line) => author.test(line)).length;
    assert.ok(lines.length > 200, String(lines.length));
    assert.equal(by(/^-?A/), 0);
    assert.ok(by(/^-?H/) >= 0.99 * lines.length, lines.filter((line) => NOT_THEIRS.test(line)).join('\n'));
  });
});

describe('kinds that nobody had played, beside Copilot', () => {
  const scenes = [...(readWindow('unplayed-copilot-idle')?.scenes.values() ?? [])];
  const linesOf = ({ authors }: Recording): readonly string[] =>
    Object.values(authors)
      .flat()
      .filter((line) => /^-?[AH?]/.test(line));

  it("kinds: are a person's in every line but for four of more than 110, of which nothing tells an acceptance", () => {
    const inDoubt = scenes.filter((scene) => linesOf(scene).some((line) => NOT_THEIRS.test(line)));
    assert.ok(scenes.length > 110, String(scenes.length));
    assert.ok(inDoubt.length <= 4, inDoubt.map(({ title }) => title).join('\n'));
  });

  it("a line of theirs: is never AI's, whatever they did while ghost text was on the screen", () => {
    assert.deepEqual(
      scenes.flatMap(linesOf).filter((line) => /^-?A/.test(line)),
      [],
    );
  });
});

describe('a replay', () => {
  const SCENE = 'TypeScript: a method with Tab';
  const FILE = 'suggest/tab.ts';
  let recorded: RecordedWindow;
  let scene: Recording;
  before(() => {
    const found = readWindow('day-alone');
    const taken = found?.scenes.get(SCENE);
    assert.ok(found && taken, `no recording of ${SCENE}`);
    [recorded, scene] = [found, taken];
  });

  /** The scene with Copilot's extension, which is idle, beside it. */
  const besideCopilot = async (change: Partial<Recording> = {}): Promise<readonly string[] | undefined> => {
    const extensions = { ...recorded.editor.extensions, [COPILOT]: { publisher: 'GitHub' } };
    const authors = await replay(
      { ...recorded.editor, extensions },
      { ...scene, extensions: [...scene.extensions, COPILOT], ...change },
    );
    return authors[FILE];
  };

  it('wrong expectation: fails when the recording names another author', async () => {
    const authors = { [FILE]: (scene.authors[FILE] ?? []).map((line) => line.replace(/^H/, 'A')) };
    await assert.rejects(expectAuthors(recorded.editor, { ...scene, authors }), assert.AssertionError);
  });

  it("name from the list: is the person's beside Copilot when our key was reported", async () => {
    assert.deepEqual(await besideCopilot(), scene.authors[FILE]);
  });

  it('name from the list: is unknown beside Copilot when no key was reported', async () => {
    const reports = scene.reports.filter(({ kind }) => kind !== 'called');
    const lines = await besideCopilot({ reports });
    assert.equal(lines?.[1], '? const upper = name.toUpperCase();');
  });

  it('strange call of the API: is an error when the stand-in does not have it', () => {
    assert.throws(() => {
      const api = new StandIn(recorded.editor, scene).api() as { readonly window: { readonly terminals: unknown } };
      return api.window.terminals;
    }, /vscode\.window\.terminals is not in the stand-in/);
  });
});
