/**
 * What the danger rules cost: a change of 2,000 lines of each kind after warm-up, and the guard's answer to a command.
 */
import { findInChanges } from '../../src/danger';
import { TOOLS } from '../support/grammars';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, median, type Contender } from './measure';
import { kinds, LINES, type Kind } from './danger-kinds';
import { CLI } from './program';
import { rowsOf, type Fact, type Row } from './rows';

const WARM_UP = 4;
const ROUNDS = 9;
const LIMIT_MS = 50;

export async function measureDanger(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const facts: Fact[] = [];
  for (const kind of kinds())
    facts.push({
      what: `Danger rules on ${LINES.toLocaleString('en')} lines of ${kind.what}, on the processor, median`,
      value: await cpuOf(kind),
      unit: 'ms',
      limit: LIMIT_MS,
    });
  return { rows: await measureGuard(rounds), facts };
}

/** One text of nearly as many characters as the rules remember of YAML (`src/danger/yaml-and-json/read-yaml.ts`). */
const forgetting = (round: number): string => `text: |\n  ${String(round)}\n${`  ${'x'.repeat(97)}\n`.repeat(2_990)}`;

/** Each round has another first line and comes after other files, so that nothing is remembered. */
async function cpuOf({ path: name, before, after, comment }: Kind): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const marked = (text: string): string =>
      comment === null ? text.replace('{', `{ "Id": "${String(round)}",`) : `${comment} ${String(round)}\n${text}`;
    const change = { path: name, from: null, before: before === null ? null : marked(before), after: marked(after) };
    await findInChanges([{ path: name, from: null, before: null, after: after.slice(-2000) }], TOOLS);
    await findInChanges([{ path: 'forget.yml', from: null, before: null, after: forgetting(round) }], TOOLS);
    const begins = process.cpuUsage();
    await findInChanges([change], TOOLS);
    const { user, system } = process.cpuUsage(begins);
    if (round >= WARM_UP) times.push((user + system) / 1000);
  }
  return median(times);
}

/** The answer to an agent's command, in a repository that holds agents back. */
async function measureGuard(rounds: number): Promise<Row[]> {
  const test = await TestRepository.create();
  test.write(
    '.linekeeper.yml',
    'version: 1\ntiers: [{name: critical, paths: ["infra/**"], detect: [destructive], agents: deny-destructive}]\n',
  );
  await test.commit('Start');
  const asked = (command: string, denied: boolean): Contender => ({
    name: command,
    run: (turn) => {
      const input = JSON.stringify({
        hook_event_name: 'PreToolUse',
        session_id: 's',
        cwd: test.root,
        tool_name: 'Bash',
        tool_input: { command },
        tool_use_id: `call-${String(turn)}`,
      });
      const out = call({
        program: process.execPath,
        words: [CLI, 'record', 'claude-code'],
        cwd: test.root,
        env: test.env,
        input,
      });
      if (out.includes('"deny"') !== denied) throw new Error(`the guard answered ${out} to ${command}`);
    },
  });
  const times = await inTurns(
    [emptyNode(test), asked('terraform destroy', true), asked('npm run lint -- src', false)],
    rounds,
  );
  return rowsOf('Danger', times, [
    {
      what: 'Answer to an agent that would run `terraform destroy`',
      of: 'terraform destroy',
      against: ['node -e 0'],
      budget: 2.5,
    },
    {
      what: 'Answer to an agent that would run `npm run lint -- src`',
      of: 'npm run lint -- src',
      against: ['node -e 0'],
      budget: 2.5,
    },
  ]);
}
