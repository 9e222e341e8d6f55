/** `linekeeper policy explain RULE`: what a danger rule notices, how bad it is, and what to do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { jsonText } from '../../policy';
import { RULES, type Rule } from '../../danger/rules';
import { CannotSay, type Call, type ExitCode } from '../verb';

/** Ids of rules begin with their class: a path may too, and then there is no such rule. */
export const mayBeRule = (name: string): boolean => /^(?:destructive|permissions|secrets)\/[a-z0-9-]+$/.test(name);

/** Undefined where there is no such rule: the name may be that of a path. */
export async function explainRule(call: Call, name: string): Promise<ExitCode | undefined> {
  const rules: Readonly<Record<string, Rule>> = RULES;
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) {
    if (call.values['file'] === undefined && existsSync(path.resolve(call.terminal.cwd, name))) return undefined;
    const { closest } = await import('../closest');
    const guess = closest(name, Object.keys(rules));
    throw new CannotSay(`There is no rule ${JSON.stringify(name)}.${guess === undefined ? '' : ` Did you mean "${guess}"?`} docs/rules/README.md lists them.`);
  }
  const { severity, dataOnly, meaning, fix } = rule;
  if (call.json) call.terminal.out(jsonText({ rule: name, severity, dataOnly: dataOnly === true, meaning, fix }));
  else call.terminal.out(`${name}\n  notices     ${meaning}\n  severity    ${severity}${dataOnly ? ' where data is kept, else medium' : ''}\n  what to do  ${fix}\n`);
  return 0;
}
