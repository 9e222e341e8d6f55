import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asAda, DATABASE, indented, LEARNT } from '../after-merge';
import type { Step } from '../step';

export const learnt: Step = {
  title: 'Ada protects the database again, writes down what was learnt, and merges both',
  async play(stage) {
    const { editor, linekeeper, later } = stage;
    assert.ok(later.incident && later.good);
    const { id, file } = later.incident;
    const { git, root } = asAda(stage);
    let text = editor.workspace.read(file);
    for (const [old, now] of LEARNT) {
      assert.ok(text.includes(old), `${old} in\n${text}`);
      text = text.replace(old, now);
    }
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    git('checkout', '--quiet', later.good, '--', DATABASE);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Protect the database again, keep what the outage taught');
    git('push', '--quiet', 'origin', 'main');
    editor.workspace.remove(file);
    editor.workspace.git('fetch', '--quiet', 'origin');
    editor.workspace.git('switch', '--quiet', '--create', 'archive', '--no-track', 'origin/main');
    const { code, out, err } = await linekeeper.run('incident', 'show', id);
    assert.equal(code, 0, err);
    assert.match(out, /delete-and-recreate/);
    assert.match(out, /destructive\/tf-protection-off/);
    const by = await linekeeper.run('incident', 'list', '--by', 'assistant');
    assert.equal(by.code, 0, by.err);
    return [
      ...(text.slice(text.indexOf('lessons:')).split('\n#')[0]?.trimEnd().split('\n') ?? []),
      '',
      ...indented(by.out),
    ];
  },
};
