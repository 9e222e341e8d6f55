import assert from 'node:assert/strict';
import fc from 'fast-check';
import { programsIn } from '../../../src/decision/guard/programs';
import { invocationsIn } from '../../../src/decision/guard/shell-words';

const words = (command: string): string[][] => invocationsIn(command, { HOME: '/home/dev' }).map((one) => one.words.map((word) => word.text));
const programs = (command: string): string[] => programsIn(command, { HOME: '/home/dev' }).map((one) => one.words.map((word) => word.text).join(' '));

describe('the words of a shell command', () => {
  it('are taken apart as a shell does', () => {
    assert.deepEqual(words(`a 'b c' "d \\"e\\"" f\\ g h'i'"j"`), [['a', 'b c', 'd "e"', 'f g', 'hij']]);
    assert.deepEqual(words('a; b && c || d | e & f\ng'), [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]);
    assert.deepEqual(words('if a; then b; fi # c; d'), [['a'], ['b']]);
    assert.deepEqual(words('(a b); { c; }'), [['a', 'b'], ['c']]);
    assert.deepEqual(words('a \\\n  b'), [['a', 'b']]);
    assert.deepEqual(words("a $'\\x62\\n' ~/c \"$HOME/d\" ${HOME}/e"), [['a', 'b\n', '/home/dev/c', '/home/dev/d', '/home/dev/e']]);
  });

  it('keep redirections, assignments and input apart', () => {
    const [one] = invocationsIn('A=1 B="2 3" cmd x >out 2>>err <in 2>&1 &>both');
    assert.deepEqual([one?.words.map((word) => word.text), one?.assignments, one?.outputs.map((word) => word.text)], [['cmd', 'x'], ['A=1', 'B=2 3'], ['out', 'err', 'both']]);
  });

  it('take a heredoc for text, not for commands', () => {
    const found = invocationsIn("cat > notes.md <<'EOF'\nrm -rf /\ngit commit --no-verify\nEOF\necho done");
    assert.deepEqual(found.map((one) => one.words.map((word) => word.text)), [['cat'], ['echo', 'done']]);
    assert.equal(found[0]?.input, 'rm -rf /\ngit commit --no-verify');
  });

  it('look into substitutions', () => {
    assert.deepEqual(words('a "$(b c)" `d`'), [['b', 'c'], ['d'], ['a', '', '']]);
    assert.deepEqual(words('a <(b) $(c "$(d)")'), [['b'], ['d'], ['c', ''], ['a', '']]);
  });

  it('find the program behind what only starts it', () => {
    assert.deepEqual(programs('sudo -u root env A=1 nice -n 5 rm x'), ['rm x']);
    assert.deepEqual(programs('timeout 5 rm x; xargs -n 1 rm'), ['rm x', 'rm']);
    assert.deepEqual(programs(`bash -lc 'cd a && rm b'`), [`bash -lc cd a && rm b`, 'cd a', 'rm b']);
    assert.deepEqual(programs('eval "rm x"'), ['eval rm x', 'rm x']);
    assert.deepEqual(programs('bash <<EOF\nrm x\nEOF'), ['bash', 'rm x']);
    assert.deepEqual(programs('find d -name x -exec rm -f {} \\;'), ['find d -name x -exec rm -f {} ;', 'rm -f d']);
  });

  it('end, whatever the text is', () => {
    const pieces = fc.constantFrom("'", '"', '`', '$(', ')', '<<', 'EOF', '\n', '\\', ';', '|', '>', '&', ' ', 'a', '#', '${', '}', "$'", '<(', 'bash -c ', 'eval ', 'find . -exec ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        programsIn(parts.join(''), {});
      }),
    );
    assert.ok(programsIn('$('.repeat(50_000), {}).length < 100);
    assert.ok(programsIn(`echo ${'"$(a '.repeat(20_000)}`, {}).length >= 0);
  });
});
