/**
 * What a shell command does, as far as its words show. It has a bundle of its own because it is most of the guard, and
 * an edit needs none of it.
 */
import { actsIn } from './folders-of-command';
import { attempt, isBelow, isWindowsPath, nativePath, pathsLike, resolveIn, withSlashes } from '../base/platform';
import {
  braces,
  changesFiles,
  isPattern,
  nameOf,
  programOf,
  quotedWord,
  readsIn,
  withWritten,
  stepsOf,
  type CommandPlace,
  type Invocation,
  type LookUps,
  type Program,
} from '../danger/shell';
import {
  CommandRules,
  dangerOfLoss,
  entriesOf,
  findByTeam,
  insteadOf,
  inWholeText,
  toolDangers,
  type CommandDanger,
  type ToolCall,
} from '../danger/commands';
import type { TeamCommandRule } from '../danger/types';
import { summaryOfCall, type CallSummary } from './program-verb-and-targets';
import { CommandEnvironments, type ActsOn, type EnvironmentPlace } from './environments/environments-of-command';
import { KeyUses, type KeyUse } from './credentials/key-uses';
import type { Environment } from '../policy';
import { actOfTool, PersonActs } from './person-acts/find-person-acts';
import { objectOfCall, objectOfCommand } from './person-acts/objects-of-acts';
import type { PersonAct } from './person-acts/forges/types';
import { forbiddenBy } from './forbidden/commands-that-loosen-the-guard';
import { agentElsewhere, SecondAgents } from './forbidden/agents-without-hooks';
import { type Forbidden } from './forbidden/types';
import { writesOf } from './writes/writes-of-programs';

/** From here, so that the dangers of commands, and the reader of shell text, stay in this bundle alone. */
export { dangerOfLoss, toolDangers };
export { onlyReads } from './commands-that-only-read';

/** One word of a command, or one file of an edit, as the absolute paths that it may mean. */
export interface Target {
  readonly places: readonly string[];
  /** Everything in it counts too. */
  readonly deep: boolean;
}

/** One effect of a command. */
export type Effect =
  /** What follows acts in these folders, absolute. */
  | { readonly kind: 'folders'; readonly folders: readonly string[] }
  /** What no agent may do. */
  | { readonly kind: 'forbidden'; readonly forbidden: Forbidden }
  /** It runs something that cannot be read here. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'writes'; readonly target: Target }
  /** It destroys something, or grants access. `folders`: where it runs, absolute. */
  | {
      readonly kind: 'danger';
      readonly danger: CommandDanger;
      readonly folders: readonly string[];
      readonly instead: string;
      /** The program; undefined when it is the text as a whole. */
      readonly call: CallSummary | undefined;
    }
  /** It acts on an environment of the policy. `danger`: what rules found in it. `shown`: its first words. */
  | {
      readonly kind: 'environment';
      readonly on: ActsOn;
      readonly danger: CommandDanger | undefined;
      readonly shown: string;
      readonly instead: string;
      readonly call: CallSummary | undefined;
    }
  /** It reads, prints or sends a key. `on`: the environments that it acts on. */
  | { readonly kind: 'key'; readonly use: KeyUse; readonly on: readonly Environment[] }
  /** It does what only a person may. `object`: to what, in words. `shown`: its first words. */
  | {
      readonly kind: 'act';
      readonly act: PersonAct;
      readonly object: string | undefined;
      readonly shown: string;
      readonly call: CallSummary | undefined;
    }
  /** It runs an interpreter with a program that changes files; `cwd`: where, absolute. */
  | { readonly kind: 'program'; readonly program: Program; readonly cwd: string };

/** Where a command would run, and what it would find there. */
type Where = Omit<CommandPlace, 'files'> & {
  readonly files: LookUps & { readonly real?: (absolute: string) => string };
  readonly environments?: Omit<EnvironmentPlace, 'home' | 'text'> | undefined;
  /** The policy's own rules about commands. */
  readonly teamRules?: readonly TeamCommandRule[];
  /** The checks that the policy requires, by name. */
  readonly checks?: readonly string[];
};

/**
 * The effects of a tool's call: those of what it carries, and only without any what its name says. `byName`: whether
 * that counts, of the policy as a whole and in an environment that it acts on.
 */
