/** An assistant at work beside the editor, as its hooks report it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openJournal } from '../../src/provenance/journal';
import { parseGeneric, record } from '../../src/provenance/assistants/record';
import { Repository } from '../../src/git';
import type { Workspace } from './host';

let calls = 0;

export const AGENT_SESSION = '00e6e2c0-5d0a-4f0e-9c55-1f0000000001';
const UNSEEN = '00e6e2c0-5d0a-4f0e-9c55-1f0000000002';

/** One action of the agent: it says that it begins, works, and says that it is done. */
export interface AgentAction {
  readonly done: () => Promise<void>;
}

/** The agent is about to change a file, or when none is named to run a command that may change any. */
export async function agentBegins(workspace: Workspace, file?: string): Promise<AgentAction> {
  const repository = Repository.find(workspace.root);
  if (!repository) throw new Error(`no repository at ${workspace.root}`);
  const id = `call-${String(++calls)}`;
  const report = async (event: 'before' | 'after'): Promise<void> => {
    const payload = {
      version: 1,
      event,
      id,
      author: 'ai',
      tool: 'claude-code',
      model: 'claude-opus-4-8',
      session: AGENT_SESSION,
      cwd: workspace.root,
      ...(file === undefined ? {} : { files: [file] }),
    };
    const parsed = parseGeneric(JSON.stringify(payload), workspace.root);
    if ('problem' in parsed) throw new Error(parsed.problem);
    await record(repository, parsed, Date.now, { namesLater: true });
  };
  await report('before');
  return { done: () => report('after') };
}

/** Changes a file (null: removes it) the way an agent in a terminal does. */
export async function agentWrites(workspace: Workspace, file: string, content: string | null): Promise<void> {
  const action = await agentBegins(workspace, file);
  if (content === null) workspace.remove(file);
  else workspace.write(file, content);
  await action.done();
}

/** The agent replaces a text, and only its own transcript tells of it: no hook does. */
export function agentWritesUnseen(workspace: Workspace, home: string, file: string, old: string, text: string): void {
  const input = { file_path: workspace.at(file), old_string: old, new_string: text };
  const before = workspace.read(file);
  workspace.write(file, before.replace(old, text));
  const common = { sessionId: UNSEEN, cwd: workspace.root, timestamp: new Date().toISOString() };
  const records = [
    {
      ...common,
      type: 'assistant',
      message: {
        role: 'assistant',
        model: 'claude-opus-4-8',
        content: [{ type: 'tool_use', id: 'toolu_unseen', name: 'Edit', input }],
      },
    },
    {
      ...common,
      type: 'user',
      message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_unseen', content: 'done' }] },
      toolUseResult: {
        filePath: input.file_path,
        oldString: old,
        newString: text,
        originalFile: before,
        replaceAll: false,
        userModified: false,
        structuredPatch: [],
      },
    },
  ];
  const folder = path.join(home, '.claude', 'projects', workspace.root.replace(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${UNSEEN}.jsonl`), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** The person's prompt, as a policy with `prompts: redacted` has it kept. */
export function agentAsked(workspace: Workspace, excerpt: string): void {
  const repository = Repository.find(workspace.root);
  if (!repository) throw new Error(`no repository at ${workspace.root}`);
  openJournal(repository.gitDir, Date.now).add({
    kind: 'session',
    event: 'turn-end',
    assistant: 'claude-code',
    session: AGENT_SESSION,
    prompt: { digest: 'sha256:00', excerpt },
  });
}
