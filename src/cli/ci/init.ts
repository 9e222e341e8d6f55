/** `linekeeper ci init`: writes the file that lets a forge run the gate, after it was shown. */
import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../../package.json';
import { list, quoted } from '../../policy';
import { renderWorkflow, WORKFLOWS, type Workflow, type WorkflowId } from '../../ci';
import type { Repository } from '../../git';
import { findAhead } from '../../review';
import { declareLines } from '../../declarations';
import { confirmed } from '../person-at-terminal';
import { CannotSay, type Call, type ExitCode } from '../command';

const ACTION = `linekeeper/linekeeper@v${version}`;

/** Shows the file; writes it with `--yes`, or after a person said so. A file that is there is never touched. */
export async function initCi(call: Call, words: readonly string[]): Promise<ExitCode> {
  const [id, extra] = words;
  if (id === undefined || !isWorkflow(id) || extra !== undefined) throw new CannotSay(`For which forge? Usage: linekeeper ci init ${WORKFLOWS.join('|')} [--action OWNER/NAME@REF] [--print] [--yes]`);
  const action = call.values['action'] ?? ACTION;
  if (typeof action !== 'string' || !/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action)) throw new CannotSay(`--action takes OWNER/NAME@REF, such as ${ACTION}.`);
  const repository = call.repository();
  const branch = (await findAhead(repository.root).catch(() => undefined))?.base ?? 'main';
  const workflow = renderWorkflow(id, { action, branch });
  if (call.values['print'] === true) {
    call.terminal.out(workflow.text);
    return 0;
  }
  const file = placeFor(repository, workflow);
  call.terminal.out(`${workflow.path}:\n\n${workflow.text.replace(/^(?=.)/gm, '  ')}\n`);
  if (call.values['yes'] !== true && !(call.terminal.isTerminal === true && (await confirmed(`Write ${workflow.path}?`)))) {
    call.terminal.out(`Nothing was written. "linekeeper ci init ${id} --yes" writes it.\n`);
    return 1;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, workflow.text, { flag: 'wx' });
  // The person asked for these lines: unknown ones would be asked for as AI's.
  await declareLines(repository, { path: workflow.path, lines: null, by: { author: 'human', evidence: 'declared' } }, call.terminal.now).catch(() => undefined);
  const pin = id === 'github' && !/@[0-9a-f]{40}$/.test(action) ? ' Pin the Action to a full commit id (--action OWNER/NAME@COMMIT): a tag can be moved.' : '';
  call.terminal.out(`${workflow.path} written. Commit it, then require the status "linekeeper" in the branch's protection.${pin}\n`);
  return 0;
}

const isWorkflow = (name: string): name is WorkflowId => WORKFLOWS.some((each) => each === name);

/** Throws a {@link CannotSay} where something is there already, or a link leads elsewhere. */
function placeFor({ root }: Repository, { path: name }: Workflow): string {
  const file = path.join(root, name);
  for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) {
    if (existsSync(folder) && !lstatSync(folder).isDirectory()) throw new CannotSay(`${list([path.relative(root, folder)])} is no folder, so nothing was written.`);
  }
  if (existsSync(file)) throw new CannotSay(`${quoted(name)} already exists and was not changed. --print prints a new one.`);
  return file;
}
