/**
 * What a shell command does, as far as its words tell. A bundle of its own: it is most of the guard, and an edit needs none of it.
 */
import path from 'node:path';
import { braces, changesFiles, isPattern, nameOf, programOf, readsIn, stepsOf, type CommandPlace, type Invocation, type Program } from '../shell';
import { CommandRules, insteadOf, inWholeText, type CommandDanger } from '../danger/commands';
import { forbiddenBy, type Forbidden } from './forbidden/always-forbidden';
import { writesOf } from './writes/writers';

/** One word of a command, or one file of an edit, as the absolute paths that it may stand for. */
export interface Target {
  readonly places: readonly string[];
  /** Everything in it is meant too. */
  readonly deep: boolean;
}

/** One thing that a command does. */
export type Deed =
  /** What no agent may do. */
  | { readonly kind: 'forbidden'; readonly forbidden: Forbidden }
  /** It runs what cannot be read here. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'writes'; readonly target: Target }
  /** It destroys something, or lets somebody in. `folders`: where it runs, absolute. */
  | { readonly kind: 'danger'; readonly danger: CommandDanger; readonly folders: readonly string[]; readonly instead: string }
  /** It gives an interpreter a program that changes files; `cwd`: where, absolute. */
  | { readonly kind: 'program'; readonly program: Program; readonly cwd: string };

/** In the order in which they are found. A word that is not understood does nothing here. */
export function* deedsOf(command: string, where: CommandPlace): Generator<Deed> {
  const { files } = where;
  const links = new Map<string, string>();
  const rules = new CommandRules();
  for (const danger of inWholeText(command)) yield { kind: 'danger', danger, folders: [where.cwd], instead: insteadOf(danger.rule) };
  for (const { invocation, folders } of stepsOf(command, where)) {
    const begins = folders[0] ?? where.cwd;
    for (const danger of rules.of(invocation, { folders, home: where.home, root: where.root, read: readsIn(files, begins).script, isRevision: (name) => files.isRevision(begins, name) }, readsIn(files, begins))) yield { kind: 'danger', danger, folders, instead: insteadOf(danger.rule) };
    if (invocation.away !== undefined) continue;
    const forbidden = forbiddenBy(invocation, readsIn(files, begins).script);
    if (forbidden) yield { kind: 'forbidden', forbidden };
    if (invocation.unread === true) yield { kind: 'unread' };
    for (const cwd of folders) {
      for (const write of writesOf(invocation, readsIn(files, cwd).script, (name, folder) => files.isRevision(path.resolve(cwd, folder), name))) yield { kind: 'writes', target: { places: meantBy(where, cwd, write.path).flatMap((one) => [one, ...throughLinks(links, one)]), deep: write.deep } };
      noteLink(links, invocation, cwd);
    }
    for (const cwd of folders.length > 0 ? folders : [begins]) {
      const program = changing(invocation, where, cwd);
      if (program) yield { kind: 'program', program, cwd };
    }
  }
}

/** A word as the paths that it may stand for: itself too, where there is nothing yet. */
function meantBy({ files }: CommandPlace, cwd: string, text: string): string[] {
  return [text, ...braces(text)].flatMap((one) => {
    const absolute = path.resolve(cwd, one);
    return isPattern(one) ? [absolute, ...files.matching(absolute)] : [absolute];
  });
}

/** Links that a command makes before it uses them. */
function noteLink(links: Map<string, string>, { words }: Invocation, cwd: string): void {
  const program = nameOf(words[0]);
  const args = words.slice(1).map((word) => word.text);
  if (program !== 'ln' && !(program === 'cp' && args.some((text) => /^-[a-zA-Z]*[ls]|^--(?:symbolic-)?link$/.test(text)))) return;
  const symbolic = args.some((text) => /^-[a-zA-Z]*s|^--symbolic/.test(text));
  const [target, name] = args.filter((text) => !text.startsWith('-'));
  if (target === undefined) return;
  const link = path.resolve(cwd, name ?? path.basename(target));
  for (const one of [link, path.join(link, path.basename(target))]) links.set(one, path.resolve(symbolic ? path.dirname(one) : cwd, target));
}

function throughLinks(links: ReadonlyMap<string, string>, absolute: string): string[] {
  return [...links].flatMap(([link, target]) => (absolute === link ? [target] : absolute.startsWith(link + path.sep) ? [target + absolute.slice(link.length)] : []));
}

/** The program that an interpreter is given, when it changes files. */
function changing(invocation: Invocation, { files }: CommandPlace, cwd: string): Program | undefined {
  const program = programOf(invocation, readsIn(files, cwd));
  return program && changesFiles(program) ? program : undefined;
}
