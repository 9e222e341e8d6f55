/**
 * Our part of a hook's file: a block between two marks. Lines above and below it are a person's or another tool's, and
 * stay as they are, byte for byte. Texts are read as latin1, so that each byte is a character.
 */

/** Text by which we recognise our block; every version has it in its first line. */
export const MARK = '# Linekeeper hook: ';
const END_MARK = '# Linekeeper hook ends.';
const SHEBANG = '#!/bin/sh\n';

/** The block for a hook of this name, its bytes as characters like all of the file; `text`: whole lines of sh. */
export const block = (name: string, text: string): string =>
  `${MARK}${name}. Lines above and below this part are yours: they run, and updates keep them.
# \`linekeeper uninstall\` takes this part away and puts back what was here before.
${Buffer.from(text, 'utf8').toString('latin1')}${END_MARK}
`;

/** The file of a hook with this block in it, in place of an earlier one, else as the first after what is there. */
export function withBlock(file: string | undefined, ours: string): string {
  if (file === undefined) return SHEBANG + ours;
  const place = placeOf(file);
  return place === undefined
    ? `${file}${file === '' || file.endsWith('\n') ? '' : '\n'}${ours}`
    : file.slice(0, place.from) + ours + file.slice(place.to);
}

/** The file without our block; undefined where nothing else is in it. */
export function withoutBlock(file: string): string | undefined {
  const place = placeOf(file);
  if (place === undefined) return file;
  const rest = file.slice(0, place.from) + file.slice(place.to);
  return rest === '' || rest === SHEBANG ? undefined : rest;
}

/** Our block in a hook's file; undefined where there is none. */
export function blockIn(file: string): string | undefined {
  const place = placeOf(file);
  return place && file.slice(place.from, place.to);
}

function placeOf(file: string): { readonly from: number; readonly to: number } | undefined {
  const from = file.startsWith(MARK) ? 0 : file.indexOf(`\n${MARK}`) + 1;
  if (from === 0 && !file.startsWith(MARK)) return undefined;
  const end = file.indexOf(`\n${END_MARK}`, from);
  if (end < 0) return { from, to: endOfUnmarked(file, from) };
  const line = file.indexOf('\n', end + 1);
  return { from, to: line < 0 ? file.length : line + 1 };
}

/**
 * Where the block ends when its last mark is missing: somebody removed it, or an older version wrote the block, which
 * had none. Its last line is the last that names a variable or function of ours, and an `exit` directly behind it.
 */
function endOfUnmarked(file: string, from: number): number {
  const last = [...file.slice(from).matchAll(/^.*(?:\blk_\w|\$lk\b|# Linekeeper hook: ).*\n?/gm)].at(-1);
  const to = last === undefined ? file.length : from + last.index + last[0].length;
  const after = /^(?:exit 0|exec .*|\}|esac|done|fi)\n/.exec(file.slice(to));
  return to + (after?.[0].length ?? 0);
}
