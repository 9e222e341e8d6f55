import assert from 'node:assert/strict';
import { looked, toldOf } from '../../../support/agent-audit';

describe('audit of Aider', () => {
  it("reads yes-always from the user's and the project's .aider.conf.yml", () => {
    assert.deepEqual(
      toldOf('aider', {
        'home/.aider.conf.yml': '# mine\nmodel: sonnet\nyes-always: true\n',
        'repository/.aider.conf.yml': 'yes-always: false\n',
      }),
      ['user edits yes-always @3'],
    );
    assert.deepEqual(
      toldOf('aider', { 'repository/.aider.conf.yml': '{"yes-always": yes}' }),
      [],
      'a text is no yes in YAML 1.2',
    );
  });

  it('reports a configuration that is not YAML, or an alias bomb, as unreadable', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index] ?? ''},`.repeat(9)}]`)
      .join('\n')}\n`;
    for (const [text, why] of [
      ['yes-always: [\n', /not YAML/],
      [bomb, /cannot|can be read|not YAML/],
      ['['.repeat(20_000), /YAML/],
    ] as const) {
      const { unreadable } = looked({ 'home/.aider.conf.yml': text });
      assert.equal(unreadable.length, 1, text.slice(0, 20));
      assert.match(unreadable[0]?.why ?? '', why);
    }
    for (const text of ['', '# nothing\n', '- yes-always\n', 'text\n'])
      assert.deepEqual(looked({ 'home/.aider.conf.yml': text }).unreadable, []);
  });
});
