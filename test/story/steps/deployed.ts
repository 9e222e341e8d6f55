import assert from 'node:assert/strict';
import { asAda, indented } from '../after-merge';
import { FROM_TERMINAL } from '../commits';
import type { Step } from '../step';

export const deployed: Step = {
  title: 'Ada merges it, it goes to canary, and "linekeeper deploy check" holds it back from production',
  async play(stage) {
    const { editor, linekeeper, sample, later } = stage;
    const { git } = asAda(stage);
    const good = git('rev-parse', 'HEAD');
    git('fetch', '--quiet', 'origin');
    const title = `Merge pull request #41 from acme/${sample.branch}`;
    git('merge', '--quiet', '--no-ff', '--message', title, `origin/${sample.branch}`);
    git('push', '--quiet', 'origin', 'main');
    const merge = git('rev-parse', 'HEAD');
    editor.workspace.git('fetch', '--quiet', 'origin');
    assert.equal(editor.workspace.git('rev-parse', 'origin/main').trim(), merge, 'the merge is on the forge');
    Object.assign(later, { good, merge });

    const record = async (stageName: string, ref: string, ...more: string[]): Promise<void> => {
      const { code, err } = await linekeeper.run('deploy', 'record', '--stage', stageName, '--ref', ref, ...more);
      assert.equal(code, 0, err);
    };
    const words = ['deploy', 'check', '--base', 'origin/main', '--stage', 'production', '--ref', merge];
    await record('canary', good, '--at', '2026-10-06T09:00:00Z');
    await record('production', good, '--at', '2026-10-07T10:00:00Z');
    const early = await linekeeper.run(...words);
    assert.equal(early.code, 1, early.err || early.out);
    assert.match(early.out, /has not been in canary/);
    await record('canary', merge);
    const soaking = await linekeeper.run(...words);
    assert.equal(soaking.code, 1, soaking.err || soaking.out);
    assert.match(soaking.out, /24 ?h|until \d{4}-/);
    assert.ok(soaking.out.includes(FROM_TERMINAL.subject), 'it names the commit that holds it back');
    await record('production', merge);
    return [
      'before canary, exit code 1:',
      ...indented(early.out),
      '',
      'right after canary, exit code 1:',
      ...indented(soaking.out),
      '',
      'Somebody is in a hurry and puts it into production by hand. That is recorded too.',
    ];
  },
};
