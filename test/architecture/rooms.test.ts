import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SRC = path.join(ROOT, 'src');
const filesOf = (room: string): string[] =>
  readdirSync(path.join(SRC, room), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const foldersIn = (folder: string): string[] =>
  readdirSync(path.join(SRC, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
/** `entry` holds programs and no room: importing one starts it. A floor without a door of its own holds nothing but rooms. */
const ROOMS = foldersIn('.').flatMap((name) => {
  if (name === 'entry') return [];
  const isRoom = ['cli', 'editor'].includes(name) || existsSync(path.join(SRC, name, 'index.ts'));
  return isRoom ? [name] : foldersIn(name).map((inner) => `${name}/${inner}`);
});

describe('the rooms of src', function () {
  this.timeout(60_000);

  it('authorship and editor are among the rooms found', () => {
    assert.ok(ROOMS.includes('provenance/authorship') && ROOMS.includes('editor'), ROOMS.join());
  });

  for (const room of ROOMS.filter((name) => name !== 'editor')) {
    it(`${room} loads without VS Code`, async () => {
      for (const file of filesOf(room)) await import(pathToFileURL(path.join(SRC, room, file)).href);
    });
  }

  const eslint = new ESLint({
    cwd: ROOT,
    // Who may import whom is seen without types, and much sooner.
    overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) =>
      [
        'import-x/no-restricted-paths',
        '@typescript-eslint/no-restricted-imports',
        'no-restricted-globals',
        'no-restricted-properties',
      ].includes(ruleId),
  });
  const complaints = async (file: string, code: string): Promise<string[]> =>
    (await eslint.lintText(code, { filePath: path.join(ROOT, file) })).flatMap(({ messages }) =>
      messages.map(({ message }) => message),
    );

  it('each has a line in the import rules of eslint.config.mjs', async () => {
    for (const room of ROOMS.filter((name) => name !== 'cli')) {
      assert.match(
        (
          await complaints(
            `src/${room}/some.ts`,
            `import { main } from '${room.replace(/[^/]+/g, '..')}/cli/main'; main;`,
          )
        ).join('\n'),
        /knows|never import each other/,
        `nothing holds ${room} back from importing cli: add it to FLOORS in eslint.config.mjs`,
      );
    }
  });

  const REFUSED: readonly (readonly [file: string, code: string, wayOut: RegExp])[] = [
    ['src/policy/some.ts', "import { readFileSync } from 'node:fs'; readFileSync;", /pure.*argument/],
    ['src/policy/some.ts', "import { countLines } from '../provenance/authorship'; countLines;", /import type/],
    ['src/provenance/authorship/some.ts', 'export const later = () => Date.now();', /pure.*argument/],
    ['src/provenance/authorship/some.ts', 'export const where = () => process.cwd();', /pure.*argument/],
    [
      'src/provenance/authorship/some.ts',
      "import { openJournal } from '../journal'; openJournal;",
      /`provenance\/authorship` knows the pure rooms/,
    ],
    [
      'src/provenance/journal/some.ts',
      "import { settle } from '../commits'; settle;",
      /`provenance\/journal` knows the rooms before it/,
    ],
    [
      'src/review/gate/some.ts',
      "import { readNote } from '../../provenance/commits/notes/format'; readNote;",
      /door of `provenance\/commits`.*export there/,
    ],
    ['src/guard/hook/some.ts', "import { checkRange } from '../../review/gate'; checkRange;", /`guard\/hook` knows/],
    ['src/review/gate/some.ts', "import '../../cli/main';", /`review\/gate` knows/],
    ['src/review/gate/some.ts', "export const later = () => import('../../cli/main');", /`review\/gate` knows/],
    ['src/editor/some.ts', "import { main } from '../cli/main'; main;", /never import each other/],
    ['src/cli/some.ts', "import '../editor/activate';", /never import each other/],
    ['src/cli/verbs/some.ts', "import type { Uri } from 'vscode'; export type Some = Uri;", /only inside the editor/],
    ['src/git/some.ts', "import { simpleGit } from 'simple-git'; simpleGit;", /start at once/],
    ['src/provenance/assistants/record/some.ts', "import { z } from 'zod'; z;", /start at once/],
    ['src/policy/load/some.ts', "import { parsePolicy } from '../file/parse'; parsePolicy;", /await import/],
    [
      'src/cli/verbs/record.ts',
      "import { installHooks } from '../../provenance/assistants/setup'; installHooks;",
      /await import/,
    ],
    ['src/git/some.ts', "import '../../test/support/repository';", /stands on nothing of `test`/],
    ['src/entry/cli.ts', "import { settle } from '../provenance/commits'; settle;", /only puts `cli` together/],
    ['src/git/some.ts', "import { join } from 'path'; join;", /`node:`/],
  ];
  for (const [file, code, wayOut] of REFUSED) {
    it(`eslint refuses in ${file}: ${code}`, async () => {
      const found = await complaints(file, code);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found.join(), wayOut);
    });
  }

  const ALLOWED: readonly (readonly [file: string, code: string])[] = [
    ['src/policy/some.ts', "import type { Counts } from '../provenance/authorship/types'; export type Some = Counts;"],
    [
      'src/policy/load/some.ts',
      "import type { ParsedPolicy } from '../file/parse'; export const load = async (): Promise<ParsedPolicy> => (await import('../file/parse')).parsePolicy('');",
    ],
    [
      'src/review/gate/some.ts',
      "import { parsePolicy } from '../../policy/file/parse'; import { z } from 'zod'; parsePolicy; z;",
    ],
    [
      'src/editor/some.ts',
      "import * as vscode from 'vscode'; import { settle } from '../provenance/commits'; vscode; settle;",
    ],
  ];
  for (const [file, code] of ALLOWED) {
    it(`eslint allows in ${file}: ${code}`, async () => {
      assert.deepEqual(await complaints(file, code), []);
    });
  }
});