export function* effectsOfCall(
  call: ToolCall & { readonly writes: boolean },
  where: Where,
  {
    byName,
    environments,
  }: { readonly byName: boolean; readonly environments: readonly (ActsOn & { readonly byName: boolean })[] },
): Generator<Effect> {
  const { lines, carried, named } = toolDangers(call);
  const summary: CallSummary = {
    program: `${call.server ?? ''} ${call.tool}`
      .replace(/[^\w.-]+/g, ' ')
      .trim()
      .slice(0, 60),
    verb: null,
    targets: [],
    folder: where.cwd,
  };
  const found: CommandDanger[] = [...carried];
  const given = entriesOf(call.input).map(({ value }) => value);
  const isGiven = (line: string): boolean => given.some((value) => typeof value === 'string' && value.includes(line));
  for (const line of lines)
    for (const effect of effectsOf(line, where)) {
      if (effect.kind === 'danger') {
        found.push(effect.danger);
        yield { ...effect, instead: insteadOf(effect.danger, isGiven(line) ? 'command' : 'tool') };
      }
      // what it is given may be no command at all, so that nobody is asked about what can't be read
      else if (effect.kind !== 'unread') yield effect;
    }
  const act = actOfTool(call, where.checks ?? []);
  if (act !== undefined) yield { kind: 'act', act, object: objectOfCall(act, call), shown: call.shown, call: summary };
  for (const use of new KeyUses(keyPlace(where), '').ofTool(call, where.cwd))
    yield { kind: 'key', use, on: environments.map(({ environment }) => environment) };
  const own = found.length > 0 ? carried : byName ? named : [];
  for (const danger of own)
    yield { kind: 'danger', danger, folders: [where.cwd], instead: insteadOf(danger), call: summary };
  for (const on of environments) {
    const all = found.length > 0 ? found : on.byName ? named : [];
    for (const danger of all.length > 0 ? all : call.writes && on.byName ? [undefined] : [])
      yield {
        kind: 'environment',
        on,
        danger,
        shown: call.shown,
        call: summary,
        instead: danger ? insteadOf(danger) : TO_A_PERSON,
      };
  }
}

/** The effects of a tool that shows a file's text. */
export function* effectsOfShowing(file: string, where: Where): Generator<Effect> {
  for (const use of new KeyUses(keyPlace(where), '').ofFile(file, where.cwd)) yield { kind: 'key', use, on: [] };
}

/** In the order found. A word that is not understood has no effect here. */
export function* effectsOf(command: string, where: Where, shell?: 'powershell' | 'cmd'): Generator<Effect> {
  yield* effectsInSh(shell === undefined ? command : inShell(shell, command), where);
  if (shell !== undefined) {
    for (const use of new KeyUses(keyPlace(where), command).inWhole(where.cwd)) yield { kind: 'key', use, on: [] };
    return;
  }
  // there it may be any of them
  if (isWindowsPath(where.cwd))
    for (const other of ['powershell', 'cmd'] as const)
      if (LOOKS_LIKE[other].test(command))
        for (const effect of effectsInSh(inShell(other, command), where))
          if (effect.kind === 'danger' || effect.kind === 'writes' || effect.kind === 'folders') yield effect;
}

