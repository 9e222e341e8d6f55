import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../editor/host';
import { FROM_SOURCE_CONTROL, FROM_TERMINAL } from '../commits';
import { ADA } from '../sample';
import type { Stage } from '../stage';
import type { Step } from '../step';

/** One dialog shows every step, and does nothing before a row is picked. */
const DIALOG = 'Request Review';

export const review: Step = {
  title: "June requests a senior's review from the command palette",
  async play(stage) {
    const { editor, sample } = stage;
    await editor.command('Linekeeper: Request Review');
    const dialog = await editor.quick.wait(DIALOG);
    await sleep(1000);
    assert.deepEqual(pushed(stage), [], 'nothing is pushed before she says so');
    assert.match(dialog.items[0]?.description ?? '', /push/, `the steps are ${JSON.stringify(dialog.items[0])}`);
    await stage.shot('nothing-is-pushed-without-asking');
    await editor.quick.pick('Do all of this');
    const address = await editor.browserUrl(/github\.com/, 60_000);
    const there = pushed(stage).filter((ref) => !ref.endsWith(' refs/notes/ai'));
    assert.deepEqual(
      there,
      [`${editor.workspace.head()} refs/heads/${sample.branch}`],
      'now the branch is there, and besides it at most the notes',
    );

    const url = new URL(address);
    assert.equal(
      `${url.origin}${decodeURIComponent(url.pathname)}`,
      `https://github.com/acme/costs/compare/main...${sample.branch}`,
    );
    const title = url.searchParams.get('title');
    const body = await editor.inside.run((vscode) => vscode.env.clipboard.readText());
    assert.ok(address.length < 300, 'the address can be read in a dialog');
    assert.equal(url.searchParams.get('quick_pull'), '1');
    assert.ok(title, 'the page has a title');
    for (const path of [...FROM_SOURCE_CONTROL.paths, ...FROM_TERMINAL.paths])
      assert.ok(body.includes(path), `the text names ${path}`);
    for (const word of [
      /critical/,
      /standard/,
      /senior/i,
      /claude-code/i,
      /copilot/i,
      new RegExp(`@?${ADA.email.split('@')[0] ?? ''}\\b`),
    ])
      assert.match(body, word);
    stage.ending.address = address;
    await until(async () => (await editor.notices.dialog()) === undefined, { what: 'the dialogs to be closed' });
    await editor.notices.press(/git fetch/, 'No').catch(() => undefined); // the editor's own question after a first push
    await stage.shot('the-review-is-requested');
    return [`title  ${title}`, ...body.split('\n').map((line) => (line === '' ? '' : `  ${line}`))];
  },
};

/** What the forge has besides `main`. */
function pushed({ sample }: Stage): string[] {
  const refs = execFileSync('git', ['for-each-ref', '--format=%(objectname) %(refname)'], {
    cwd: sample.forge,
    encoding: 'utf8',
  });
  return refs.split('\n').filter((ref) => ref !== '' && !ref.endsWith('refs/heads/main'));
}
