import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assistantStartedBy } from '../../../src/provenance/assistants';
import { ASSISTANTS } from '../../../src/provenance/assistants/registry';

const startedBy = (line: string): string | undefined => assistantStartedBy(line)?.id;

describe('startedBy: the assistant that a command line starts', () => {
  it("the program's name decides, with any path, quotes and arguments", () => {
    for (const line of [
      'claude',
      '  claude --continue ',
      'claude -p "fix the test"',
      '/usr/local/bin/claude',
      '"/opt/my tools/claude" chat',
      'C:\\tools\\claude.cmd',
      '& "C:\\Program Files\\claude.exe"',
      "'claude'",
    ])
      assert.equal(startedBy(line), 'claude-code', line);
  });

  it('the assistant is found behind other commands, assignments, sudo, env and pipes', () => {
    for (const line of [
      'cd api && codex',
      'git pull; codex exec',
      'FOO=1 BAR="a b" codex',
      'sudo env A=1 codex',
      'true || codex',
      'cat plan.md | codex',
      '(cd x; codex)',
      'cd x\ncodex',
    ])
      assert.equal(startedBy(line), 'codex', line);
  });

  it('a name in an argument, a comment or a string, or with --version, starts no assistant', () => {
    for (const line of [
      '',
      'ls claude',
      'echo "x; claude"',
      "git commit -m 'a && claude'",
      'claude --version',
      'claude --help',
      'which codex',
      '# claude',
      'cat <<EOF\nclaude\nEOF',
      'claude-old',
      'echo "never closed; claude',
      './claude.test.ts',
      'npm run codex',
    ])
      assert.equal(startedBy(line), undefined, line);
  });

  it('the command of an editor (cursor, kiro, windsurf) starts no assistant; that of its CLI does', () => {
    for (const line of ['cursor .', 'kiro .', 'windsurf src', 'antigravity .'])
      assert.equal(startedBy(line), undefined, line);
    assert.equal(startedBy('cursor-agent'), 'cursor');
    assert.equal(startedBy('kiro-cli chat'), 'kiro');
  });

  it("no two assistants share a command, and each command is one of its assistant's programs", () => {
    const names = ASSISTANTS.flatMap(({ programs, commands }) => {
      assert.ok((commands ?? []).every((name) => programs.includes(name)));
      return commands ?? programs;
    });
    assert.deepEqual(names, [...new Set(names)]);
  });

  it('any text is read without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('claude', ' ', '"', "'", ';', '&', '|', '\n', '\\', '<<', '#', 'A=1', '(', ')')),
        (parts) => {
          const found = startedBy(parts.join(''));
          assert.ok(found === undefined || found === 'claude-code');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
