/** Where archives are unpacked: their contents are unknown, so anything there may be overwritten. */
import { after, joinedTo, plainOf, hasOption, type Word, takesOf } from '../../shell';
import { EVERYTHING } from './git-writes';

type Unpacked = Word & { readonly deep: boolean };

const deep = (words: readonly Word[]): Unpacked[] =>
  words.filter(({ text }) => !EVERYTHING.test(text)).map((word) => ({ ...word, deep: true }));

/** The target folders of an unpacker, and the archive members that it is given. */
export function extractedTo(name: string, args: readonly Word[]): readonly Unpacked[] {
  if (/^(?:g|bsd)?tar$/.test(name)) {
    const extracts =
      /^-?[a-zA-Z]*x/.test(args[0]?.text ?? '') || hasOption(args, /^(?:-[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$/);
    if (!extracts) return [];
    const folders = [...after(args, /^(?:-C|--directory)$/), ...joinedTo(args, /^(?:--directory=|-C)([^]+)$/)];
    const members = plainOf(args, takesOf('tar')).filter(
      ({ text }) => !/^[a-zA-Z]*x[a-zA-Z]*$/.test(text) && !/\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)$/i.test(text),
    );
    return deep(folders.length > 0 ? folders : members);
  }
  if (name === 'unzip' && !hasOption(args, /^-[a-zA-Z]*[lptvzZ]/)) {
    const folders = [...after(args, /^-d$/), ...joinedTo(args, /^-d([^]+)$/)];
    return deep(folders.length > 0 ? folders : plainOf(args, takesOf('unzip')).slice(1));
  }
  if (/^7z[ar]?$/.test(name) && /^[ex]$/.test(args[0]?.text ?? '')) return deep(joinedTo(args, /^-o([^]+)$/));
  return name === 'cpio' && hasOption(args, /^-[a-zA-Z]*i|^--extract$/)
    ? deep([...after(args, /^-D$/), ...joinedTo(args, /^--directory=([^]+)$/)])
    : [];
}
