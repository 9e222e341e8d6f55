/**
 * A second agent in which no hook would run: started by an option, a variable or a configuration that switches its hooks
 * off. What switches them off says the table of assistants.
 */
import { SWITCHES, type HookSwitches } from '../../provenance/assistants/switches';
import { once } from '../../danger/commands';
import { nameOf, programOf, type Invocation, type Reads } from '../../danger/shell';
import type { Forbidden } from './types';

const byProgram = once(
  () => new Map(SWITCHES.flatMap((switches) => switches.programs.map((program) => [program, switches] as const))),
);
const anyProgram = once(() => new RegExp(String.raw`["'\s/](?:${[...byProgram().keys()].join('|')})["'\s]`));
const allMoves = once(() => new Set(SWITCHES.flatMap(({ moves }) => moves)));
const allOff = once(() => new Set(SWITCHES.flatMap(({ offVariables }) => offVariables)));

/** Starts nothing that edits. */
const HARMLESS =
  /^(?:--version|-v|-V|--help|-h|help|update|upgrade|doctor|login|logout|completion|mcp|config|auth|plugin)$/;
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
    const switches =
      byProgram().get(name.replace(/\.(?:exe|cmd|ps1)$/i, '').replace(/(.)@[\w.^~-]+$/, '$1')) ?? ofWord(invocation);
    if (switches === undefined) return inCode(invocation, reads);
    const words = invocation.words.slice(1).map(({ text }) => text);
    if (HARMLESS.test(words[0] ?? '')) return undefined;
    const variables = new Map([...this.exported, ...invocation.assignments.map(pairOf)]);
    const by =
      [...variables].map(([key, value]) => byVariable(switches, key, value)).find((found) => found !== undefined) ??
      byOption(switches, words, reads);
    return by === undefined ? undefined : refused(switches, by);
  }

  private keep({ words, assignments }: Invocation): void {
    for (const text of [...assignments, ...words.slice(1).map((word) => word.text)]) {
      const [name, value] = pairOf(text);
      if (HOME.test(name) || allMoves().has(name) || allOff().has(name)) this.exported.set(name, value);
    }
  }
}

/** A package's name has a `/`, which is no folder's. */
const ofWord = ({ words }: Invocation): HookSwitches | undefined =>
  byProgram().get((words[0]?.text ?? '').replace(/(.)@[\w.^~-]+$/, '$1'));

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
  if (program === undefined || !anyProgram().test(program.text)) return undefined;
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
  return undefined;
}

const refused = ({ title }: HookSwitches, by: string): Forbidden => ({
  why: `This starts ${title} without its hooks (${by}), which record and hold back what agents do.`,
  instead: `Start ${title} with the configuration that the person has, without that option or variable.`,
});
