/** Where archives are unpacked: their contents are unknown, so anything there may be overwritten. */
import { after, joinedTo, plainOf, hasOption, type Word, takesOf } from '../../danger/shell';
import { EVERYTHING } from './writes-of-git';

type Unpacked = Word & { readonly deep: boolean };

/** Stands for what an archive holds: any file of the folder that it is unpacked to. */
const ANY_FILE: Word = { text: './…', open: false };

/** Where an unpacker puts its files, and the archive members that it is given. */
interface Extraction {
  /** None: the current folder. */
  readonly folders: readonly Word[];
  readonly members?: readonly Word[];
}

const TAR_EXTRACTS = /^(?:-[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$/;
const TAR_LETTERS = /^-?[a-zA-Z]*x[a-zA-Z]*$/;
const TAR_FILE = /\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)$/i;

/** The extraction that the words of an unpacker ask for; undefined: it only lists or packs, or is no unpacker. */
function extractionOf(name: string, args: readonly Word[]): Extraction | undefined {
  const first = args[0]?.text ?? '';
  if (/^(?:g|bsd)?tar$/.test(name))
    return TAR_LETTERS.test(first) || hasOption(args, TAR_EXTRACTS)
      ? {
          folders: [...after(args, /^(?:-C|--directory)$/), ...joinedTo(args, /^(?:--directory=|-C)([^]+)$/)],
          members: plainOf(args, takesOf('tar')).filter(({ text }) => !TAR_LETTERS.test(text) && !TAR_FILE.test(text)),
        }
      : undefined;
  if (name === 'unzip')
    return hasOption(args, /^-[a-zA-Z]*[lptvzZ]/)
      ? undefined
      : {
          folders: [...after(args, /^-d$/), ...joinedTo(args, /^-d([^]+)$/)],
          members: plainOf(args, takesOf('unzip')).slice(1),
        };
  if (/^7z[ar]?$/.test(name)) return /^[ex]$/.test(first) ? { folders: joinedTo(args, /^-o([^]+)$/) } : undefined;
  if (name !== 'cpio' || hasOption(args, /^-[a-zA-Z]*t|^--list$/)) return undefined;
  if (hasOption(args, /^-[a-zA-Z]*p|^--pass-through$/)) return { folders: plainOf(args).slice(-1) };
  return hasOption(args, /^-[a-zA-Z]*i|^--extract$/)
    ? { folders: [...after(args, /^(?:-D|--directory)$/), ...joinedTo(args, /^--directory=([^]+)$/)] }
    : undefined;
}

/** What an unpacker may overwrite; nothing for all other programs. May include open words. */
export function extractedTo(name: string, args: readonly Word[]): readonly Unpacked[] {
  const extraction = extractionOf(name, args);
  if (!extraction) return [];
  const { folders, members = [] } = extraction;
  return [
    ...(folders.length > 0 ? folders.map((word) => ({ ...word, text: `${word.text}/*` })) : [ANY_FILE]).map((word) => ({
      ...word,
      deep: false,
    })),
    ...(folders.length > 0 ? folders : members)
      .filter(({ text }) => !EVERYTHING.test(text))
      .map((word) => ({ ...word, deep: true })),
  ];
}
