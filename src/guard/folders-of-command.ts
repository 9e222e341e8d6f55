/** The folders that a command acts in, where it changes to another one by an option of its own. */
import { nameOf, type Invocation } from '../danger/shell';
import { resolveIn } from '../base/platform';

/** Options that name that folder, by program: `-chdir=prod`, `-C prod`. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  terraform: /^--?chdir$/,
  tofu: /^--?chdir$/,
  terragrunt: /^--?(?:chdir|working-dir|terragrunt-working-dir)$/,
  pulumi: /^(?:-C|--cwd)$/,
  make: /^(?:-C|--directory)$/,
  git: /^-C$/,
  npm: /^(?:-C|--prefix)$/,
  pnpm: /^(?:-C|--dir)$/,
  yarn: /^--cwd$/,
  compose: /^--project-directory$/,
  docker: /^--project-directory$/,
};

/**
 * `folders`: those that the shell stands in, absolute. What the option says stands for itself where nobody knows its
 * value.
 */
export function actsIn({ words }: Pick<Invocation, 'words'>, folders: readonly string[]): readonly string[] {
  const [program, ...args] = words;
  const name =
    program === undefined
      ? ''
      : nameOf(program)
          .replace(/\.exe$/i, '')
          .toLowerCase();
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (option === undefined) return folders;
  let inside = folders;
  args.forEach(({ text, open }, index) => {
    const [, before = text, value] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
    if (!option.test(before)) return;
    const folder = value === undefined ? args[index + 1] : { text: value, open };
    if (folder !== undefined && !folder.open && folder.text !== '')
      inside = inside.map((one) => resolveIn(one, folder.text));
  });
  return inside;
}
