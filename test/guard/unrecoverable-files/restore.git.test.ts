/** What git can't bring back: a person is asked before an agent's command takes it away, and a copy brings it back. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { itInFull } from '../../support/full';
import { builtCli, linekeeper, type Answer } from '../../support/product';
import { TestRepository } from '../../support/repository';

const POLICY = `version: 1
tiers:
  - { name: critical, paths: ["infra/**"], detect: [destructive], agents: deny-destructive }
`;

describe('files that git cannot restore', () => {
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('.gitignore', '.env\ncache/\n');
    test.write('src/a.ts', 'a\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const reasonFor = async (command: string): Promise<string | undefined> => {
    const { stdout }: Answer = await linekeeper(test, ['record', 'claude-code'], {
      input: JSON.stringify({
        hook_event_name: 'PreToolUse',
        session_id: 's-1',
        tool_use_id: 'c-1',
        cwd: test.root,
        tool_name: 'Bash',
        tool_input: { command },
      }),
    });
    if (stdout === '') return undefined;
    const { hookSpecificOutput: answer } = JSON.parse(stdout) as {
      hookSpecificOutput: { permissionDecision: string; permissionDecisionReason: string };
    };
    return `${answer.permissionDecision}: ${answer.permissionDecisionReason}`;
  };
  const old = (name: string, text: string): void => {
    test.write(name, text);
    utimesSync(test.at(name), new Date(0), new Date(0));
  };

  itInFull('rm of an untracked file: the guard asks, keeps a copy, and linekeeper restore brings it back', async () => {
    old('data/orders.csv', 'one\n');
    const reason = (await reasonFor('rm -r data')) ?? '';
    assert.match(reason, /^ask: .*data\/orders\.csv \(unknown to git\).*linekeeper restore [0-9a-f]{8}/);
    rmSync(test.at('data'), { recursive: true });
    assert.match((await linekeeper(test, ['restore', '--list'])).stdout, /data\/orders\.csv/);
    const answer = await linekeeper(test, ['restore', /restore ([0-9a-f]{8})/.exec(reason)?.[1] ?? '']);
    assert.deepEqual([answer.code, answer.stdout], [0, 'Restored: data/orders.csv\n']);
    assert.equal(readFileSync(test.at('data/orders.csv'), 'utf8'), 'one\n');
  });

  itInFull('the guard asks for uncommitted work, ignored secrets and nested repositories too', async () => {
    test.write('src/a.ts', 'my work\n');
    for (const command of [
      'git checkout -- src/a.ts',
      'git restore src/a.ts',
      'rm src/a.ts',
      'git rm -f src/a.ts',
      'mv /tmp/other.ts src/a.ts',
      'mv lib/a.ts src/',
      'mv -t src lib/a.ts',
    ])
      assert.match((await reasonFor(command)) ?? '', /^ask: .*src\/a\.ts \(not committed\)/, command);
    await test.git('checkout', '--', 'src/a.ts');
    const listed = (await linekeeper(test, ['restore', '--list'])).stdout.split('\n');
    assert.equal((await linekeeper(test, ['restore', listed[0]?.slice(0, 8) ?? ''])).code, 0);
    assert.equal(readFileSync(test.at('src/a.ts'), 'utf8'), 'my work\n');
    test.write('.env', 'A=1\n');
    assert.match((await reasonFor('rm .env')) ?? '', /^ask: .*\.env \(ignored by git\)/);
    await test.git('init', '-q', 'tools/other');
    assert.match((await reasonFor('rm -rf tools')) ?? '', /^ask: .*tools\/other\/ \(another repository\)/);
  });

  it('an edit of a file with uncommitted work: is not asked about when the command leaves the rest as it is', async () => {
    test.write('src/a.ts', 'a\nmy work\n');
    for (const command of ["sed -i '/^a/d' src/a.ts", "perl -i -ne 'print unless /^a/' src/a.ts"])
      assert.equal(await reasonFor(command), undefined, command);
    for (const command of [
      'sed -i d src/a.ts',
      "sed -i '1,$ d' src/a.ts",
      "sed -i '{d}' src/a.ts",
      "sed -i '/^/d' src/a.ts",
      "sed -i '1d;2,$d' src/a.ts",
      "perl -i -ne 'print if 0' src/a.ts",
      `python3 -c "print(open('src/a.ts').read()); open('src/a.ts','w').write('x')"`,
      `python3 -c "open('src/a.ts','w').write('x')"`,
      `python3 -c "open('src/a.ts','w').write(open('src/a.ts').read())"`,
      `python3 -c "open('src/a.ts','w').write('x'); print(open('src/a.ts').read())"`,
    ])
      assert.match((await reasonFor(command)) ?? '', /^ask: .*src\/a\.ts \(not committed\)/, command);
    old('orders.csv', 'one\n');
    assert.match((await reasonFor("sed -i '/^o/d' orders.csv")) ?? '', /^ask: .*orders\.csv \(unknown to git\)/);
  });

  it('linekeeper restore keeps a copy of what it replaces', async () => {
    test.write('src/a.ts', 'my work\n');
    await reasonFor('git restore src/a.ts');
    test.write('src/a.ts', 'newer work\n');
    const { stdout } = await linekeeper(test, ['restore']);
    const [, id = ''] = /also copied: "linekeeper restore ([0-9a-f]{8})"/.exec(stdout) ?? [];
    assert.equal(readFileSync(test.at('src/a.ts'), 'utf8'), 'my work\n');
    await linekeeper(test, ['restore', id]);
    assert.equal(readFileSync(test.at('src/a.ts'), 'utf8'), 'newer work\n');
  });

  itInFull('the guard does not ask for committed, new and regenerated files, and keeps no copy', async () => {
    test.write('scratch.txt', 'just made\n');
    test.write('cache/a', 'x');
    for (const command of [
      'rm src/a.ts',
      'rm scratch.txt',
      'rm -rf cache',
      'git checkout -- src/a.ts',
      'git rm -f src/a.ts',
      'mv scratch.txt src/a.ts',
      'mv src/a.ts src/b.ts',
      'ls',
    ])
      assert.equal(await reasonFor(command), undefined, command);
    assert.ok(!existsSync(test.at('.git/linekeeper/kept')));
    assert.equal((await linekeeper(test, ['restore', 'deadbeef'])).code, 2);
  });
});
