/** Plays one row of the table and checks that the record, and the hover, say what the table says. */
import assert from 'node:assert/strict';
import { evidenceOf, plain } from '../../../src/editor/author-count-and-time-texts';
import { statusOf } from '../../../src/provenance/commits';
import { Repository } from '../../../src/git';
import { expectAuthors } from '../authors';
import { until, type Editor } from '../host';
import { SceneRecorder, type RecordingPlace } from '../recorded/record';
import type { SharedEditor, Build } from '../use-editor';
import { FIRST_LINE, PLAYS } from '.';
import { Stage } from './stage';
import type { Answer, KindId } from './table';

const LETTER: Readonly<Record<Answer['author'], string>> = { person: 'H', AI: 'A', unknown: '?', kept: '@' };

/** The evidence that the record has for the lines of one author. */
async function evidenceIn(editor: Editor, file: string, author: 'ai' | 'human'): Promise<(string | null)[]> {
  const repository = Repository.find(editor.workspace.root);
  assert.ok(repository);
  const { files } = await statusOf(repository, Date.now);
  const change = files.find(({ path }) => path === file);
  return [...(change?.ranges ?? []), ...(change?.removed ?? [])]
    .filter((range) => range.author === author)
    .map(({ evidence }) => evidence);
}

/** What the hovers of the file in front say of a line. */
export async function hoverOn(editor: Editor, line: number): Promise<string> {
  return editor.inside.run(async (vscode, at) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const hovers = await vscode.commands.executeCommand<{ contents: { value?: string }[] }[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(at - 1, 0),
    );
    return hovers.flatMap(({ contents }) => contents.map(({ value }) => value ?? '')).join('\n');
  }, line);
}

/**
 * Hooks tell of the chat agent, a file on disk of inline chat and of the chat's code, and events of their own of notebooks: no recording of
 * the editor's reports has them.
 */
const isTellingElsewhere = (id: KindId, build: Build): boolean =>
  id === 'chat' || id === 'insertAtCursor' || id === 'notebook' || (id === 'inlineChat' && build === 'stock');

/** `name`: of the file, without its ending. `place`: where what the editor reports of it is recorded. */
export async function playRow(
  { editor, model }: SharedEditor,
  build: Build,
  id: KindId,
  answer: Answer,
  { name, place }: { readonly name: string; readonly place: RecordingPlace },
): Promise<void> {
  const { content = FIRST_LINE, type = 'txt', perform, lines, settings = {} } = PLAYS[id];
  const stage = new Stage(editor, model, build, `${name}.${type}`);
  await editor.workbench.tidy();
  await editor.settings(settings);
  const recorder = await SceneRecorder.begin(editor, place);
  await stage.begin(content);
  await perform(stage);
  await stage.save();
  const expected = lines.map((line) => line.replace(/^(-?)@/, `$1${LETTER[answer.author]}`));
  await expectAuthors(editor.workspace, stage.file, expected);
  if (!stage.hasHeardHooks && !isTellingElsewhere(id, build)) await recorder?.end([stage.file]);
  if (answer.evidence)
    assert.ok(
      (await evidenceIn(editor, stage.file, answer.author === 'AI' ? 'ai' : 'human')).includes(answer.evidence),
    );
  const unknown = lines.findIndex((line) => line.startsWith('@')) + 1;
  if (answer.author !== 'unknown' || unknown === 0) return;
  const why = plain(evidenceOf((text) => text, { author: 'unknown', evidence: null, reason: answer.reason ?? null }));
  const hover = await until(
    async () => (await hoverOn(editor, unknown)).includes(why) && (await hoverOn(editor, unknown)),
    { what: `the hover to say "${why}"` },
  );
  assert.match(hover, /\(command:linekeeper\.declareAuthor\?/);
}
