/** `linekeeper policy explain RULE`: what a danger rule notices, how severe it is, and what to do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { jsonText, list, type TeamRule } from '../../policy';
import { RULES, type Rule } from '../../danger/rules';
import { CannotSay, type Call, type ExitCode } from '../verb';
import { decidingPolicy } from './effective-policy';

/** Rule ids begin with their class. So may a path: then no such rule exists. */
export const mayBeRule = (name: string): boolean =>
  /^[a-z]+\/[a-z0-9-]+$/.test(name) && Object.keys(RULES).some((id) => id.split('/')[0] === name.split('/')[0]);

/** Undefined when there is no such rule: the name may be a path. */
export async function explainRule(call: Call, name: string): Promise<ExitCode | undefined> {
  const exit = await ownRule(call, name);
  if (exit !== undefined) return exit;
  const rules: Readonly<Record<string, Rule>> = RULES;
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) {
    if (call.values['file'] === undefined && existsSync(path.resolve(call.terminal.cwd, name))) return undefined;
    const { closest } = await import('../arguments/closest-name');
    const guess = closest(name, Object.keys(rules));
    throw new CannotSay(
      `There is no rule ${JSON.stringify(name)}.${guess === undefined ? '' : ` Did you mean "${guess}"?`} docs/rules/README.md lists them.`,
    );
  }
  const { severity, dataOnly, meaning, fix } = rule;
  const off = await switchedOff(call, name);
  if (call.json)
    call.terminal.out(jsonText({ rule: name, severity, dataOnly: dataOnly === true, meaning, fix, switchedOff: off }));
  else {
    const lines = off.map(
      ({ reason, paths }) =>
        `  switched off by the policy ${paths === null ? 'everywhere' : `in ${list(paths)}`}: ${reason}\n`,
    );
    call.terminal.out(
      `${name}\n  notices     ${meaning}\n  severity    ${severity}${dataOnly ? ' where data is kept, else medium' : ''}\n  what to do  ${fix}\n${lines.join('')}`,
    );
  }
  return 0;
}

/** A rule that the applicable policy adds. */
async function ownRule(call: Call, name: string): Promise<ExitCode | undefined> {
  if (!/\/team-/.test(name)) return undefined;
  const { policy, source } = await decidingPolicy(call);
  const rule = policy.rules.find((one) => one.rule === name);
  if (rule === undefined)
    throw new CannotSay(
      `There is no rule ${JSON.stringify(name)} in ${source}.${
        policy.rules.length === 0
          ? ' It adds no rules.'
          : ` It has ${list(
              policy.rules.map((one) => one.rule),
              12,
            )}.`
      }`,
    );
  if (call.json) call.terminal.out(jsonText(rule));
  else
    call.terminal.out(
      `${name} (a rule of ${source})\n  notices     ${noticedBy(rule)}, in ${list(rule.paths)}\n  severity    ${rule.severity}\n  says        ${rule.message}\n  what to do  ${rule.fix ?? 'nothing is said'}\n`,
    );
  return 0;
}

/** What a team's rule finds, in words. */
function noticedBy({ pattern, settings = [], commands = [], statements = [] }: TeamRule): string {
  const programs = commands.flatMap(({ program }) => program);
  return [
    ...(pattern === null ? [] : [`added lines that match ${JSON.stringify(pattern)}`]),
    ...(settings.length === 0 ? [] : [`changes of ${list(settings.flatMap(({ key }) => key))}`]),
    ...(programs.length === 0 ? [] : [`commands of ${list(programs)}`]),
    ...(statements.length === 0 ? [] : [`statements that begin with ${list(statements.flatMap(({ verb }) => verb))}`]),
  ].join('; ');
}

/** When no policy can be read here, nothing is switched off. */
async function switchedOff(
  call: Call,
  name: string,
): Promise<readonly { readonly reason: string; readonly paths: readonly string[] | null }[]> {
  try {
    const { policy } = await decidingPolicy(call);
    return policy.rulesOff.filter(({ rule }) => rule === name).map(({ reason, paths }) => ({ reason, paths }));
  } catch (error) {
    if (error instanceof CannotSay) return [];
    throw error;
  }
}
