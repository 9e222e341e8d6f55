/** `linekeeper policy`: whether the policy file is valid, which policy applies here, and what it requires where. */
import { jsonText, POLICY_PATH, list, quoted } from '../../policy';
import { checkFile, problemLines } from '../policy/check-policy-file';
import { explainPath } from '../policy/explain-path';
import { explainRule, mayBeRule } from '../policy/explain-rule';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createFile } from '../../base/files';
import { isBelow } from '../../base/platform';
import { creditWritten } from '../credit-files-to-caller';
import { showPeople } from '../policy/show-people';
import { showPolicy } from '../policy/show-policy';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { FLOOR_OPTION, floorsOf } from '../arguments/floor-file';
import { noSubcommand } from '../arguments/unknown-subcommand-error';

const ACTIONS: Readonly<Record<string, (call: Call, words: readonly string[]) => Promise<ExitCode>>> = {
  check: (call, words) => checkFile(call, atMost(words, 1)[0]),
  init: (call, words) => (atMost(words, 0), initPolicy(call)),
  vendor: async (call, words) => {
    const [url] = atMost(words, 1);
    const { vendorPolicy } = await import('../policy/vendor-policy');
    return vendorPolicy(call, url);
  },
  rehearse: async (call, words) => {
    const [branch] = atMost(words, 1);
    const { rehearsePolicy } = await import('../policy/rehearse-policy');
    return rehearsePolicy(call, branch);
  },
  show: (call, words) => (atMost(words, 0), showPolicy(call)),
  people: (call, words) => (atMost(words, 0), showPeople(call)),
  schema: async (call, words) => {
    atMost(words, 0);
    const { policyJsonSchema } = await import('../../policy/file/schema');
    call.terminal.out(jsonText(policyJsonSchema()));
    return 0;
  },
  explain: async (call, words) => {
    const [name] = atMost(words, 1);
    if (name === undefined)
      throw new CannotSay(
        'A path, a rule, a tool or a command is missing, as in "linekeeper policy explain infra/db.tf".',
      );
    // no path has several words, unless there is one or it is in the repository by its name
    const file = path.resolve(call.terminal.cwd, name);
    const isPath = existsSync(file) || (path.isAbsolute(name) && isBelow(call.repository().root, file));
    if (/\s/.test(name) && !isPath) {
      const { answerOn, answerText, SHELL } = await import('../preview-guard-answer');
      const answer = await answerOn(call, { tool: SHELL, input: { command: name } });
      call.terminal.out(
        call.json
          ? jsonText({ command: name, ...answer })
          : `${answerText(name, answer)}\n"linekeeper may" answers this for commands and tools.\n`,
      );
      return 0;
    }
    const { explainToolNamed, mayBeTool } = await import('../policy/explain-tool');
    if (mayBeTool(call, name)) return explainToolNamed(call, name);
    return (mayBeRule(name) ? await explainRule(call, name) : undefined) ?? explainPath(call, name);
  },
};

