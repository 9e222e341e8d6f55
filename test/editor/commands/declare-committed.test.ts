/** Lines of unknown author in a commit: a person says in the editor that they are theirs. */
import assert from 'node:assert/strict';
import { labelsOf } from '../../support/editor-people';
import { useWindow } from '../../support/editor-window';

const TITLE = 'Declare This Commit’s Unknown Lines as Mine…';
const ASKED = /^Did you write the lines of unknown author/;

describe('unknown lines of a commit', () => {
  const window = useWindow((workspace) => {
    workspace.write('main.txt', 'one\n');
    workspace.commit('Begin');
  });

  it('the dialog: declares nothing when it is closed, and the lines as theirs when its button is pressed', async () => {
    const { people, text } = window();
    const asked = async (answer: string | undefined): Promise<readonly string[]> => {
      await text.open('main.txt');
      const shown = window().run('linekeeper.showProvenance');
      const question = await people.question(/^Line 1$/);
      const labels = labelsOf(question);
      if (!labels.includes(TITLE)) await people.dismiss(/^Line 1$/);
      else {
        await people.pick(/^Line 1$/, TITLE);
        (await people.dialog(ASKED)).answer(answer);
      }
      await shown;
      return labels;
    };
    assert.ok((await asked(undefined)).includes('Unknown'));
    assert.ok((await asked('I Wrote Them')).includes('Unknown'));
    await people.notice('1 line declared as yours.');
    assert.ok((await asked(undefined)).includes('Human'));
  });
});
