/** Files whose contents a package manager wrote from a list of libraries: nobody's words, and full of checksums. */
import { fileNamed } from './build-regular-expressions';

/** A lock file's path. */
export const LOCK_FILE = fileNamed(String.raw`
  Cargo\.lock Gemfile\.lock Package\.resolved Pipfile\.lock Podfile\.lock
  bun\.lockb? composer\.lock deno\.lock flake\.lock go\.sum gradle\.lockfile
  mix\.lock npm-shrinkwrap\.json package-lock\.json packages\.lock\.json pdm\.lock
  pnpm-lock\.ya?ml poetry\.lock pubspec\.lock \.terraform\.lock\.hcl uv\.lock yarn\.lock
`);
