/** An older program meets what a newer one wrote, as docs/upgrade.md has it in a table: what it says, and how it ends. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';

const POLICY = 'version: 1\ntiers: [{name: all, paths: ["**"], review: {any: {from: senior}}}]\n';
const INCIDENT = 'version: 2\ntitle: Orders cannot be read\nstate: open\n';

interface Meeting {
  /** Puts what a newer version wrote into a repository with one commit of an AI. */
  readonly put: (test: TestRepository) => unknown;
  readonly words: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}

const GATE = ['check', 'HEAD~1..HEAD', '--actor', 'ada'];

async function rewriteNote(test: TestRepository): Promise<void> {
  const note = await test.git('notes', '--ref=refs/notes/ai', 'show', 'HEAD');
  const file = test.outside('note');
  writeFileSync(file, note.replace('authorship/3.0.0', 'authorship/9.0.0'));
  await test.git('notes', '--ref=refs/notes/ai', 'add', '-f', '-F', file, 'HEAD');
}

async function rewriteRecord(test: TestRepository): Promise<void> {
  await as('ai', test, ['b.txt'], () => {
    test.write('b.txt', 'by AI\n');
  });
  const folder = test.at('.git/linekeeper/journal');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  assert.ok(files.length > 0, 'there is a record');
  for (const name of files) {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1', '"version": 9'));
  }
}

/** A policy that stood on the base before the commit. */
async function rewriteBase(test: TestRepository, name: string, text: string): Promise<void> {
  test.write(name, text);
  await test.git('add', '--all');
  await test.git('commit', '--quiet', '-m', 'Newer');
  test.write('c.txt', 'c\n');
  await test.commit('Change');
}

const MEETINGS: Readonly<Record<string, Meeting>> = {
  'decides nothing and names the line when the gate reads a policy of a higher version': {
    put: (test) => rewriteBase(test, '.linekeeper.yml', POLICY.replace('version: 1', 'version: 2')),
    words: GATE,
    code: 2,
    says: /\.linekeeper\.yml":1:\d+: version: expected 1; a higher version needs a newer Linekeeper/,
  },
  'is a mistake with its line when a policy has a higher version': {
    put: (test) => {
      test.write('.linekeeper.yml', POLICY.replace('version: 1', 'version: 2'));
    },
    words: ['policy', 'check'],
    code: 1,
    says: /\.linekeeper\.yml:1:\d+: .*a higher version needs a newer Linekeeper/,
  },
  'closes the gate and is named when an incident has a higher version': {
    put: (test) => rewriteBase(test, '.linekeeper/incidents/orders.yml', INCIDENT),
    words: GATE,
    code: 1,
    says: /\.linekeeper\/incidents\/orders\.yml/,
  },
  'counts as none, so that the trailers decide, when a note has another format': {
    put: rewriteNote,
    words: ['show', '--json'],
    code: 0,
    says: /"human": 0,[^]*"provenance": "trailers"/,
  },
  'is set aside, and the doctor says to update, when a record has another format': {
    put: rewriteRecord,
    words: ['doctor'],
    code: 1,
    says: /newer version of Linekeeper \(record format 9\); update Linekeeper/,
  },
  'is renewed, and the lines of others stay, when a hook has another text': {
    put: (test) => {
      const hook = test.read('.git/hooks/prepare-commit-msg');
      const changed = hook.replace('# Linekeeper hook ends.', ': newer\n# Linekeeper hook ends.');
      test.write('.git/hooks/prepare-commit-msg', `${changed}# theirs\n`);
    },
    words: ['install', '--git'],
    code: 0,
    says: /git hooks: (?:renewed|installed)/,
  },
};

describe('an older Linekeeper', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    await test.commit('start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    await as('ai', test, ['a.txt'], () => {
      test.write('a.txt', 'by AI\n');
    });
    await test.git('add', '--all');
    await test.git('commit', '--quiet', '-m', 'work');
    await linekeeper(test, ['show']); // settles the note
  });
  afterEach(() => test.dispose());

  for (const [title, { put, words, code, says }] of Object.entries(MEETINGS))
    it(`what a newer Linekeeper wrote: ${title}`, async () => {
      await put(test);
      const answer = await linekeeper(test, words);
      const said = answer.stdout + answer.stderr;
      assert.match(said, says);
      assert.equal(answer.code, code, said);
      const hook = test.read('.git/hooks/prepare-commit-msg');
      assert.equal(hook.includes(': newer'), false);
      assert.equal(hook.includes('# theirs'), words[0] === 'install');
    });
});
