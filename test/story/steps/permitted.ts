import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { SessionOptions } from '../../support/real-assistants/agent';
import { available, runSession } from '../../support/real-assistants/claude-code';
import { playRecorded } from '../../support/real-assistants/claude-code-recorded';
import { atTerminal } from '../../support/at-terminal';
import { asAda, indented } from '../after-merge';
import type { Place } from '../clones';
import { keysOf, NOTE, plain, standInForTerraform, TIDY_UP } from '../morning-after';

interface Traced {
  readonly run: { readonly outcome: string; readonly session: string };
}

export const permitted = {
  title: 'An agent is refused "terraform destroy"; June asks for it, Ada signs for it, and it runs once',
  async play(place: Place): Promise<string[]> {
    const { sample, editor, linekeeper, later } = place;
    const git = (...words: string[]): string =>
      execFileSync('git', words, { cwd: sample.root, encoding: 'utf8', env: asAda(place).env });
    git('fetch', '--quiet', 'origin');
    git('switch', '--quiet', '--create', 'tidy-up', '--no-track', 'origin/main');

    const said: string[] = [];
    let id = '';
    const permit = async (): Promise<void> => {
      const words = ['request-run', '--reason', TIDY_UP.reason];
      const asked = await linekeeper.json<{ readonly id: string; readonly code: string }>(
        ...words,
        '--',
        TIDY_UP.command,
      );
      ({ id } = asked);
      const signed = await atTerminal(asAda(place), ['approve-run', asked.code, '--key', keysOf(place).of('ada')], {
        answers: 'yes\n',
        program: linekeeper.program,
      });
      assert.equal(signed.code, 0, signed.stdout);
      const answer = /run-approval:\S+/.exec(signed.stdout)?.[0];
      assert.ok(answer, signed.stdout);
      said.push("on Ada's machine:", ...indented(plain(signed.stdout).replaceAll(/(run-\w+:.{20})\S+/g, '$1…')));
      said.push('', ...(await linekeeper.text('request-run', '--approved', answer)).trimEnd().split('\n'));
    };
    const command = { shell: { command: TIDY_UP.command } };
    const session = {
      cwd: sample.root,
      home: editor.home,
      prompt: TIDY_UP.prompt,
      steps: [command, { meanwhile: permit }, command, command, { write: NOTE }],
      env: { PATH: [standInForTerraform(place), process.env['PATH'] ?? ''].join(':') },
    };
    const answers = (await answersIn(session)).slice(0, 3);
    const refused = answers.map((text) => /Linekeeper: [^]*?'<this command>'/.exec(text)?.[0]);
    const [refusal] = refused;
    assert.ok(refusal !== undefined, answers.join('\n'));
    assert.deepEqual(
      refused.map((text) => text !== undefined),
      [true, false, true],
      answers.join('\n'),
    );

    const { run } = await linekeeper.json<Traced>('trace', '--run', id);
    assert.equal(run.outcome, 'ran');
    later.run = { id, session: run.session };
    await linekeeper.text('notes', 'push');
    const here = await available();
    return [
      here.available
        ? `Claude Code ${here.version}, the real program; a stand-in for Terraform, since there is no cloud here`
        : `NOT the real program: its recorded payloads were played, because ${here.why}`,
      `the agent is told: ${refusal}`,
      '',
      ...said,
      '',
      'It ran once. "linekeeper notes push" sends what is known of it.',
    ];
  },
};

/** What the agent is told about each of its calls. */
async function answersIn(session: SessionOptions): Promise<string[]> {
  if ((await available()).available) return (await runSession(session)).results.map(({ text }) => text);
  const { hooks } = await playRecorded(session);
  return hooks
    .filter(({ event }) => event === 'PreToolUse')
    .map(({ result: { stdout } }) => /"permissionDecisionReason":("(?:[^"\\]|\\.)*")/.exec(stdout)?.[1] ?? '')
    .map((text) => (text === '' ? '' : String(JSON.parse(text))));
}
