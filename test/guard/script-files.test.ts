/**
 * Programs that stand in files, and verbs that git does not know itself: what they do counts, and what the last commit
 * has was agreed on.
 */
import assert from 'node:assert/strict';
import { judge, ROOT, type Over } from '../support/guard';

const F = 'infra/prod/main.tf';
const verdict = (command: string, over: Over): string => judge({ command }, over).verdict;

const PY = '/tmp/fix.py';
const python = (text: string): Over => ({ texts: { [PY]: text } });

describe('the guard, for a script file', () => {
  it('denies a Python script that runs a forbidden command, however it is started', () => {
    const over = python(`import subprocess\nsubprocess.run(['git', 'commit', '-n', '-m', 'x'])\n`);
    for (const command of [
      `python3 ${PY}`,
      `python3 -u -W ignore ${PY} --all`,
      `cd /tmp; python ${PY}`,
      `sudo -u me python3.11 ${PY}`,
      `timeout 5 python3 ${PY}`,
      `python3 < ${PY}`,
      `cat ${PY} | python3`,
      `cat ${PY} | python3 -`,
      `uv run python ${PY}`,
    ])
      assert.equal(verdict(command, over), 'deny', command);
  });

  it('a command with a variable: is judged by its value when a file that it sources sets it', () => {
    const texts = {
      [`${ROOT}/vars.sh`]: '# settings\nTARGET=infra/prod\nexport SCRATCH=src/cache\n',
      [`${ROOT}/lib/e.env`]: 'TARGET="infra/prod"\n',
    };
    for (const command of [
      'source vars.sh; rm -rf $TARGET',
      '. ./vars.sh && rm -rf "${TARGET}/db"',
      'set -a; . lib/e.env; set +a; rm -rf "$TARGET"',
      "bash -c 'source vars.sh; rm -rf $TARGET'",
    ])
      assert.equal(verdict(command, { texts }), 'deny', command);
    for (const command of [
      'source vars.sh; rm -rf $SCRATCH',
      'source vars.sh; TARGET=src/cache; rm -rf $TARGET',
      'source vars.sh; echo $TARGET',
      'cat vars.sh; rm -rf src/cache',
    ])
      assert.equal(verdict(command, { texts }), 'allow', command);
  });

  it('denies a Python or JavaScript program that deletes closed files through a shell', () => {
    assert.equal(verdict(`python3 ${PY}`, python(`import os\nos.system("rm ${F}")\n`)), 'deny');
    assert.equal(
      verdict(`node fix.js`, {
        texts: { [`${ROOT}/fix.js`]: `require('child_process').execSync('rm -rf infra/prod')` },
      }),
      'deny',
    );
    assert.equal(
      verdict(`bun run fix.ts`, {
        texts: { [`${ROOT}/fix.ts`]: `import { execSync } from 'child_process';\nexecSync('rm -rf infra/prod')` },
      }),
      'deny',
    );
  });

  it('asks when the text names a closed file and writes', () => {
    for (const text of [
      `open('${F}', 'w').write('')`,
      `from pathlib import Path\nPath('${F}').unlink()`,
      `import os\nos.remove(os.path.join('.git', 'hooks', 'commit-msg'))`,
      `open('.linekeeper.yml', 'a')`,
    ])
      assert.equal(verdict(`python3 ${PY}`, python(text)), 'ask', text);
  });

  it('finds the language of a program started by name in its first line', () => {
    const texts = {
      [`${ROOT}/fix`]: `#!/usr/bin/env python3\nimport os\nos.system('rm ${F}')\n`,
      [`${ROOT}/other`]: `#!/usr/bin/env -S node --no-warnings\nrequire('fs').rmSync('${F}')\n`,
      [`${ROOT}/data`]: `rm ${F}\n`,
    };
    assert.equal(verdict('./fix', { texts }), 'deny');
    assert.equal(verdict('./other', { texts }), 'ask');
    assert.equal(verdict('./data', { texts }), 'allow');
  });

  it('allows a script that only reads, or writes elsewhere', () => {
    for (const text of [
      `print(open('${F}').read())`,
      `open('/tmp/out.txt', 'w').write('done')`,
      `import subprocess\nprint(subprocess.run(['git', 'log', '-1'], capture_output=True))`,
    ])
      assert.equal(verdict(`python3 ${PY}`, python(text)), 'allow', text);
  });

  it('allows a script that is committed, or lies in node_modules or a virtual environment', () => {
    const text = `open('${F}', 'w').write('')`;
    const texts = {
      [`${ROOT}/tools/gen.py`]: text,
      [`${ROOT}/node_modules/x/gen.js`]: text,
      [`${ROOT}/.venv/bin/gen`]: `#!/usr/bin/python3\n${text}`,
    };
    assert.equal(verdict('python3 tools/gen.py', { texts }), 'ask');
    assert.equal(verdict('python3 tools/gen.py', { texts, committed: [`${ROOT}/tools/gen.py`] }), 'allow');
    for (const command of [
      'node node_modules/x/gen.js',
      '.venv/bin/gen',
      'python3 -m tools.gen',
      'python3 tools/none.py',
    ])
      assert.equal(verdict(command, { texts }), 'allow', command);
  });
});

describe("the guard, for a program's input file", () => {
  it('denies by the SQL, editor or git commands in the file', () => {
    const texts = {
      [`${ROOT}/x.sql`]: 'delete from users;',
      [`${ROOT}/ask.sql`]: 'select * from users;',
      [`${ROOT}/ed.txt`]: `w ${F}\n`,
      [`${ROOT}/refs`]: 'delete refs/notes/ai\n',
    };
    for (const command of [
      'sqlite3 infra/prod/app.db < x.sql',
      'cat x.sql | sqlite3 infra/prod/app.db',
      'ed -s a.txt < ed.txt',
      'cat ed.txt | ed -s a.txt',
      'git update-ref --stdin < refs',
      'cat refs | git update-ref --stdin',
    ])
      assert.equal(verdict(command, { texts }), 'deny', command);
    for (const command of ['sqlite3 infra/prod/app.db < ask.sql', 'cat ask.sql | sqlite3 infra/prod/app.db'])
      assert.equal(verdict(command, { texts }), 'allow', command);
  });
});

describe('the guard, for a git alias', () => {
  it('judges the command that the alias stands for', () => {
    const aliases = {
      ci: 'commit',
      quick: 'commit --no-verify',
      wipe: '!rm -rf infra/prod',
      deep: 'ci -n',
      st: 'status -sb',
      loop: 'loop',
    };
    for (const command of [
      'git ci -n -m x',
      'git ci --no-verify',
      'git quick -m x',
      'git -c color.ui=never quick',
      'git wipe',
      'git deep -m x',
    ])
      assert.equal(verdict(command, { aliases }), 'deny', command);
    for (const command of ['git ci -m x', 'git st', 'git loop', 'git none -n'])
      assert.equal(verdict(command, { aliases }), 'allow', command);
  });
});
