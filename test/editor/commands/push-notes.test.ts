import assert from 'node:assert/strict';
import { until, useWindow } from '../../support/editor-window';
import { Repository } from '../../../src/git';
import { pushNotesToo } from '../../../src/editor/commands/push-notes';

const SAID = /^The branch was pushed, but not its notes: .*unreachable\)/;

describe('notes that go along with a branch', () => {
  const window = useWindow((workspace) => {
    workspace.write('main.txt', 'one\n');
    workspace.commit('Begin');
    workspace.git('notes', '--ref=ai', 'add', '-m', 'x');
    workspace.git('remote', 'add', 'origin', workspace.root);
  });

  it('a push that failed: is tried again by the button of its notification', async () => {
    const { people, workspace } = window();
    const repository = Repository.find(workspace.root) ?? assert.fail('no repository');
    let pushes = 0;
    const git = {
      fetch: () => Promise.resolve(),
      push: () => (++pushes === 1 ? Promise.reject(new Error('The remote is unreachable')) : Promise.resolve()),
    };
    await pushNotesToo({ repository }, 'origin', git, (text, ...values) =>
      text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)])),
    );
    const notice = await people.notice(SAID);
    assert.equal(pushes, 1);
    notice.answer('Try Again');
    await until(() => pushes === 2);
  });
});
