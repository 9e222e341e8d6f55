/** The result of a command substitution, where that is known without running it. */
import { programOf, writtenBy } from '../streams/output-of-programs';
import { patternsListedBy } from '../programs/files-listed-by-programs';
import { anyOf, type Invocation, type Word } from './invocation';
import { GIT_FOLDER, SHARED_GIT_FOLDER, TOP_OF_REPOSITORY, type Variables } from './variables';

/** `inside`: the programs in it, in order. Open where the result is known only at run time. */
export function resultOf(inside: readonly Invocation[], variables: Variables): Word {
  const [only, ...more] = inside;
  const last = inside.at(-1);
  const open: Word = { text: '', open: true, by: programOf(last) };
  if (only === undefined || last === undefined) return open;
  if (more.length > 0)
    return (
      (more.every((one, index) => one.from === inside[index]) ? (writtenBy(last) ?? listing(last)) : undefined) ?? open
    );
  const said = only.words.map((word) => word.text).join(' ');
  if (/^mktemp\b/.test(said)) return { text: '/tmp/made-by-mktemp', open: false };
  if (said === 'pwd') return variables.valueOf('PWD');
  const program = /^(?:which|command -v|type -[pP]|whence) ([\w@./-]+)$/.exec(said)?.[1];
  if (program !== undefined) return { text: program, open: false };
  if (said === 'git rev-parse --show-toplevel') return variables.valueOf(TOP_OF_REPOSITORY);
  const [, where, below = ''] =
    /^git rev-parse (?:--path-format=\w+ )?--(git-dir|absolute-git-dir|git-common-dir|git-path)(?: (\S+))?$/.exec(
      said,
    ) ?? [];
  if (where !== undefined) {
    const folder = variables.valueOf(
      where === 'git-common-dir' || below.startsWith('hooks') ? SHARED_GIT_FOLDER : GIT_FOLDER,
    );
    return folder.open || below === '' ? folder : { ...folder, text: `${folder.text}/${below}` };
  }
  return writtenBy(only) ?? listing(only) ?? open;
}

/** The files that a program lists: each of them may be meant. */
function listing(program: Invocation): Word | undefined {
  const patterns = patternsListedBy(program);
  return patterns.length === 0 ? undefined : { text: anyOf(patterns), open: false, by: programOf(program) };
}