/** Words that another shell than sh has. */
const LOOKS_LIKE = {
  powershell:
    /\b(?:remove|clear|move|set|stop|invoke|get|new|out)-[a-z]|\[[\w.]+\]::|\$env:|(?:^|[|;{]\s*)(?:ri|gci|iex|%)\s/i,
  cmd: /^(?=[^']*$)(?:[^]*(?:\b(?:rd|rmdir|del|erase)\s*\/|\^\S|%\w+%|%%?\w\s+in\s*\())/i,
} as const;

/** As a command of sh that hands it to the other shell. */
const inShell = (shell: 'powershell' | 'cmd', command: string): string =>
  `${shell === 'cmd' ? 'cmd /c' : 'pwsh -Command'} ${quotedWord(command)}`;

function* effectsInSh(command: string, where: Where): Generator<Effect> {
  const { files } = where;
  const acting = new CommandEnvironments({
    environments: [],
    env: {},
    ...where.environments,
    home: where.home,
    text: (absolute) => files.text(absolute),
  });
  const links = new Map<string, string>();
  const rules = new CommandRules('judged');
  const acts = new PersonActs(where, where.checks ?? []);
  const agents = new SecondAgents();
  const keys = new KeyUses(keyPlace(where), command);
  for (const use of keys.inWhole(where.cwd)) yield { kind: 'key', use, on: [] };
  for (const danger of inWholeText(command))
    yield { kind: 'danger', danger, folders: [where.cwd], instead: insteadOf(danger), call: undefined };
  for (const { invocation, folders } of stepsOf(command, where)) {
    const begins = folders[0] ?? where.cwd;
    const reads = withWritten(readsIn(files, begins), invocation.written);
    const place = {
      folders,
      home: where.home,
      root: where.root,
      read: reads.script,
      isRevision: (name: string) => files.isRevision(begins, name),
      real: (absolute: string) => realWithSlashes(files, absolute),
    };
    const byTeam = findByTeam(invocation, place, where.teamRules ?? []);
    const dangers = [...rules.of(invocation, place, reads, byTeam.length > 0), ...byTeam];
    const inside = actsIn(invocation, folders);
    yield { kind: 'folders', folders: inside };
    const environments = acting.of(invocation, inside, dangers.length > 0);
    const call = dangers.length + environments.length === 0 ? undefined : summaryOfCall(invocation, begins);
    for (const danger of dangers) yield { kind: 'danger', danger, folders: inside, instead: insteadOf(danger), call };
    for (const on of environments) {
      for (const danger of dangers.length > 0 ? dangers : [undefined])
        yield {
          kind: 'environment',
          on,
          danger,
          shown: shownCall(invocation),
          instead: danger ? insteadOf(danger) : TO_A_PERSON,
          call,
        };
    }
    const act = acts.of(invocation, begins, reads);
    if (act !== undefined)
      yield {
        kind: 'act',
        act,
        object: objectOfCommand(act, invocation, reads),
        shown: shownCall(invocation),
        call: call ?? summaryOfCall(invocation, begins),
      };
    const begun = invocation.away === undefined ? undefined : agentElsewhere(invocation);
    if (begun) yield { kind: 'forbidden', forbidden: begun };
    if (invocation.away === 'new') continue;
    for (const use of keys.of(invocation, begins, reads))
      yield {
        kind: 'key',
        use,
        // a program that only shows a key may act on an environment, too
        on: acting.of(invocation, inside, true).map(({ environment }) => environment),
      };
    if (invocation.away !== undefined) continue;
    const forbidden = forbiddenBy(invocation, reads.script) ?? agents.of(invocation, reads);
    if (forbidden) yield { kind: 'forbidden', forbidden };
    if (invocation.unread === true) yield { kind: 'unread' };
    for (const cwd of folders) {
      for (const write of writesOf(
        invocation,
        withWritten(readsIn(files, cwd), invocation.written).script,
        (name, folder) => files.isRevision(resolveIn(cwd, folder), name),
      ))
        yield {
          kind: 'writes',
          target: {
            places: meantBy(where, cwd, write.path).flatMap((one) => [one, ...throughLinks(links, one)]),
            deep: write.deep,
          },
        };
      noteLink(links, invocation, cwd);
    }
    for (const cwd of folders.length > 0 ? folders : [begins]) {
      const program = changing(invocation, where, cwd);
      if (program) yield { kind: 'program', program, cwd };
    }
  }
}

const keyPlace = (where: Where): ConstructorParameters<typeof KeyUses>[0] => ({
  home: where.home,
  root: where.root,
  environments: where.environments?.environments ?? [],
});

/** The first program of a command that is not only there to get somewhere; undefined when there is none. */
export function firstCall(command: string, where: CommandPlace): CallSummary | undefined {
  let first: CallSummary | undefined;
  for (const { invocation, folders } of stepsOf(command, where)) {
    const call = summaryOfCall(invocation, folders[0] ?? where.cwd);
    if (call !== undefined && !/^(?:cd|pushd|export|set|source|echo|true)$/.test(call.program)) return call;
    first ??= call;
  }
  return first;
}

function realWithSlashes({ real }: { readonly real?: (absolute: string) => string }, slashed: string): string {
  const native = nativePath(slashed, slashed);
  return attempt(() => withSlashes(real?.(native) ?? native), slashed); // where it leads can't be seen, so it is where its letters say
}

const TO_A_PERSON = 'Say what you would run and why, and let a person run it; or use another environment.';

/** Its first words, on one line. */
function shownCall({ words }: Invocation): string {
  const text = words
    .map((word) => word.text)
    .join(' ')
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The paths that a word may mean, including the word itself, where nothing exists yet. */
function meantBy({ files }: CommandPlace, cwd: string, text: string): string[] {
  return [text, ...braces(text)].flatMap((one) => {
    const absolute = resolveIn(cwd, one);
    return isPattern(one) ? [absolute, ...files.matching(absolute)] : [absolute];
  });
}

/** Notes links that a command creates before it uses them. */
function noteLink(links: Map<string, string>, { words }: Invocation, cwd: string): void {
  const program = nameOf(words[0]);
  const args = words.slice(1).map((word) => word.text);
  if (program === 'mklink') {
    const [name, target] = args.filter((text) => !/^\/[a-z]$/i.test(text));
    if (name !== undefined && target !== undefined) links.set(resolveIn(cwd, name), resolveIn(cwd, target));
    return;
  }
  if (
    program !== 'ln' &&
    !(program === 'cp' && args.some((text) => /^-[a-zA-Z]*[ls]|^--(?:symbolic-)?link$/.test(text)))
  )
    return;
  const symbolic = args.some((text) => /^-[a-zA-Z]*s|^--symbolic/.test(text));
  const [target, name] = args.filter((text) => !text.startsWith('-'));
  if (target === undefined) return;
  const paths = pathsLike(cwd);
  const link = resolveIn(cwd, name ?? paths.basename(target));
  for (const one of [link, paths.join(link, paths.basename(target))])
    links.set(one, resolveIn(symbolic ? paths.dirname(one) : cwd, target));
}

function throughLinks(links: ReadonlyMap<string, string>, absolute: string): string[] {
  return [...links].flatMap(([link, target]) =>
    absolute === link ? [target] : isBelow(link, absolute) ? [target + absolute.slice(link.length)] : [],
  );
}

/** The program that an interpreter is given, if it changes files. */
function changing(invocation: Invocation, { files }: CommandPlace, cwd: string): Program | undefined {
  const program = programOf(invocation, withWritten(readsIn(files, cwd), invocation.written));
  return program && changesFiles(program) ? program : undefined;
}
