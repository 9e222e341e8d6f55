/**
 * Whole trees written by one hand at a time: whatever they hold, each line and each change of a commit is by whoever
 * wrote it.
 */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { settle, showCommits, statusOf } from '../../../../src/provenance/commits';
import type { Author, ChangeAttribution } from '../../../../src/provenance/authorship/types';
import { TestRepository } from '../../../support/repository';
import { as, tick, type Who } from '../../../support/worker';
import { anyHistory, type Tree } from '../../../support/oracle/trees';

const RUNS = Number(process.env['LINEKEEPER_TREES'] ?? 12);

/** Attributes that hold for a whole history: whatever is on disk, a commit has one form of it. */
const ATTRIBUTES = [
  '',
  '* text=auto\n',
  '*.txt text eol=crlf\n*.c -text\n',
  '* -diff\n',
  '* binary\n',
  'd/* text eol=lf\n*.txt diff=foo\n',
];

const worker = fc.record({ who: fc.constantFrom<Who>('ai', 'ai', 'human', 'nobody'), named: fc.boolean() });

/** Makes the work tree hold just this; submodules and attributes are left out. */
function materialise(test: TestRepository, tree: Tree): string[] {
  for (const name of readdirSync(test.root))
    if (name !== '.git' && name !== '.gitattributes') rmSync(test.at(name), { recursive: true });
  const names: string[] = [];
  for (const [name, { mode, content }] of tree) {
    if (
      mode === '160000' ||
      name.endsWith('.gitattributes') ||
      (mode === '120000' && content.includes(0)) ||
      (content.length === 0 && mode === '120000')
    )
      continue;
    mkdirSync(path.dirname(test.at(name)), { recursive: true });
    if (mode === '120000') symlinkSync(content, test.at(name));
    else {
      writeFileSync(test.at(name), content);
      chmodSync(test.at(name), mode === '100755' ? 0o755 : 0o644);
    }
    names.push(name);
  }
  return names;
}

const authorOf = (who: Who): Author => (who === 'nobody' ? 'unknown' : who);

function allBy(change: ChangeAttribution, author: Author, what: string): void {
  for (const file of change.files) {
    const others = [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].filter(
      (range) => range.author !== author,
    );
    assert.deepEqual(others, [], `${what}: ${JSON.stringify([file.status, file.from, file.path])} is by ${author}`);
  }
}

describe('a tree whose edits are all recorded for one author', () => {
  it('has that author in every line, for random histories', async function () {
    this.timeout(600_000);
    let commits = 0;
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.array(worker, { minLength: 5, maxLength: 5 }),
        fc.constantFrom(...ATTRIBUTES),
        async (history, workers, attributes) => {
          const test = await TestRepository.create();
          try {
            test.write('.gitattributes', attributes);
            await test.commit('start');
            let before: string[] = [];
            for (const [i, tree] of history.entries()) {
              const { who, named } = workers[i] ?? { who: 'nobody' as const, named: false };
              const after = [...tree.keys()];
              await as(
                who,
                test,
                named ? [...new Set([...before, ...after])].map((name) => path.join(test.root, name)) : [],
                () => materialise(test, tree),
              );
              before = after;
              if ((await test.git('status', '--porcelain')) === '') continue;
              allBy(await statusOf(test.repository(), tick), authorOf(who), 'before the commit');
              await test.commit('made');
              await settle(test.repository(), tick);
              const head = await test.git('rev-parse', 'HEAD');
              const shown = (await showCommits(test.repository(), [head])).get(head);
              assert.ok(shown);
              allBy(shown, authorOf(who), 'in the commit');
              commits++;
            }
          } finally {
            await test.dispose();
          }
        },
      ),
      { numRuns: RUNS },
    );
    console.log(`      ${String(RUNS)} histories, ${String(commits)} commits`);
  });
});
