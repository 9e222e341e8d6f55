/**
 * `linekeeper record ASSISTANT`: what an assistant's hooks start, with a payload on standard input. Before a tool it
 * asks the guard, which may refuse. It records the edit in the journal.
 */
import path from 'node:path';
import { ASSISTANTS, assistantOf } from '../../provenance/assistants';
import type { Repository } from '../../git';
import { openJournal } from '../../provenance/journal';
import { isBelow } from '../../base/platform';
import { jsonText } from '../../policy';
import { parseGeneric, record as recordReport, type Report } from '../../provenance/assistants/record';
import { finder, handlePayload, PAYLOAD_LIMITS, repositoryAt, setAside, type Find } from '../../guard/hook';
import { renewAfterCheckout } from '../enforce/renew-after-checkout';
import { repairHooks } from '../repair-hooks';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

/** What `--help` says besides. */
const EXAMPLE = `
ASSISTANT is one of these, and PAYLOAD is what its hook sends:
${[ASSISTANTS.slice(0, 7), ASSISTANTS.slice(7)].map((some) => `  ${some.map(({ id }) => id).join(', ')}`).join('\n')}

For your own tool, ASSISTANT is "generic". Send one object before an edit:

  {"version": 1, "event": "before", "id": "7", "author": "ai", "tool": "my-tool",
   "model": "m-1", "session": "s-1", "cwd": "/path/to/repository", "files": ["src/a.ts"]}

Send it again after the edit, with "event": "after" and the same id. The changes in between are
the tool's. Without "files", all changed files count. Without a "before", only the "edits" of the
"after" count: "edits": [{"path", "old", "new", "line"}].
`;

export const record: Verb = {
  name: 'record',
  summary: 'Record an edit (hooks of assistants call it)',
  example: 'linekeeper record generic < payload.json',
  exits:
    '0 recorded or answered. 2 refused by the guard, or not done: the message says why. 124 too late, and the policy restricts agents.',
  usage: 'ASSISTANT < PAYLOAD',
  options: {},
  more: EXAMPLE,
  async run(call) {
    const id = call.positionals[0];
    if (id === 'generic') return generic(call);
    const assistant = id === undefined ? undefined : assistantOf(id);
    if (!assistant)
      throw new CannotSay(
        `${id === undefined ? 'An assistant is missing' : `"${id}" is not an assistant that Linekeeper knows`}. Known are: generic, ${ASSISTANTS.map((one) => one.id).join(', ')}.`,
      );
    const afterwards = async (repository: Repository): Promise<void> => {
      await repairHooks(repository, call.terminal);
      await renewAfterCheckout(assistant, repository, call);
    };
    return handlePayload({ ...call, afterwards }, assistant);
  },
};

async function generic(call: Call): Promise<ExitCode> {
  const text = await call.terminal.stdin(PAYLOAD_LIMITS);
  const report = parseGeneric(text, call.terminal.cwd);
  if ('problem' in report) {
    const place = setAside(repositoryAt(call, call.terminal.cwd), 'generic', text);
    throw new CannotSay(
      `${report.problem} Nothing was recorded.${place ? ` The payload was set aside in ${place}.` : ''}`,
    );
  }
  if (report.by.author === 'human' && (await import('../person-at-terminal')).callerAt(call.terminal)?.author === 'ai')
    throw new CannotSay("An agent started this, so it may not report lines as a person's: nothing was recorded.");
  const find = finder(call.terminal);
  const repository = repositoryAt(call, report.cwd, find);
  if (!repository)
    throw new CannotSay(
      `${report.cwd} is not in a git repository: nothing was recorded. Name it with "cwd" in the payload or with --repo DIR.`,
    );
  await repository.refuseAnotherOwners();
  await keepPrompt(call, repository, report);
  const notices: string[] = [];
  let last: string | undefined;
  for (const { place, part } of byRepository(repository, report, find)) {
    if (place !== repository) await place.refuseAnotherOwners();
    const result = await recordReport(place, part, call.terminal.now);
    notices.push(...result.notices);
    last = result.record ?? last;
  }
  for (const notice of notices) call.terminal.err(`linekeeper: ${notice}`);
  if (call.json) call.terminal.out(jsonText({ record: last ?? null, notices }, 0));
  return 0;
}

/** The parts of a report about submodules of a repository, and the part about the repository itself. */
function byRepository(
  repository: Repository,
  report: Report,
  find: Find,
): readonly { readonly place: Repository; readonly part: Report }[] {
  const inside = new Map<string, Repository>();
  const rootOf = (file: string): string => {
    const found = find(path.dirname(path.resolve(report.cwd, file)));
    if (found === undefined || !isBelow(repository.root, found.root)) return repository.root;
    inside.set(found.root, found);
    return found.root;
  };
  const files = report.files.map((file) => ({ file, root: rootOf(file) }));
  const edits = report.edits.map((edit) => ({ edit, root: rootOf(edit.path) }));
  if (inside.size === 0) return [{ place: repository, part: report }];
  return [repository, ...inside.values()].flatMap((place) => {
    const isThere = ({ root }: { readonly root: string }): boolean => root === place.root;
    const editsThere = edits.filter(isThere).map(({ edit }) => edit);
    const named = files.filter(isThere).map(({ file }) => file);
    const edited = place === repository ? [] : editsThere.map((edit) => edit.path);
    const part = { ...report, edits: editsThere, files: [...named, ...edited] };
    // A report without files is about all of them, which the whole one was not.
    return part.files.length === 0 && files.length > 0 ? [] : [{ place, part }];
  });
}

/** A prompt that is sent with each call of a session is kept once. */
async function keepPrompt(call: Call, repository: Repository, { by, prompt }: Report): Promise<void> {
  const { assistant, session } = by;
  if (prompt === undefined || assistant === undefined || session === undefined) return;
  const stored = await (await import('../../guard/hook/prompt-excerpt')).keptPrompt(repository, prompt);
  if (stored === undefined) return;
  const journal = openJournal(repository.gitDir, call.terminal.now);
  const last = journal
    .read()
    .findLast(
      ({ record }) =>
        record.kind === 'session' &&
        record.assistant === assistant &&
        record.session === session &&
        record.prompt !== undefined,
    )?.record;
  if (last?.kind === 'session' && last.prompt?.digest === stored.digest) return;
  journal.add({ kind: 'session', event: 'start', assistant, session, prompt: stored });
}
