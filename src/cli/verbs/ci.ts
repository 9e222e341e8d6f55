/** `linekeeper ci`: the gate in one step of a CI job, and the file that makes a forge run it. */
import path from 'node:path';
import { baseRemote } from '../../git';
import { quoted } from '../../policy';
import { runCi } from '../../review/ci';
import type { JobProgram } from '../../review/forges';
import {
  WORKFLOW_FORGES,
  findProgram,
  placeOfWorkflow,
  workflowFor,
  writeWorkflow,
} from '../../review/ci/write-workflow';
import { attributionByNotes } from '../../review/gate';
import { creditWritten } from '../credit-files-to-caller';
import { confirmed } from '../person-at-terminal';
import { closest } from '../arguments/closest-name';
import { FLOOR_OPTION, floorsOf, OBSERVE_OPTION } from '../arguments/floor-file';
import { COVERAGE_OPTION, readReport } from '../arguments/coverage-file';
import { PLAN_OPTION, readPlan } from '../arguments/plan-file';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const ci: Verb = {
  name: 'ci',
  summary: 'Run the check in a CI job, or write the job',
  example: 'linekeeper ci init github --package https://example.com/linekeeper.tgz --print',
  exits:
    '0 if the change may be merged, or init wrote the file. 1 if a sign-off is missing, or nobody answered yes to init.',
  usage: `[--sarif FILE] [--code-quality FILE] [--dotenv FILE] [--plan FILE] [--coverage FILE] [--floor FILE] [--observe] [--no-comment] [--no-labels] [--no-status] | init ${WORKFLOW_FORGES.map(({ id }) => id).join('|')} [--action OWNER/NAME@REF|--package NAME|--image NAME] [--print] [--yes]`,
  options: {
    sarif: { type: 'string', value: 'FILE', says: 'write a SARIF report for code scanning' },
    'code-quality': { type: 'string', value: 'FILE', says: 'write a code quality report for GitLab' },
    dotenv: { type: 'string', value: 'FILE', says: 'write the outputs as variables for later GitLab jobs' },
    plan: PLAN_OPTION,
    coverage: COVERAGE_OPTION,
    floor: FLOOR_OPTION,
    observe: OBSERVE_OPTION,
    'no-comment': { type: 'boolean', says: 'write no comment on the pull request' },
    'no-labels': { type: 'boolean', says: 'set and remove no labels' },
    'no-status': { type: 'boolean', says: 'set no commit status' },
    action: { type: 'string', value: 'OWNER/NAME@REF', says: 'init: the Action, best by a full commit id' },
    package: {
      type: 'string',
      value: 'NAME',
      says: 'init: the npm package that the job installs: the https address of a .tgz, or @SCOPE/NAME@VERSION',
    },
    image: { type: 'string', value: 'NAME', says: 'init: the image in which the job runs' },
    print: { type: 'boolean', says: 'init: only print the file' },
    yes: { type: 'boolean', says: 'init: write the file without asking' },
  },
  async run(call): Promise<ExitCode> {
    const [action, ...words] = call.positionals;
    if (action === 'init') return initCi(call, words);
    if (action !== undefined)
      throw new CannotSay(`"linekeeper ci" takes no ${quoted(action)}. "linekeeper help ci" shows its usage.`);
    const { terminal, values } = call;
    const repository = call.repository().beside();
    const [planFile, coverage, sarif, codeQuality, dotenv] = [
      fileNamed(call, 'plan'),
      fileNamed(call, 'coverage'),
      fileNamed(call, 'sarif'),
      fileNamed(call, 'code-quality'),
      fileNamed(call, 'dotenv'),
    ];
    const { env, now, out } = terminal;
    return runCi({
      repository,
      env,
      remote: baseRemote(repository),
      attributionOf: (where) => attributionByNotes(where, now, true),
      ...(values['observe'] === true ? { observe: true } : {}),
      async given() {
        const plan = readPlan(call, planFile);
        if (plan !== undefined && 'wrong' in plan) throw new CannotSay(plan.wrong);
        const testedOf = await readReport(call, coverage, repository.root);
        return {
          ...(plan === undefined ? {} : { plan: plan.file }),
          ...(testedOf === undefined ? {} : { testedOf }),
          floors: floorsOf(call, repository),
        };
      },
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

/** `linekeeper ci init` shows the job's file, and writes it with `--yes` or after a yes. It never changes an existing file. */
async function initCi(call: Call, words: readonly string[]): Promise<ExitCode> {
  const [id, extra] = words;
  const forge = WORKFLOW_FORGES.find((one) => one.id === id);
  const hosts = WORKFLOW_FORGES.map((one) => one.id);
  const guess = closest(id ?? '', hosts);
  if (forge === undefined || extra !== undefined)
    throw new CannotSay(
      `"linekeeper ci init" needs one Git host${id === undefined || forge ? '' : `, and knows no ${quoted(id)}. ${guess === undefined ? 'It knows' : `Did you mean ${quoted(guess)}? It knows`}`}: ${hosts.join(', ')}.`,
    );
  const repository = call.repository();
  const { program, missing, unchecked } = await findProgram(repository, forge.jobs, programIn(call));
  const workflow = await workflowFor(repository, forge, program);
  if (call.values['print'] === true) {
    call.terminal.out(workflow.text);
    for (const says of [missing ?? [], unchecked ?? []].flat()) call.terminal.err(`${says}\n`);
    return missing === undefined ? 0 : 2;
  }
  placeOfWorkflow(repository, workflow);
  call.terminal.out(`${workflow.path}:\n\n${workflow.text.replace(/^(?=.)/gm, '  ')}\n`);
  if (
    call.values['yes'] !== true &&
    !(call.terminal.isTerminal === true && (await confirmed(`Write ${workflow.path}?`)))
  ) {
    call.terminal.out(`Nothing was written. "linekeeper ci init ${forge.id} --yes" writes it.\n`);
    return 1;
  }
  writeWorkflow(repository, workflow);
  await creditWritten({ terminal: call.terminal, repository }, [workflow.path], { author: 'human' });
  call.terminal.out(
    `${[`${workflow.path} written.`, forge.jobs.next ?? 'Commit it.', missing ?? '', unchecked ?? ''].filter(Boolean).join('\n')}\n`,
  );
  return missing === undefined ? 0 : 2;
}

const PROGRAMS = ['action', 'package', 'image'] as const;

/** The one program that the options name. */
function programIn({ values }: Call): JobProgram {
  const named = PROGRAMS.flatMap((kind) => {
    const value = values[kind];
    return typeof value === 'string' ? [[kind, value] as const] : [];
  });
  if (named.length > 1) throw new CannotSay('Name one of --action, --package and --image.');
  return Object.fromEntries(named);
}
