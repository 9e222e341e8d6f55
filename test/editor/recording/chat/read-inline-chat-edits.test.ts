import assert from 'node:assert/strict';
import { inlineChatEdits } from '../../../../src/editor/recording/chat/read-inline-chat-edits';

const uri = { $mid: 1, fsPath: '/work/a.ts', path: '/work/a.ts', scheme: 'file' };
const edit = (text: string, line: number, from: number, to: number, epoch = 4, more: object = {}): object => ({
  type: 'textEdit',
  uri,
  requestId: 'r1',
  epoch,
  edits: [{ text, range: { startLineNumber: line, startColumn: from, endLineNumber: line, endColumn: to } }],
  ...more,
});
const state = (
  operations: readonly object[],
  agentId = 'github.copilot.editingSessionEditor',
  more: object = {},
): string =>
  JSON.stringify({
    version: 2,
    timeline: {
      currentEpoch: 9,
      fileBaselines: [['/work/a.ts::r1', { uri, requestId: 'r1', content: 'const rate = 1;\nlet b;\n' }]],
      operations,
      ...more,
    },
    recentSnapshot: {
      entries: [
        { resource: 'file:///work/a.ts', telemetryInfo: { requestId: 'r1', agentId, modelId: 'custom|x|scripted-1' } },
      ],
    },
  });

describe("inlineChatEdits, from VS Code's record of a chat session", () => {
  it('applies the operations one after another, and names request and model', () => {
    const edits = inlineChatEdits(state([edit('let c', 2, 1, 6, 5), edit('7', 1, 14, 15, 4)]));
    assert.deepEqual(edits, [
      {
        file: '/work/a.ts',
        request: 'r1',
        before: 'const rate = 1;\nlet b;\n',
        after: 'const rate = 7;\nlet c;\n',
        model: 'custom|x|scripted-1',
      },
    ]);
  });

  it('leaves out undone requests, edits of other agents, and malformed records', () => {
    assert.deepEqual(inlineChatEdits(state([edit('7', 1, 14, 15, 9)])), []);
    assert.deepEqual(inlineChatEdits(state([edit('7', 1, 14, 15)], 'github.copilot.editsAgent')), []);
    assert.deepEqual(inlineChatEdits(state([edit('7', 40, 1, 2)])), []);
    assert.deepEqual(inlineChatEdits(state([edit('7', 1, 14, 15, 4, { type: 'delete' })])), []);
    assert.deepEqual(inlineChatEdits(state([edit('7', 1, 14, 15, 4, { requestId: 'r2' })])), []);
    for (const odd of [
      '',
      '[]',
      'null',
      '{"timeline":{"fileBaselines":[[1,{"content":3}],7],"operations":{}}}',
      '{"timeline":5,"recentSnapshot":{"entries":[null,{"telemetryInfo":[]}]}}',
    ])
      assert.deepEqual(inlineChatEdits(odd), [], odd);
  });
});
