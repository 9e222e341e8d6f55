/** Which program a word names. */
import { wordSet } from '../../../base/patterns';
import type { Word } from '../words/invocation';

/** GNU's programs as Homebrew and MacPorts install them, beside macOS's own. */
const GNU = wordSet(`
  grm grmdir gunlink gfind gmv gcp gln gdd gshred gtruncate gtee gtouch gmkdir gchmod gchown gchgrp ginstall gcat gtar gkill
`);

/** A program's name without its folder, and as Linux calls it. */
export function nameOf(word: Word | undefined): string {
  if (word === undefined) return '';
  const { text } = word;
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  if (name.startsWith('g') && GNU.has(name)) return name.slice(1);
  return name.includes('.') ? name.replace(/\.(?:exe|cmd)$/i, '') : name;
}
