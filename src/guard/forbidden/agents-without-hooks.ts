/**
 * A second agent in which no hook would run, or that asks nobody: started by an option, a variable or a configuration
 * that switches its hooks or its approvals off. The table of assistants says which these are.
 */
import { SWITCHES, type HookSwitches } from '../../provenance/assistants/hook-switches';
import { once } from '../../danger/commands';
import { nameOf, programOf, type Invocation, type Reads } from '../../danger/shell';
import type { Forbidden } from './types';

const WITH_HOOKS = SWITCHES.filter(({ begins }) => begins === undefined);
const byProgram = once(
  () => new Map(WITH_HOOKS.flatMap((switches) => switches.programs.map((program) => [program, switches] as const))),
);
const allMoves = once(() => new Set(SWITCHES.flatMap(({ moves }) => moves)));
const allOff = once(() => new Set(SWITCHES.flatMap(({ offVariables }) => offVariables)));

/** Agents in which no hook of ours runs, and how a task begins in each: those with a folder of their own first. */
const WITHOUT_HOOKS: readonly (readonly [program: string, title: string, begins: RegExp])[] = [
  ...SWITCHES.flatMap(({ programs, title, begins }) =>
    begins === undefined ? [] : programs.map((program) => [program, title, begins] as const),
  ),
  ['goose', 'Goose', /^(?:run|session|recipe)\b/],
  ['crush', 'Crush', /^run\b|^(?:-y|--yolo)\b/],
  ['openhands', 'OpenHands', /(?:^| )(?:-t|--task|-f|--file)(?:[ =]|$)/],
  ['plandex', 'Plandex', /^(?:tell|build|apply|continue)\b/],
  ['pdx', 'Plandex', /^(?:tell|build|apply|continue)\b/],
  ['gptme', 'gptme', /^(?!-)|(?:^| )(?:-y|-n|--no-confirm|--non-interactive)(?: |$)/],
  ['droid', 'Droid', /^exec\b/],
  ['auggie', 'Auggie', /(?:^| )(?:-p|--print|-i|--instruction)(?:[ =]|$)/],
];
const anyAgent = once(() => {
  const names = [...SWITCHES.flatMap(({ programs }) => programs), ...WITHOUT_HOOKS.map(([program]) => program)];
  return new RegExp(String.raw`["'\s/](?:${names.join('|')})["'\s]`);
});

/** Starts nothing that edits. */
const HARMLESS =
  /^(?:--version|-v|-V|--help|-h|help|update|upgrade|doctor|login|logout|completion|mcp|config|auth|plugin)$/;
/** Options of agents that nobody has a row for, by which they ask nobody. */
const SKIPS_ANYWHERE =
  /^--(?:dangerously-(?:skip-permissions|bypass-approvals[\w-]*|allow-all)|skip-permissions-unsafe|trust-all-tools|yolo)$/;
/** The same in a program's text. */
const SKIPS_IN_CODE =
  /--dangerously-[\w-]+|--skip-permissions-unsafe|--trust-all-tools|--yolo\b|--allow-all-tools|\bbypassPermissions\b|\bdanger-full-access\b|\b(?:allowD|d)angerously(?:Skip|Allow)\w+/;
const HOME = /^(?:HOME|USERPROFILE)$/;
const NOTHING = /^(?:0|false|no|off|)$/i;

/** What one command starts, in order. */
export class SecondAgents {
  /** Set for all that follows. */
  private readonly exported = new Map<string, string>();

  of(invocation: Invocation, reads: Reads): Forbidden | undefined {
    const name = nameOf(invocation.words[0]);
    if (/^(?:export|declare|typeset|setenv|set)$/.test(name)) {
      this.keep(invocation);
      return undefined;
    }
    const switches = agentOf(invocation);
    if (switches === undefined)
      return withoutHooks(name, invocation) ?? unknownSkipping(invocation) ?? inCode(invocation, reads);
    const words = invocation.words.slice(1).map(({ text }) => text);
    if (HARMLESS.test(words[0] ?? '')) return undefined;
    const variables = new Map([...this.exported, ...invocation.assignments.map(pairOf)]);
    const by =
      [...variables].map(([key, value]) => byVariable(switches, key, value)).find((found) => found !== undefined) ??
      byOption(switches, words, reads);
    if (by !== undefined) return refused(switches, by);
    const skipping =
      skippedBy(switches, [...[...variables].map(([key, value]) => `${key}=${value}`), ...words]) ??
      skippedInFile(switches, reads);
    return skipping === undefined ? undefined : asksNobody(switches.title, skipping);
  }

