/** `linekeeper policy`: whether the policy file is valid, which policy applies here, and what it requires where. */
import { jsonText } from '../../policy';
import { checkFile } from '../policy/check-file';
import { explainPath } from '../policy/explain';
import { explainRule, mayBeRule } from '../policy/explain-rule';
import { initPolicy } from '../policy/init';
import { showPeople } from '../policy/people';
import { showPolicy } from '../policy/show';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

const ACTIONS: Readonly<Record<string, (call: Call, words: readonly string[]) => Promise<ExitCode>>> = {
  check: (call, words) => checkFile(call, atMost(words, 1)[0]),
  init: (call, words) => (atMost(words, 0), initPolicy(call)),
  vendor: async (call, words) => {
    const [url] = atMost(words, 1);
    const { vendorPolicy } = await import('../policy/vendor');
    return vendorPolicy(call, url);
  },
  rehearse: async (call, words) => {
    const [branch] = atMost(words, 1);
    const { rehearsePolicy } = await import('../policy/rehearse');
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
    if (name === undefined) throw new CannotSay('Which path or rule? Usage: linekeeper policy explain PATH|RULE');
    return (mayBeRule(name) ? await explainRule(call, name) : undefined) ?? explainPath(call, name);
  },
};

export const policy: Verb = {
  name: 'policy',
  summary: 'Begin a policy, check the file, show what decides here, explain what a path is asked for or a rule means',
  usage:
    'init [--preset PRESET] [--print] | check [FILE] | vendor [URL[@REF]] [--path FILE] [--as NAME] | rehearse [BRANCH] [--since 90d] [--policy FILE] [--format text|json|html] [--output FILE] | show [--file FILE] | people [--refresh] | schema | explain PATH|RULE [--file FILE]',
  options: {
    preset: { type: 'string' },
    print: { type: 'boolean' },
    file: { type: 'string' },
    path: { type: 'string' },
    as: { type: 'string' },
    since: { type: 'string' },
    policy: { type: 'string' },
    pace: { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string' },
    refresh: { type: 'boolean' },
  },
  async run(call): Promise<ExitCode> {
    const [word, ...rest] = call.positionals;
    const action = word === undefined || !Object.hasOwn(ACTIONS, word) ? undefined : ACTIONS[word];
    if (action === undefined)
      throw new CannotSay(
        `Missing subcommand: "linekeeper policy" takes one of ${Object.keys(ACTIONS).join(', ')}. Usage: linekeeper policy ${policy.usage}`,
      );
    return action(call, rest);
  },
};

function atMost(words: readonly string[], count: number): readonly string[] {
  if (words.length > count)
    throw new CannotSay(
      `That is a word too many: ${JSON.stringify(words[count])}. Usage: linekeeper policy ${policy.usage}`,
    );
  return words;
}
