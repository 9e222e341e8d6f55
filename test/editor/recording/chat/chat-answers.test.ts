import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { useWindow } from '../../../support/editor-window';
import { ChatAnswers } from '../../../../src/editor/recording/chat/chat-answers';

const said = (content: unknown): string => JSON.stringify({ type: 'assistant.message', data: { content } });

describe('answers of the chat', () => {
  const window = useWindow();
  let answers: ChatAnswers;
  before('write a transcript beside our own folder', () => {
    const parent = path.join(path.dirname(window().workspace.root), 'workspace-storage');
    const folder = path.join(parent, 'GitHub.copilot-chat', 'transcripts');
    mkdirSync(folder, { recursive: true });
    const code = 'export function costs() {\n  return rates.length;\n}';
    writeFileSync(
      path.join(folder, 'a-session.jsonl'),
      [
        '{"type":"user.message","data":{"content":"```ts\\nexport const asked = 1;\\n```"}}',
        said(
          `Here it is in the middle of prose:\n\n\`\`\`ts\n${code}\n\`\`\`\n\n- and so:\n  ~~~~\n  export const inList = 1;\n  ~~~~\n`,
        ),
        '{"type":"assistant.message","data":',
        said({ text: 'of another format' }),
        'null "assistant.message"',
      ].join('\n'),
    );
    answers = new ChatAnswers({ scheme: 'file', fsPath: path.join(parent, 'ours') });
  });

  const authorOf = async (text: string): Promise<string | undefined> => (await answers.authorOf(text))?.author;

  it("a code block, and whole lines of one: are the assistant's, with the session, however they are indented", async () => {
    assert.deepEqual(
      await answers.authorOf('    export function costs() {\r\n      return rates.length;\r\n    }\r\n'),
      {
        author: 'ai',
        assistant: 'github-copilot',
        session: 'a-session',
        evidence: 'reported',
      },
    );
    assert.equal(await authorOf('return rates.length;'), 'ai');
    assert.equal(await authorOf('export const inList = 1;'), 'ai');
  });

  it("prose, a part of a line, a short line and the person's own question: are in no code of an answer", async () => {
    for (const text of ['Here it is in the middle of prose:', 'return rates', '}', 'export const asked = 1;'])
      assert.equal(await authorOf(text), undefined, text);
  });

  it('a folder without the chat, and a person who lets no transcripts be read: give no author', async () => {
    const nowhere = new ChatAnswers({ scheme: 'file', fsPath: '/nowhere/ours' });
    assert.equal(await nowhere.authorOf('return rates.length;'), undefined);
    assert.equal(await new ChatAnswers(undefined).authorOf('return rates.length;'), undefined);
    window().settings({ 'linekeeper.recording.transcripts': false });
    assert.equal(await authorOf('return rates.length;'), undefined);
    window().settings({ 'linekeeper.recording.transcripts': undefined });
  });
});
