import assert from 'node:assert/strict';
import { notAPerson } from '../../../../src/provenance/journal/exceptions';
import { processOf, type LookUpProcess } from '../../../../src/base/platform';

const AGENTS = new Set(['claude', 'codex', 'gemini']);

/** Process 2 is the parent; each entry is the words of the next one up. */
const above =
  (...programs: readonly (readonly string[])[]): LookUpProcess =>
  (id) => {
    const words = programs[id - 2];
    return words && { parent: id - 2 === programs.length - 1 ? 1 : id + 1, words };
  };

const ask = (lookUp: LookUpProcess, more: Partial<Parameters<typeof notAPerson>[0]> = {}): string =>
  notAPerson({ env: {}, isTerminal: true, parent: 2, agents: AGENTS, ...more }, lookUp);

describe('whether a person is at the terminal, by the processes above', () => {
  const shell = above(['-zsh'], ['/usr/bin/tmux'], ['/sbin/init']);

  it('yes below a shell', () => {
    assert.equal(ask(shell), '');
  });

  it('no below an agent, started by its program or by node', () => {
    assert.match(ask(above(['bash', '-c', 'x'], ['/opt/claude', '--continue'])), /^claude started this/);
    assert.match(
      ask(above(['bash'], ['node', '/usr/lib/node_modules/@openai/codex/bin/codex.js'])),
      /^codex started this/,
    );
    assert.match(ask(above(['zsh'], ['C:\\tools\\Gemini.exe'])), /^gemini started this/);
  });

  it("no in an editor's terminal, without a terminal, and with an agent's variable set", () => {
    assert.match(ask(above(['bash'], ['/usr/share/code/code', '--type=utility'])), /editor|code/);
    assert.match(ask(shell, { env: { TERM_PROGRAM: 'vscode' } }), /belongs to an editor/);
    assert.match(ask(shell, { isTerminal: false }), /Nobody is at a terminal/);
    assert.match(ask(shell, { env: { AGENT: '1' } }), /AGENT/);
    assert.match(ask(shell, { env: { CLAUDECODE: '1' }, variables: ['CLAUDECODE'] }), /CLAUDECODE/);
    assert.match(ask(above(['bash'], ['/usr/share/kiro/kiro']), { editors: new Set(['kiro']) }), /belongs to kiro/);
  });

  it('no when the processes are unknown or form a circle', () => {
    assert.match(ask(above(['bash'], ['bash'])), /^$/);
    assert.match(
      ask(() => undefined),
      /isn't known/,
    );
    assert.match(
      ask((id) => ({ parent: id, words: ['bash'] })),
      /isn't known/,
    );
  });

  it('processOf names the real parent of this process', () => {
    const parent = processOf(process.pid)?.parent;
    assert.equal(parent, process.ppid);
  });
});
