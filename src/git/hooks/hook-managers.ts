/** Programs that manage git hooks, recognised by what they write. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A word that each has in the hooks that it writes. */
const MARKS = {
  lefthook: /LEFTHOOK/,
  'pre-commit': /pre-commit\.com/,
  'simple-git-hooks': /SKIP_SIMPLE_GIT_HOOKS/,
  husky: /\bhusky\b/,
  'Git LFS': /\bgit lfs /,
  overcommit: /OVERCOMMIT/,
} as const;

type Manager = keyof typeof MARKS;

/** The program that wrote a hook's text; undefined for a person, or one that is not known. */
export const managerOf = (text: string | undefined): Manager | undefined =>
  text === undefined
    ? undefined
    : (Object.keys(MARKS) as Manager[]).find((name) => MARKS[name].test(text)); /* exactly its own keys */

const SIMPLE_FILES = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['cjs', 'js', 'mjs', 'json'].map((ending) => `${name}.${ending}`),
);

/**
 * Whether simple-git-hooks is configured at the top of a work tree. Each time it runs, it removes all hooks of the
 * repository's own folder that its configuration does not name.
 */
export function usesSimpleGitHooks(root: string): boolean {
  if (SIMPLE_FILES.some((name) => existsSync(path.join(root, name)))) return true;
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'simple-git-hooks' in manifest;
  } catch {
    return false;
  }
}
