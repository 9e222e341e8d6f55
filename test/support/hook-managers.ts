/** Hook managers as people have them, in exact versions: from npm, and pre-commit from PyPI. Kept in the cache. */
import path from 'node:path';
import { installed } from './real-assistants/npm';
import { fromPyPI } from './pypi';
import type { TestRepository } from './repository';

/** A manager, set up in a repository with one hook of its own that leaves a line in `ran` outside of the work tree. */
export interface HookManager {
  readonly name: string;
  /** Writes its configuration; `mark`: a shell command that its hook runs. */
  readonly configure: (test: TestRepository, mark: string) => void;
  /** Its installation, as `npm install` or a person runs it: a program and its words. */
  readonly command: () => Promise<readonly [program: string, ...words: string[]]>;
  /** Added to the environment of everything, for the manager to be found. */
  readonly path: () => Promise<string>;
}

const npm = (name: string, version: string, bin = name): Promise<string> => installed({ name, version, bin });
const HUSKY = (): Promise<string> => npm('husky', '9.1.7');
const SIMPLE = (): Promise<string> => npm('simple-git-hooks', '2.14.0');
const LEFTHOOK = (): Promise<string> => npm('lefthook', '2.2.2');

/** Throws an Error with pip's reason when it can't be had. */
const preCommit = (): string => fromPyPI('pre-commit', '4.7.0');

const folderOf = async (program: Promise<string>): Promise<string> => path.dirname(await program);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Each has a hook of the kind that writes our trailers, so that both want the same file. */
export const HOOK_MANAGERS: readonly HookManager[] = [
  {
    name: 'husky',
    configure: (test, mark) => {
      test.write('package.json', json({ private: true }));
      test.write('.husky/prepare-commit-msg', `${mark}\n`);
    },
    command: async () => [process.execPath, await HUSKY()],
    path: () => folderOf(HUSKY()),
  },
  {
    name: 'simple-git-hooks',
    configure: (test, mark) => {
      test.write('package.json', json({ private: true, 'simple-git-hooks': { 'prepare-commit-msg': mark } }));
    },
    command: async () => [process.execPath, await SIMPLE()],
    path: () => folderOf(SIMPLE()),
  },
  {
    name: 'lefthook',
    configure: (test, mark) => {
      test.write(
        'lefthook.yml',
        `prepare-commit-msg:\n  commands:\n    mark:\n      run: ${mark}\npre-push:\n  commands:\n    mark:\n      run: "true"\n`,
      );
    },
    command: async () => [process.execPath, await LEFTHOOK(), 'install'],
    path: () => folderOf(LEFTHOOK()),
  },
  {
    name: 'pre-commit',
    configure: (test, mark) => {
      const hook = `{ id: mark, name: mark, language: system, entry: sh -c '${mark}', always_run: true, pass_filenames: false, stages: [prepare-commit-msg] }`;
      test.write(
        '.pre-commit-config.yaml',
        `default_install_hook_types: [prepare-commit-msg, commit-msg]\nrepos:\n  - { repo: local, hooks: [${hook}] }\n`,
      );
    },
    command: () => Promise.resolve([preCommit(), 'install'] as const),
    path: () => Promise.resolve(path.dirname(preCommit())),
  },
];
