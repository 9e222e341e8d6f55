import assert from 'node:assert/strict';
import { inShort } from '../../../src/editor/changes/trailers-in-short';

const t = (message: string, ...words: (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, at: string) => String(words[Number(at)]));

describe("the short form of the next commit's trailers", () => {
  it('names the counts of lines first, then each assistant once', () => {
    assert.equal(
      inShort(t, [
        'Assisted-by: claude-code:claude-opus-4-8',
        'Assisted-by: claude-code:claude-sonnet-5',
        'Assisted-by: github-copilot',
        'AI-Lines: +27 -8 of +40 -12, unknown +10 -0',
        'AI-Risk: critical',
      ]),
      'AI +27 −8 of +40 −12, unknown +10 −0 · Claude Code, GitHub Copilot',
    );
  });

  it('names two assistants and counts the others', () => {
    const trailers = ['claude-code', 'github-copilot', 'unknown-assistant'].map((id) => `Assisted-by: ${id}`);
    assert.equal(inShort(t, trailers), 'Claude Code, GitHub Copilot +1');
  });

  it('leaves out trailers that the policy switches off', () => {
    assert.equal(inShort(t, ['Assisted-by: unknown-assistant']), 'An AI assistant');
    assert.equal(inShort(t, ['AI-Lines: +1 -0 of +1 -0']), 'AI +1 −0 of +1 −0');
  });
});
