/** What an agent waits for before it uses a tool, by the shell line that set-up writes, with a policy in the repository. */
import { assistantOf } from '../../src/provenance/assistants';
import { userCommands } from '../../src/provenance/assistants/setup/hook-commands';
import { sample } from '../support/samples';
import { callOnProcessor, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { fileName, smallProject } from './repositories';
import { rowsOf, type Row } from './rows';

export async function measureInstalledHooks(rounds: number): Promise<Row[]> {
  const test = await smallProject();
  const policy = test
    .read('.linekeeper.yml')
    .replace('    review:', '    detect: [destructive]\n    agents: deny-destructive\n    review:');
  test.write('.linekeeper.yml', policy);
  await test.commit('Hold agents back');
  await test.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const claude = assistantOf('claude-code');
  if (claude === undefined) throw new Error('claude-code is not known');
  const line = userCommands({ words: [process.execPath, CLI], electron: false }, claude).before.sh;
  const sh = (name: string, words: readonly string[], payload: (turn: number) => unknown): Contender => ({
    name,
    run: (turn) =>
      callOnProcessor({
        program: words[0] ?? '',
        words: words.slice(1),
        cwd: test.root,
        env: { ...test.env, LINEKEEPER_BACKGROUND: 'off' },
        input: JSON.stringify(payload(turn)),
      }),
  });
  const tool = (name: string, input: object) => (turn: number) => ({
    ...sample('claude-code/session', 'PreToolUse', name),
    cwd: test.root,
    tool_use_id: `call-${String(turn)}`,
    tool_name: name,
    tool_input: input,
  });
  const node = 'node -e 0';
  const times = await inTurns(
    [
      sh(node, [process.execPath, '-e', '0'], () => ({})),
      sh(
        'edit',
        ['sh', '-c', line],
        tool('Edit', { file_path: test.at(fileName(30)), old_string: 'value1', new_string: 'value2' }),
      ),
      sh('guard', ['sh', '-c', line], tool('Bash', { command: 'npm test' })),
    ],
    rounds,
  );
  return rowsOf('Hook', times, [
    { what: 'Before-tool hook of an edit, as installed', of: 'edit', against: [node], budget: 1.5 },
    { what: 'Before-tool hook that answers to `npm test`, as installed', of: 'guard', against: [node], budget: 2 },
  ]);
}
