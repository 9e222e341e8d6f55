import assert from 'node:assert/strict';
import fc from 'fast-check';
import { programsIn } from '../../../../src/danger/shell/programs/programs-behind-wrappers';
import { NOTHING_READ } from '../../../../src/danger/shell/programs/readers-of-scripts-and-aliases';
import { invocationsIn } from '../../../../src/danger/shell/words/invocations-in-shell-text';

const words = (command: string): string[][] =>
  invocationsIn(command, { HOME: '/home/dev' }).map((one) => one.words.map((word) => word.text));
const programs = (command: string): string[] =>
  programsIn(command, { HOME: '/home/dev' }).map((one) => one.words.map((word) => word.text).join(' '));

describe('invocationsIn and programsIn: reading a shell command', () => {
  it('words are split, quoted and expanded as in a shell', () => {
    assert.deepEqual(words(`a 'b c' "d \\"e\\"" f\\ g h'i'"j"`), [['a', 'b c', 'd "e"', 'f g', 'hij']]);
    assert.deepEqual(words('a; b && c || d | e & f\ng'), [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]);
    assert.deepEqual(words('if a; then b; fi # c; d'), [['a'], ['b']]);
    assert.deepEqual(words('(a b); { c; }'), [['a', 'b'], ['c']]);
    assert.deepEqual(words('a \\\n  b'), [['a', 'b']]);
    assert.deepEqual(words('a $\'\\x62\\n\' ~/c "$HOME/d" ${HOME}/e'), [
      ['a', 'b\n', '/home/dev/c', '/home/dev/d', '/home/dev/e'],
    ]);
  });

  it('redirections and assignments are kept apart from the words', () => {
    const [one] = invocationsIn('A=1 B="2 3" cmd x >out 2>>err <in 2>&1 &>both');
    assert.deepEqual(
      [one?.words.map((word) => word.text), one?.assignments, one?.outputs.map((word) => word.text)],
      [
        ['cmd', 'x'],
        ['A=1', 'B=2 3'],
        ['out', 'err', 'both'],
      ],
    );
  });

  it('the text of a heredoc is input, not commands', () => {
    const found = invocationsIn("cat > notes.md <<'EOF'\nrm -rf /\ngit commit --no-verify\nEOF\necho done");
    assert.deepEqual(
      found.map((one) => one.words.map((word) => word.text)),
      [['cat'], ['echo', 'done']],
    );
    assert.equal(found[0]?.input, 'rm -rf /\ngit commit --no-verify');
  });

  it('commands in substitutions are found', () => {
    assert.deepEqual(words('a "$(b c)" `d`'), [['b', 'c'], ['d'], ['a', '', '']]);
    assert.deepEqual(words('a <(b) $(c "$(d)")'), [['b'], ['d'], ['c', ''], ['a', '', '']]);
  });

  it('words of half a million characters are read in less than five seconds', () => {
    const long = 500_000;
    for (const one of ['x'.repeat(long), `"${'x'.repeat(long)}"`, 'a\\'.repeat(long / 2), '"a"'.repeat(long / 3)]) {
      const started = process.cpuUsage();
      assert.equal(invocationsIn(one).length, 1);
      const { user } = process.cpuUsage(started);
      assert.ok(user < 5_000_000, `${one.slice(0, 9)}… took ${String(Math.round(user / 1000))} ms`);
    }
  }).timeout(30_000);

  it('the program behind sudo, env, xargs, bash -c and find -exec is found', () => {
    assert.deepEqual(programs('sudo -u root env A=1 nice -n 5 rm x'), ['rm x']);
    assert.deepEqual(programs('timeout 5 rm x; xargs -n 1 rm'), ['rm x', 'rm']);
    assert.deepEqual(programs(`bash -lc 'cd a && rm b'`), [`bash -lc cd a && rm b`, 'cd a', 'rm b']);
    assert.deepEqual(programs('eval "rm x"'), ['eval rm x', 'rm x']);
    assert.deepEqual(programs('bash <<EOF\nrm x\nEOF'), ['bash', 'rm x']);
    assert.deepEqual(programs('find d -name x -exec rm -f {} \\;'), [
      'find d -name x -exec rm -f {} ;',
      'rm -f d/**/[x]',
    ]);
  });

  it('variables have the values that the command itself gives them', () => {
    assert.deepEqual(words('A=x B="$A/y"; c $B ${B} "${C:-z}" ${C:=w} $C ${A+q}').at(-1), [
      'c',
      'x/y',
      'x/y',
      'z',
      'w',
      'w',
      'q',
    ]);
    assert.deepEqual(
      invocationsIn('A=x; A=$(date); c $A')
        .at(-1)
        ?.words.map((word) => word.open),
      [false, true],
      'what became unknown is unknown',
    );
    assert.deepEqual(
      words('for f in a b; do c $f; done').find(([name]) => name === 'c'),
      ['c', '{a,b}'],
    );
    assert.deepEqual(words('a "$(echo b  c)" $(printf %s/%s d e)').at(-1), ['a', 'b c', 'd/e']);
  });

  it('subshells, pipes and commands after || are told apart', () => {
    const found = invocationsIn('(a; b) | c || d $(e)');
    const scopes = Object.fromEntries(found.map((one) => [one.words[0]?.text ?? '', one.scope.length]));
    assert.deepEqual(scopes, { a: 1, b: 1, c: 0, d: 0, e: 1 });
    assert.equal(invocationsIn('a | b').at(-1)?.from?.words[0]?.text, 'a');
    assert.deepEqual(
      found.filter((one) => one.otherwise).map((one) => one.words[0]?.text),
      ['d'],
    );
  });

  it('any text is read to its end', () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      '`',
      '$(',
      ')',
      '<<',
      'EOF',
      '\n',
      '\\',
      ';',
      '|',
      '>',
      '&',
      ' ',
      'a',
      '#',
      '${',
      '}',
      "$'",
      '<(',
      'bash -c ',
      'eval ',
      'find . -exec ',
      'A=',
      '$A',
      '${A:-',
      '${A:=',
      '(',
      '| sh',
      '| xargs ',
      'for f in ',
      'set -- ',
      '$@',
      'git -c alias.x=!',
      'alias x=',
      '. f',
      '{a,',
      '*',
      'a=(',
      '"${a[@]}" ',
      '${A#',
      '${A//',
      '${!A}',
      'f() { ',
      ' }\n',
      'f ',
      'mapfile -t a ',
      'printf -v A ',
      '| crontab -',
      '| make -f - ',
      'docker run -v a:/b x ',
      'perl -e ',
      'system("',
      '| tr a-z b',
      '| rev ',
      '{ ',
      '; } | sh',
      ') | sh',
      '| xargs -I{} sh -c "{}"',
      'docker exec x ',
      'if a; then ',
      '; fi | cat',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        programsIn(
          parts.join(''),
          {},
          { script: () => parts.join(''), ownScript: () => parts.join(''), alias: () => parts.join('') },
        );
      }),
    );
    assert.ok(programsIn('$('.repeat(50_000), {}).length < 100);
    assert.deepEqual(programs(`${'('.repeat(100_000)} rm x`), ['rm x']);
    assert.ok(
      programsIn('sh f\n'.repeat(50), {}, { ...NOTHING_READ, script: () => 'sh f\n'.repeat(50) }).length < 20_000,
      'a script that reads itself',
    );
    assert.ok(programsIn(`A=x;${'A=$A$A;'.repeat(60)}rm $A`, {}).length > 0, 'a variable that doubles');
    assert.ok(programsIn(`echo ${'"$(a '.repeat(20_000)}`, {}).length >= 0);
    assert.ok(
      programsIn(`${'('.repeat(10_000)}echo a${') | cat'.repeat(10_000)} | sh`, {}).length > 0,
      'groups in groups',
    );
    assert.ok(programsIn(`(${'echo a;'.repeat(20_000)}) | sh`, {}).length > 0, 'a long group');
  });
});
