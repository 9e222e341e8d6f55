/** `linekeeper ci init`: shows the file that makes a forge run the gate, then writes it. */
import {
  CiError,
  pinAction,
  placeOfWorkflow,
  RELEASED_ACTION,
  WORKFLOW_FORGES,
  workflowFor,
  writeWorkflow,
} from '../../ci/set-up';
import { declareLines } from '../../decision/declarations';
import { confirmed } from '../person-at-terminal';
import { CannotSay, type Call, type ExitCode } from '../command';

/** Shows the file; writes it with `--yes`, or after a person confirms. Never touches an existing file. */
export async function initCi(call: Call, words: readonly string[]): Promise<ExitCode> {
  const [id, extra] = words;
  const forge = WORKFLOW_FORGES.find((one) => one.id === id);
  if (forge === undefined || extra !== undefined)
    throw new CannotSay(
      `For which forge? Usage: linekeeper ci init ${WORKFLOW_FORGES.map((one) => one.id).join('|')} [--action OWNER/NAME@REF] [--print] [--yes]`,
    );
  const action = call.values['action'] ?? RELEASED_ACTION;
  if (typeof action !== 'string' || !/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action))
    throw new CannotSay(`--action takes OWNER/NAME@REF, such as ${RELEASED_ACTION}.`);
  const repository = call.repository();
  const pinned = forge.jobs.usesAction === true ? await pinAction(repository, action) : action;
  const workflow = await workflowFor(repository, forge, pinned);
  if (call.values['print'] === true) {
    call.terminal.out(workflow.text);
    return 0;
  }
  try {
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
  } catch (error) {
    if (error instanceof CiError) throw new CannotSay(error.message, { cause: error });
    throw error;
  }
  // The person requested these lines: as unknown ones they would need a sign-off like AI's.
  await declareLines(
    repository,
    { path: workflow.path, lines: null, by: { author: 'human', evidence: 'declared' } },
    call.terminal.now,
  ).catch(() => undefined);
  const pin =
    forge.jobs.usesAction === true && !/@[0-9a-f]{40}(?: #|$)/.test(pinned)
      ? ' Which commit the Action is at could not be found out: pin it to a full commit id (--action OWNER/NAME@COMMIT), as a tag can be moved.'
      : '';
  call.terminal.out(`${workflow.path} written. ${forge.jobs.next ?? 'Commit it.'}${pin}\n`);
  return 0;
}
