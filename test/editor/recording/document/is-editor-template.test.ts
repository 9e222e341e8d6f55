import assert from 'node:assert/strict';
import { isEditorTemplate } from '../../../../src/editor/recording/document/is-editor-template';
import { readWindow } from '../../../support/editor-replay/fixture';

const TASKS = '{\n\t"version": "2.0.0",\n\t"tasks": []\n}';

describe('a file that the editor makes from a template of its own', () => {
  it('template: is known when its whole text is there, below the folder for settings', () => {
    assert.equal(isEditorTemplate('.vscode/tasks.json', TASKS), true);
    assert.equal(isEditorTemplate('packages/one/.vscode/extensions.json', '{}'), true);
    assert.equal(isEditorTemplate('tasks.json', TASKS), false);
    assert.equal(isEditorTemplate('.vscode/tasks.json', TASKS.replace('[]', '[{ "label": "build" }]')), false);
    assert.equal(isEditorTemplate('.vscode/our.code-snippets', '{\n\t// Place your own\n\t"one": {}\n}'), false);
  });

  it('template: is known as the real editor writes it', () => {
    const opened = [...(readWindow('unplayed-copilot-idle')?.scenes.values() ?? [])]
      .flatMap(({ files, reports }) => reports.map((report) => ({ files, report })))
      .flatMap(({ files, report }) =>
        report.kind === 'open' && /\.vscode\/(?:ext|ours|launch)/.test(report.uri) && !(report.uri.slice(6) in files)
          ? [report]
          : [],
      );
    assert.ok(opened.length >= 3, String(opened.length));
    for (const { uri, text } of opened) assert.equal(isEditorTemplate(uri, text), true, text);
  });
});
