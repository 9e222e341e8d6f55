/** What a deletion hits: what can be regenerated, what cannot, and what is only known at run time. */
import { anyOf } from '../../base/patterns';
import { isIn, pathIn, resolved, type Word } from '../shell';
import { each, type Call } from './program-call';

type Kind =
  /** Build output, caches, temporary files. */
  | 'again'
  /** In the work tree, which git can bring back. */
  | 'inside'
  /** The work tree as a whole, or everything in it. */
  | 'everything'
  /** What git keeps. */
  | 'git'
  /** Outside of the work tree. */
  | 'outside'
  /** Unknowable before it runs. */
  | 'unknown';

export interface Hit {
  readonly kind: Kind;
  /** Absolute; wildcards included. */
  readonly path: string;
}

/** Folders and files that tools regenerate. */
const MADE = /* @__PURE__ */ anyOf(
  String.raw`__pycache__ __snapshots__ _build _site \.angular \.astro \.aws-sam bazel-[\w-]+ bin \.bloop bower_components
  \.bsp build \.build builds \.bundle \.cache cache caches cdk\.out cmake-build-[\w-]+ coverage \.coverage \.cxx
  \.dart_tool deps deriveddata dist dist-[\w-]+ dist-newstyle \.docusaurus \.ds_store \.eggs \.elixir_ls
  elm-stuff \.eslintcache \.expo \.externalnativebuild \.firebase \.gradle htmlcov \.hypothesis
  \.ipynb_checkpoints \.jest-cache jspm_packages \.kotlin log \.log logs \.m2 \.metals \.mypy_cache \.netlify
  \.next node-compile-cache node_modules \.nox \.nuxt \.nx \.nyc_output obj out output \.output \.parcel-cache
  \.pdm-build pip-wheel-metadata playwright-report \.pnpm-store pods public/build \.pytest_cache reports?
  \.rollup\.cache \.ruff_cache \.sass-cache \.serverless site \.snapshots \.stack-work storybook-static
  \.stylelintcache \.svelte-kit \.swiftpm target temp \.temp \.terraform \.terragrunt-cache test-output
  test-results thumbs\.db tmp \.tmp \.tox \.turbo \.venv venv \.vercel \.vite \.vs \.vscode-test
  [\w.*-]*\.egg-info \.webpack wheels \.wrangler \.yarn \.zig-cache zig-out`,
  { flags: 'i' },
);
const MADE_FILE =
  /(?:\.(?:log|tmp|temp|bak|orig|rej|swp|swo|pyc|pyo|o|obj|a|so|class|tsbuildinfo|lcov|gcda|gcno|d|pid|cache|map|tgz|whl|snap|old|out|test|dump|prof|trace)|~|\.lock|-lock\.(?:json|yaml))$/i;

const TEMPORARY = /^(?:\/private)?\/(?:tmp|var\/tmp|var\/folders|dev\/shm|run\/user\/\d+)\/[^/]/;
/** What is in a home folder and can be downloaded or regenerated. */
const HOME_CACHE = /* @__PURE__ */ anyOf(
  String.raw`\.android/cache appdata/local/temp \.bun/install/cache \.cache \.cargo/registry \.ccache \.conda/pkgs \.expo
  go/pkg \.gradle/caches \.ivy2/cache library/caches library/developer/xcode/deriveddata \.local/share/trash
  \.m2/repository \.npm \.nuget/packages \.pnpm-store \.pub-cache \.rustup/tmp \.terraform\.d/plugin-cache
  \.vscode-test \.yarn/cache`,
  { after: String.raw`)/?.`, flags: 'i' },
);
/** In git's own folder: what an interrupted run leaves behind. */
const GIT_LEFTOVER =
  /\/\.git\/(?:[\w./-]+\.lock|gc\.log|rebase-(?:merge|apply)(?:\/.*)?|(?:MERGE|CHERRY_PICK|REVERT)_HEAD|(?:MERGE|SQUASH)_MSG|COMMIT_EDITMSG|worktrees\/[^/]+)$/;