export const policy: Verb = {
  name: 'policy',
  summary: 'Write, check, rehearse and explain the policy',
  example: 'linekeeper policy explain infra/db.tf',
  exits: '0 done. 1 if the policy has mistakes, or the members of a team are unknown (policy people --refresh).',
  usage:
    'init [--preset PRESET] [--mode observe|enforce] [--floor FILE] [--print] | check [FILE] [--floor FILE] | vendor [URL[@REF]] [--path FILE] [--as NAME] | rehearse [BRANCH] [--since 90d] [--policy FILE] [--pace N] [--format text|json|html] [--output FILE] | show [--file FILE] [--floor FILE] | people [--refresh] | schema | explain PATH|RULE|TOOL|COMMAND [--file FILE] [--floor FILE]',
  more: `
init      write a first policy
check     find mistakes in the policy
vendor    fetch or update a shared policy
rehearse  replay earlier merges under a policy
show      print the policy that decides, with the source of each part
people    list everybody's level
schema    print the JSON Schema of the file
explain   show the sign-offs for a path, or the answer to a rule, tool or command
`,
  options: {
    preset: {
      type: 'string',
      value: 'PRESET',
      says: 'init: startup (default: sign-offs for risky files and large AI changes), regulated (a sign-off for every change), platform (code owners sign risky files), or colleagues (no levels)',
    },
    mode: {
      type: 'string',
      value: 'MODE',
      says: 'init: observe (default) reports and stops nothing, enforce requires sign-offs',
    },
    floor: {
      ...FLOOR_OPTION,
      says: "init, check, show, explain: the company's floor, a file outside of this repository",
    },
    print: { type: 'boolean', says: 'init: show the policy and write nothing' },
    file: { type: 'string', value: 'FILE', says: 'show, explain: this draft instead of the policy that decides' },
    path: { type: 'string', value: 'FILE', says: 'vendor: the file in its own repository; default: .linekeeper.yml' },
    as: { type: 'string', value: 'NAME', says: 'vendor: the name of the file here, such as acme.yml' },
    since: { type: 'string', value: 'DAY', says: 'rehearse: from this day (2026-01-31) or age (90d, the default)' },
    policy: { type: 'string', value: 'FILE', says: 'rehearse: compare this draft with the policy that decides' },
    pace: {
      type: 'string',
      value: 'N',
      says: 'rehearse: the reading speed for the estimate, in lines an hour; default: 400',
    },
    format: { type: 'string', value: 'FORMAT', says: 'rehearse: text (default), json or html' },
    output: { type: 'string', value: 'FILE', says: 'rehearse: write the answer to this file' },
    refresh: {
      type: 'boolean',
      says: 'people: ask the Git host for the members of teams, and keep the answer for 30 days',
    },
  },
  async run(call): Promise<ExitCode> {
    const [word, ...rest] = call.positionals;
    const action = word === undefined || !Object.hasOwn(ACTIONS, word) ? undefined : ACTIONS[word];
    if (action === undefined) throw noSubcommand('policy', word, Object.keys(ACTIONS));
    return action(call, rest);
  },
};

function atMost(words: readonly string[], count: number): readonly string[] {
  if (words.length > count)
    throw new CannotSay(
      `Unexpected argument ${JSON.stringify(words[count])}. "linekeeper help policy" shows its usage.`,
    );
  return words;
}

// `linekeeper policy init`: a first policy, based on what is in the repository.

/** Writes it, or prints it with `--print`. Never touches an existing policy. */
async function initPolicy(call: Call): Promise<ExitCode> {
  const { terminal, values } = call;
  const repository = call.repository();
  const { isPreset, PRESETS, readFacts, starterFloor, starterPolicy } = await import('../../policy/starter');
  const preset = values['preset'] ?? 'startup';
  if (typeof preset !== 'string' || !isPreset(preset))
    throw new CannotSay(
      `There is no preset ${quoted(String(preset))}. --preset takes one of ${list(PRESETS, PRESETS.length)}.`,
    );
  const mode = values['mode'] ?? 'observe';
  if (mode !== 'observe' && mode !== 'enforce')
    throw new CannotSay(`There is no mode ${quoted(String(mode))}. --mode takes observe or enforce.`);
  const floors = floorsOf(call, repository);
  const { managedFloors } = await import('../../policy/load');
  const { parsePolicy } = await import('../../policy/file/parse');
  const text = starterPolicy(await readFacts(repository), preset, mode, await starterFloor(floors, managedFloors()));
  const parsed = parsePolicy(text, undefined, floors);
  for (const line of problemLines(POLICY_PATH, parsed.ok ? [] : parsed.problems))
    terminal.err(`linekeeper: over the floor: ${line}`);
  if (values['print'] === true) {
    terminal.out(text);
    return 0;
  }
  const file = path.join(repository.root, POLICY_PATH);
  if (existsSync(file))
    throw new CannotSay(
      `${POLICY_PATH} already exists and was not changed. "linekeeper policy init --print" prints a new one.`,
    );
  createFile(file, text);
  await creditWritten({ terminal, repository }, [POLICY_PATH], { author: 'human' });
  terminal.out(
    `${POLICY_PATH} written (${text.includes('\n# Preset ') ? `preset ${preset}` : "the floor's levels, so no preset"}). Review the file${text.includes('\n  senior: ') ? ', above all the list of seniors' : ''}, and commit it. The policy decides once it is on the default branch.${text.includes('\nmode: observe') ? ' In mode: observe it only reports. To require sign-offs, write mode: enforce.' : mode === 'observe' ? " It enforces, because your company's floor does, and no policy below it may observe." : ''}\n`,
  );
  return 0;
}
