/** `linekeeper ci`: the gate in one step of a CI job, and the file that makes a forge run it. */
import path from 'node:path';
import { quoted } from '../../policy';
import { runCi } from '../../ci';
import { WORKFLOW_FORGES } from '../../ci/set-up';
import { attributionOf } from '../notes-attribution';
import { initCi } from '../ci/init';
import { patchOf } from '../arguments/plan-file';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

export const ci: Verb = {
  name: 'ci',
  summary: "Decide in a job of the forge's own CI, with its approvals; write the file for it",
  usage: `[--sarif FILE] [--code-quality FILE] [--dotenv FILE] [--plan FILE] [--no-comment] [--no-labels] [--no-status] | init ${WORKFLOW_FORGES.map(({ id }) => id).join('|')} [--action OWNER/NAME@REF] [--print] [--yes]`,
  options: {
    sarif: { type: 'string', value: 'FILE', says: 'write a SARIF report for code scanning' },
    'code-quality': { type: 'string', value: 'FILE', says: 'write a code quality report for GitLab' },
    dotenv: { type: 'string', value: 'FILE', says: 'write the outputs as variables for later jobs of GitLab' },
    plan: { type: 'string', value: 'FILE', says: 'a Terraform plan (terraform show -json) to look at too' },
    'no-comment': { type: 'boolean', says: 'keep no comment on the pull request' },
    'no-labels': { type: 'boolean', says: 'set and remove no labels' },
    'no-status': { type: 'boolean', says: 'set no commit status' },
    action: { type: 'string', value: 'OWNER/NAME@REF', says: 'init: the Action to use, best by a full commit id' },
    print: { type: 'boolean', says: 'init: only print the file' },
    yes: { type: 'boolean', says: 'init: write the file without asking' },
  },
  async run(call): Promise<ExitCode> {
    const [action, ...words] = call.positionals;
    if (action === 'init') return initCi(call, words);
    if (action !== undefined)
      throw new CannotSay(`"linekeeper ci" takes no ${quoted(action)}. Usage: linekeeper ci ${ci.usage}`);
    const { terminal, values } = call;
    const repository = call.repository().beside();
    const plan = patchOf(call, fileNamed(call, 'plan'));
    if (plan !== undefined && 'wrong' in plan) throw new CannotSay(plan.wrong);
    const [sarif, codeQuality, dotenv] = [
      fileNamed(call, 'sarif'),
      fileNamed(call, 'code-quality'),
      fileNamed(call, 'dotenv'),
    ];
    const { env, now, out } = terminal;
    return runCi({
      repository,
      env,
      remote: 'origin',
      attributionOf: (where) => attributionOf(where, now, true),
      ...(plan === undefined ? {} : { plan: plan.file }),
      show: {
        comment: values['no-comment'] !== true,
        labels: values['no-labels'] !== true,
        status: values['no-status'] !== true,
      },
      files: { ...(sarif && { sarif }), ...(codeQuality && { codeQuality }), ...(dotenv && { dotenv }) },
      now,
      out,
    });
  },
};

/** A file's absolute name; an empty one comes from an unset variable, and must not count as left out. */
function fileNamed({ values, terminal }: Call, name: string): string | undefined {
  const value = values[name];
  if (typeof value !== 'string') return undefined;
  if (value.trim() === '') throw new CannotSay(`--${name} is empty.`);
  return path.resolve(terminal.cwd, value);
}
