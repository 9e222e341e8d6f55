/** The way of a platform team, as docs/start-platform.md has it: its own commands, with what it says that they print. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { itInFull } from '../support/full';
import { linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';
import { version } from '../../package.json';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/start-platform.md'), 'utf8');

interface Step {
  readonly number: number;
  readonly words: readonly string[];
  /** Quoted as code after "It prints". */
  readonly prints: readonly string[];
}

const printedIn = (item: string): readonly string[] =>
  [...item.matchAll(/It prints `([^`]+)`/g)].map(([, text = '']) => text.replaceAll('VERSION', version));

/** The job's file is written without a question. */
const ADDRESS = ['https://packages.example.com/linekeeper.tgz', '--yes'] as const;

/** The steps whose command is Linekeeper's. `places`: what is elsewhere here than in an example. */
function stepsOf(page: string, places: ReadonlyMap<string, string>): readonly Step[] {
  return [...page.matchAll(/^(\d+)\. .*?`linekeeper ([^`]+)`(.*)$/gm)].map(([, step, line = '', rest = '']) => ({
    number: Number(step),
    words: line.split(' ').flatMap((word) => (word === 'URL-OF-THE-PACKAGE' ? ADDRESS : [places.get(word) ?? word])),
    prints: printedIn(rest),
  }));
}

const FLOOR = `version: 1
mode: observe
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: senior } }
`;

describe('docs/start-platform.md', function () {
  this.timeout(240_000);

  itInFull(
    'each command of its steps: ends well and prints what the page says when they are run in their order',
    async () => {
      const test = await TestRepository.create();
      try {
        const bare = test.outside('bare.git');
        await test.git('init', '--quiet', '--bare', '--initial-branch=main', bare);
        await test.git('remote', 'add', 'origin', bare);
        test.write('infra/prod/main.tf', 'a\n');
        await test.commit('Start');
        const publish = async (): Promise<void> => {
          await test.git('push', '--quiet', 'origin', 'HEAD:main');
          await test.git('remote', 'set-head', 'origin', 'main');
        };
        await publish();
        mkdirSync(path.join(test.home, '.claude')); // an assistant that is on the machine
        const places = new Map([
          ['floor.yml', test.outside('floor.yml')],
          ['https://example.com/acme/policies@v1', `${test.outside('acme/policies')}@v1`],
          ['~/code', test.outside('code')],
        ]);
        const steps = stepsOf(PAGE, places);
        assert.deepEqual(
          steps.map(({ number }) => number),
          [2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 17, 18],
        );
        const follow = async ({ number, words, prints }: Step): Promise<void> => {
          const { code, stdout, stderr } = await linekeeper(test, words);
          const said = stdout + stderr;
          assert.equal(code, 0, `${words.join(' ')}: ${said}`);
          for (const text of prints)
            assert.ok(said.includes(text), `${words.join(' ')} does not print ${text}: ${said}`);
          assert.ok(prints.length > 0 || number === 2 || number === 8, `step ${String(number)} names what it prints`);
        };
        for (const step of steps.filter(({ number }) => number < 10)) await follow(step);
        await test.commit('Observe with Linekeeper');
        await publish();
        // The end of step 10.
        const policy = test.read('.linekeeper.yml');
        test.write('.linekeeper.yml', policy.replace(/^mode: observe\b/m, 'mode: enforce'));
        assert.notEqual(test.read('.linekeeper.yml'), policy);
        await test.commit('Enforce');
        await publish();
        test.write('infra/prod/main.tf', 'a\nb\n');
        await test.commit('Change production');
        const gate = await linekeeper(test, ['check', '--base', 'origin/main', '--head', 'HEAD', '--actor', 'eve']);
        assert.equal(gate.code, 1, gate.stdout + gate.stderr);
        assert.match(gate.stdout, /sign-off/);
        writeFileSync(test.outside('floor.yml'), FLOOR);
        const shared = test.outside('acme/policies');
        mkdirSync(shared, { recursive: true });
        writeFileSync(path.join(shared, '.linekeeper.yml'), FLOOR);
        mkdirSync(test.outside('code'));
        for (const words of [
          ['init', '--quiet'],
          ['add', '.'],
          ['commit', '--quiet', '-m', 'Release'],
          ['tag', 'v1'],
        ])
          await test.git('-C', shared, ...words);
        for (const step of steps.filter(({ number }) => number > 10)) await follow(step);
        assert.equal(existsSync(path.join(test.root, '.git/hooks/prepare-commit-msg')), false);
      } finally {
        await test.dispose();
      }
    },
  );

  itInFull(
    'hooks in every clone below a folder: are there, and say so, when three clones and no other are',
    async () => {
      const test = await TestRepository.create();
      try {
        test.write('a.txt', 'a\n');
        await test.commit('Start');
        const folder = test.outside('clones');
        const names = ['one', 'two', 'deep/three'];
        for (const name of names) await test.git('clone', '--quiet', test.root, path.join(folder, name));
        const all = await linekeeper(test, ['install', '--all', folder]);
        assert.equal(all.code, 0, all.stdout + all.stderr);
        assert.match(all.stdout, /new clones: have the hooks from the start/);
        await test.git('clone', '--quiet', test.root, path.join(folder, 'new'));
        for (const name of [...names, 'new'])
          assert.match(
            readFileSync(path.join(folder, name, '.git/hooks/prepare-commit-msg'), 'utf8'),
            /# Linekeeper hook: /,
            name,
          );
        const undone = await linekeeper(test, ['uninstall', '--all', folder]);
        assert.equal(undone.code, 0, undone.stdout + undone.stderr);
        for (const name of names)
          assert.equal(existsSync(path.join(folder, name, '.git/hooks/prepare-commit-msg')), false, name);
      } finally {
        await test.dispose();
      }
    },
  );
});

describe('linekeeper help', function () {
  this.timeout(60_000);

  it('the commands for newcomers: end with 0 in their order when the machine has an assistant, or none', async () => {
    for (const folders of [[], ['.claude']]) {
      const test = await TestRepository.create();
      try {
        test.write('a.txt', 'a\n');
        await test.commit('Start');
        for (const folder of folders) mkdirSync(path.join(test.home, folder), { recursive: true });
        const [sentence = ''] = /^New here\? .*$/m.exec((await linekeeper(test, ['help'])).stdout) ?? [];
        const commands = [...sentence.matchAll(/"linekeeper ([^"]+)"/g)].map(([, words = '']) => words.split(' '));
        assert.equal(commands.length, 2, sentence);
        for (const words of commands) {
          const { code, stdout, stderr } = await linekeeper(test, words);
          assert.equal(code, 0, `${words.join(' ')}: ${stdout}${stderr}`);
        }
      } finally {
        await test.dispose();
      }
    }
  });
});
