/** Methods of .NET in PowerShell: what they do to files, as the cmdlet that does the same. */
import type { Word } from '../words/invocation';

interface NetCall {
  /** The offset of its first argument. */
  readonly begins: number;
  readonly words: (args: readonly (readonly Word[])[]) => readonly Word[];
  /** What it returns. */
  readonly result: (args: readonly (readonly Word[])[]) => readonly Word[];
}

const CALL = /\[(?:System\.)?([\w.]+)\]::(\w+)\s*\(/iy;
const word = (text: string): Word => ({ text, open: false });

/** `[IO.Directory]::Delete(` at an offset of a text. */
export function dotNet(text: string, at: number): NetCall | undefined {
  CALL.lastIndex = at;
  const found = CALL.exec(text);
  if (found === null) return undefined;
  const [whole, type = '', method = ''] = found;
  const name = `${type}.${method}`.toLowerCase();
  const all = (args: readonly (readonly Word[])[], count = 1): Word[] =>
    args.slice(0, count).flatMap((arg) => arg.slice(0, 1));
  return {
    begins: at + whole.length,
    words: (args) => {
      if (name === 'io.directory.delete')
        return [word('remove-item'), ...(args.length > 1 ? [word('-Recurse')] : []), ...all(args)];
      if (name === 'io.file.delete') return [word('remove-item'), ...all(args)];
      if (/^io\.(?:file|directory)\.move$/.test(name)) return [word('move-item'), ...all(args, 2)];
      if (/^io\.file\.(?:write|create|openwrite|append)\w*$/.test(name)) return [word('set-content'), ...all(args)];
      if (name === 'io.file.copy') return [word('copy-item'), ...all(args, 2)];
      if (/(?:^|\.)filesystem\.delete(?:directory|file)$/.test(name))
        return [word('remove-item'), word('-Recurse'), ...all(args)];
      // a text that becomes a block is there to be run
      if (/(?:^|\.)scriptblock\.create$/.test(name)) return [word('invoke-expression'), ...all(args)];
      if (/^(?:diagnostics\.)?process\.start$/.test(name))
        return args.flatMap((arg) => arg).flatMap((one) => one.text.split(/\s+/).map(word));
      return [];
    },
    result: (args) =>
      name === 'io.path.combine'
        ? [
            word(
              all(args, 9)
                .map((one) => one.text)
                .join('/'),
            ),
          ]
        : /^io\.(?:directory|file)info\.new$/.test(name)
          ? all(args)
          : [{ text: '', open: true }],
  };
}

const METHOD = /\.(Delete|DeleteFolder|DeleteFile|DeleteDirectory|MoveTo|CopyTo)\s*\(/iy;

/** `.Delete(` of an object at an offset of a text: what it does to the object, or to what it is given. */
export function objectMethod(
  text: string,
  at: number,
):
  | { readonly begins: number; readonly words: (object: readonly Word[], args: readonly Word[]) => readonly Word[] }
  | undefined {
  METHOD.lastIndex = at;
  const found = METHOD.exec(text);
  if (found === null) return undefined;
  const method = (found[1] ?? '').toLowerCase();
  return {
    begins: at + found[0].length,
    words: (object, args) =>
      method === 'delete'
        ? [word('remove-item'), ...(args.length > 0 ? [word('-Recurse')] : []), ...object]
        : method === 'moveto' || method === 'copyto'
          ? [word(method === 'moveto' ? 'move-item' : 'copy-item'), ...object, ...args.slice(0, 1)]
          : [word('remove-item'), word('-Recurse'), ...args.slice(0, 1)],
  };
}