  private keep({ words, assignments }: Invocation): void {
    for (const text of [...assignments, ...words.slice(1).map((word) => word.text)]) {
      const [name, value] = pairOf(text);
      if (
        HOME.test(name) ||
        allMoves().has(name) ||
        allOff().has(name) ||
        SWITCHES.some((one) => one.skips?.test(text))
      )
        this.exported.set(name, value);
    }
  }
}

/** The word, or the word with its value, by which nobody is asked. */
function skippedBy({ skips }: HookSwitches, words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options
    .flatMap((word, index) => [word, `${word} ${options[index + 1] ?? ''}`])
    .find((text) => (skips?.test(text) ?? false) || SKIPS_ANYWHERE.test(text));
}

/** The file of the repository that says so. */
const skippedInFile = ({ skippedIn }: HookSwitches, reads: Reads): string | undefined =>
  skippedIn?.files.find((file) => skippedIn.says.test(reads.script(file) ?? ''));

/** A program without a row that has an agent's option. */
function unknownSkipping({ words: [program, ...words] }: Invocation): Forbidden | undefined {
  if (/^(?:echo|printf|grep|rg|git|gh|glab|sed|awk|man|tldr)$/.test(nameOf(program))) return undefined;
  const option = words.map(({ text }) => text).find((text) => SKIPS_ANYWHERE.test(text));
  return option === undefined || words.some(({ text }) => HARMLESS.test(text))
    ? undefined
    : asksNobody(nameOf(program), option);
}

const byLibrary = ({ title }: HookSwitches): Forbidden => ({
  why: `This starts ${title} by its library, which reads no settings and runs no hook, so a person must agree first.`,
  instead: 'Do the task yourself, or let the library read the settings of the person.',
  ask: true,
});

const asksNobody = (title: string, by: string): Forbidden => ({
  why: `This starts ${title} so that it asks nobody before it acts (${by.replace(/=[^]*/, '')}), so a person must agree first.`,
  instead: 'Start it without that option, do the task yourself, or ask the person to start it.',
  ask: true,
});

function withoutHooks(name: string, { words }: Invocation): Forbidden | undefined {
  const line = words
    .slice(1)
    .map(({ text }) => text)
    .join(' ');
  if (/(?:^| )(?:--help|-h|--version|--show-prompts|--list-models)(?: |$)/.test(line)) return undefined;
  const [, title] = WITHOUT_HOOKS.find(([program, , begins]) => program === name && begins.test(line)) ?? [];
  return title === undefined
    ? undefined
    : {
        why: `This gives ${title} a task, and no hook there records or restricts it, so a person must agree first.`,
        instead: 'Do the task yourself, or ask the person to start that assistant.',
        ask: true,
      };
}

/** `claude@latest` is the program of that package. */
const withoutVersion = (name: string): string => name.replace(/(.)@[\w.^~-]+$/, '$1');

/** By its program, or by its package, whose name has a `/` that is no folder's. */
const agentOf = ({ words: [program, verb] }: Invocation): HookSwitches | undefined =>
  byProgram().get(`${nameOf(program)} ${verb?.text ?? ''}`) ??
  byProgram().get(withoutVersion(nameOf(program).replace(/\.(?:exe|cmd|ps1)$/i, ''))) ??
  byProgram().get(withoutVersion(program?.text ?? ''));

/** An agent that is started in a container or on another machine, where the hooks of this one do not run. */
export function agentElsewhere(invocation: Invocation): Forbidden | undefined {
  const [, first] = invocation.words;
  const switches = first === undefined || HARMLESS.test(first.text) ? undefined : agentOf(invocation);
  return switches === undefined ? withoutHooks(nameOf(invocation.words[0]), invocation) : elsewhere(switches);
}

