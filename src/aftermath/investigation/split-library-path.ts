/**
 * Paths in a trace that belong to a library or to a language's own runtime. A file of this repository with the same
 * name is a different file: `site-packages/flask/app.py` is not `src/app.py`.
 */

/** A path in a library: the library's name, if the path shows it, and the file below it. */
interface LibraryPath {
  /** Null for the language's own runtime. */
  readonly library: string | null;
  readonly below: string;
}

/** A folder that holds libraries, each in a folder of its name, which is kept; a version after it is not. */
const LIBRARIES: readonly RegExp[] = [
  /^.*\/node_modules\/(?:@[^/]+\/)?([^/]+)\/(.+)$/,
  /^.*\/(?:site|dist)-packages\/([^/]+)\/(.+)$/,
  /^.*\/gems\/([^/]+?)-\d[^/]*\/(.+)$/,
  /^.*\/pkg\/mod\/(?:[^@]*\/)?([^/@]+)@v[^/]+\/(.+)$/,
  /^.*\/registry\/src\/[^/]+\/([^/]+?)-\d[^/]*\/(.+)$/, // Rust's crates
  /^.*\/vendor\/[^/]+\/([^/]+)\/(.+)$/, // PHP's Composer, Go
];
/** A library that consists of one file. */
const MODULE = /^.*\/(?:site|dist)-packages\/(([^/]+?)\.\w+)$/;
const LANGUAGES: readonly RegExp[] = [
  /^.*\/lib\/python[\d.]+\/(?!(?:site|dist)-packages\/)(.+)$/,
  /^.*\/lib\/ruby\/(?!gems\/|.*\/gems\/)(.+)$/,
  /^.*\/(?:local\/go|libexec|go\/[\d.]+\/x64)\/src\/(.+)$/,
  /^.*\/rustc\/[0-9a-f]+\/(.+)$/,
];

/** Undefined for a path that may be the repository's own. */
export function libraryPath(path: string): LibraryPath | undefined {
  const whole = `/${path}`;
  for (const form of LIBRARIES) {
    const [, library, below] = form.exec(whole) ?? [];
    if (library !== undefined && below !== undefined) return { library, below };
  }
  const [, file, name] = MODULE.exec(whole) ?? [];
  if (file !== undefined && name !== undefined) return { library: name, below: file };
  for (const form of LANGUAGES) {
    const [, below] = form.exec(whole) ?? [];
    if (below !== undefined) return { library: null, below };
  }
  return undefined;
}