/** A cache of a program, wherever that is installed. */
const CACHE = /^\/(?:[^/*]+\/)+\.?caches?\/[^/]/i;

/** Everything that a word may mean, in each folder where the program may run. */
export function hits(call: Call, word: Word): readonly Hit[] {
  if (word.open && word.text.trim() === '') return [{ kind: 'unknown', path: '' }];
  return call.folders.flatMap((folder) =>
    each(call.away === undefined ? pathIn(folder, word) : word.text).map((one): Hit => {
      const path = call.away === undefined ? here(call, resolved(folder, one)) : resolved('/remote', one);
      return { kind: kindOf(call, path, word.open ? one : undefined, /(?:^|\/)\.\.(?:\/|$)/.test(one)), path };
    }),
  );
}

/** Whether an absolute folder is a temporary one, whose content nobody misses. */
export const isTemporary = (call: Call, folder: string): boolean =>
  call.away === undefined && kindOf(call, here(call, folder), undefined, false) === 'again' && TEMPORARY.test(folder);

/**
 * A path outside of the repository by its letters may be inside by what the file system says: through a link, another
 * drive, or in another case. `~` and a user's folder are only known to the shell.
 */
function here({ root, real }: Call, path: string): string {
  if (root === null || path.startsWith('~')) return path;
  const top = resolved(root, '.');
  const found = isIn(top, path) ? path : (real?.(path) ?? path);
  return isIn(top, found) ? top + found.slice(top.length) : path;
}

/** `open`: the word as written, where part of it is unknown; `up`: it leaves a folder by `..`. */
function kindOf(call: Call, path: string, open: string | undefined, up: boolean): Kind {
  const { away } = call;
  const home = resolved(call.home, '.');
  const last =
    path
      .split('/')
      .filter((part) => !/^\*+$/.test(part))
      .at(-1) ?? '';
  const top = resolved(call.root ?? call.folders[0] ?? home, '.').replace(/\/$/, '');
  const ours =
    away === undefined && [top, home].some((one) => isIn(one, path) || isIn(path.replace(/\/\*+$/, '') || '/', one));
  if (!ours && !up && TEMPORARY.test(path) && !/^\/(?:tmp|var\/tmp)\/\*+$/.test(path)) return 'again';
  if (open !== undefined && MADE.test(last)) return 'again';
  if (away !== undefined)
    return path.startsWith('/remote/') && MADE.test(path.split('/')[2] ?? '')
      ? 'again'
      : away === 'new'
        ? 'again'
        : 'outside';
  if (isIn(home, path) && HOME_CACHE.test(path.slice(home.length + 1))) return 'again';
  if (!isIn(top, path) && CACHE.test(path)) return 'again';
  if (open !== undefined && (/^(?:\/|[A-Za-z]:)/.test(open) || /(?:^|\/)\*+$/.test(open))) return 'unknown';
  if (path === top || isIn(path.replace(/\/\*+$/, '') || '/', top))
    return path === `${top}/*` || path === `${top}/**` || path === `${top}/.*` || path === top
      ? 'everything'
      : isIn(path, home) || path === '/' || path === '/*'
        ? 'outside'
        : 'everything';
  if (!isIn(top, path)) return 'outside';
  const inside = path.slice(top.length + 1);
  const parts = inside.split('/');
  if (parts.includes('.git'))
    return GIT_LEFTOVER.test(path) ? 'again' : /\/\.git\/hooks\/./.test(path) ? 'inside' : 'git';
  if (parts.some((part) => MADE.test(part))) return 'again';
  const file = parts.at(-1) ?? '';
  if (MADE_FILE.test(file)) return 'again';
  if (/^(?:\*+|\.\*+|\*\.\*|\?\*|\*\?)$/.test(parts[0] ?? '') && parts.every((part) => /^[*.?]+$/.test(part)))
    return 'everything';
  return 'inside';
}