const elsewhere = ({ title }: HookSwitches): Forbidden => ({
  why: `This starts ${title} in a container or on another machine, where the hooks of this one do not run, so a person must agree first.`,
  instead: `Do the task here, or ask the person to start ${title} there.`,
  ask: true,
});

const pairOf = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
};

function byVariable({ moves, offVariables }: HookSwitches, name: string, value: string): string | undefined {
  if (moves.includes(name) || HOME.test(name)) return `${name} moves its configuration`;
  return offVariables.includes(name) && !NOTHING.test(value) ? `${name} switches its hooks off` : undefined;
}

function byOption(switches: HookSwitches, words: readonly string[], reads: Reads): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === '--') return undefined;
    const [option, joined] = word.startsWith('--') && word.includes('=') ? pairOf(word) : [word, undefined];
    const value = joined ?? words[index + 1] ?? '';
    if (switches.options.includes(option)) return `${option} leaves its hooks out`;
    if (switches.disables?.option === option && value === switches.disables.name)
      return `${option} ${value} switches its hooks off`;
    const short = switches.givenSettings.find((one) => /^-\w$/.test(one) && word.startsWith(one) && word.length > 2);
    if (switches.givenSettings.includes(option) && switchesOff(switches, value, reads))
      return `${option} switches its hooks off`;
    if (short !== undefined && switchesOff(switches, word.slice(2), reads)) return `${short} switches its hooks off`;
  }
  return undefined;
}

/** Whether settings that an option is given switch hooks off, or can't be read. */
function switchesOff({ settings }: HookSwitches, given: string, reads: Reads): boolean {
  const pair = /^([\w."'-]+)\s*=\s*([^]*)$/.exec(given);
  if (pair !== null) {
    const key = (pair[1] ?? '').replace(/["']/g, '');
    const value = (pair[2] ?? '').trim();
    return settings.some(({ key: keys, off }) => {
      const whole = keys.join('.');
      // a table that is set as a whole: `features={hooks=false}`
      return key === whole ? value === String(off) : whole.startsWith(`${key}.`) && value.includes(String(off));
    });
  }
  const text = given.trimStart().startsWith('{') ? given : reads.script(given);
  if (text === undefined) return true;
  return settings.some(({ key, off }) =>
    new RegExp(String.raw`"${key.at(-1) ?? ''}"\s*:\s*${String(off)}\b`).test(text),
  );
}

/** A program's text that starts one: its words are literals there. */
function inCode(invocation: Invocation, reads: Reads): Forbidden | undefined {
  const program = programOf(invocation, reads);
  if (program === undefined) return undefined;
  const started = SWITCHES.find(
    ({ library: known }) =>
      known?.named.test(program.text) === true &&
      known.starts.test(program.text) &&
      !known.withHooks.test(program.text),
  );
  if (started !== undefined) return byLibrary(started);
  if (!anyAgent().test(program.text)) return undefined;
  for (const switches of SWITCHES) {
    if (!switches.programs.some((name) => new RegExp(String.raw`["'\s/]${name}["'\s]`).test(program.text))) continue;
    const word = [...switches.options, ...switches.moves, ...switches.offVariables].find((text) =>
      program.text.includes(text),
    );
    const setting = switches.settings.find(({ key, off }) =>
      program.text.replace(/\s/g, '').includes(`${key.join('.')}=${String(off)}`),
    );
    if (word !== undefined) return refused(switches, `${word} in it leaves its hooks out`);
    if (setting !== undefined) return refused(switches, `${setting.key.join('.')} in it switches its hooks off`);
  }
  const skipping = SKIPS_IN_CODE.exec(program.text)?.[0];
  return skipping === undefined ? undefined : asksNobody('an assistant', skipping);
}

const refused = ({ title }: HookSwitches, by: string): Forbidden => ({
  why: `This starts ${title} without its hooks (${by}), which record and restrict agents.`,
  instead: `Start ${title} with the configuration that the person has, without that option or variable.`,
});
