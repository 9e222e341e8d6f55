/** `linekeeper trace PATH:LINE | COMMIT`: from the suggestion to the incident. */
import type { Trace } from '../../after-merge';
import { GitError, settleFirst } from '../../git';
import { jsonText } from '../../policy';
import { fillFirst } from '../backfill';
import { noCommit } from '../no-commit';
import { pathAndLines } from '../paths';
import { counts, printable } from '../format-attribution';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

const USAGE = 'PATH:LINE | COMMIT';

export const trace: Verb = {
  name: 'trace',
  summary: 'Follow a line or a commit from the suggestion to review, deployments and incidents',
  usage: USAGE,
  options: {},
  words: 1,
  async run(call): Promise<ExitCode> {
    const [word] = call.positionals;
    if (word === undefined) throw new CannotSay(`Which line or commit? Usage: linekeeper trace ${USAGE}`);
    const repository = call.repository();
    fillFirst(repository, call.terminal);
    await settleFirst(repository, call.terminal.now, (sentence) => { call.terminal.err(`linekeeper: ${sentence}`); });
    const { TraceError } = await import('../../after-merge');
    try {
      const traced = await ask(call, word);
      call.terminal.out(call.json ? jsonText(traced) : toText(traced));
      return 0;
    } catch (error) {
      if (error instanceof TraceError || error instanceof GitError) throw new CannotSay(printable(error.message), { cause: error });
      throw error;
    }
  },
};

async function ask(call: Call, word: string): Promise<Trace> {
  const { traceCommit, traceLine } = await import('../../after-merge');
  const ports = { repository: call.repository(), now: call.terminal.now };
  const named = /:\d+$/.test(word) ? pathAndLines(call, word) : null;
  if (named?.lines) return traceLine(ports, named.path, named.lines[0]?.start ?? 1);
  const commit = word.startsWith('-') ? undefined : await ports.repository.commitId(word);
  if (commit === undefined) throw new CannotSay(noCommit(ports.repository, word, 'A line is named as PATH:LINE, such as infra/main.tf:12.'));
  return traceCommit(ports, commit);
}

function toText(traced: Trace): string {
  const { subject, suggestions, edits, commit, review, deployments, incidents, runs, missing } = traced;
  const rows: (readonly [name: string, lines: readonly string[]])[] = [
    ['suggestion', suggestions.flatMap(suggestionLines)],
    ['edits since', edits.map((one) => `${one.commit.slice(0, 10)} ${one.day} ${one.by}: ${one.subject} (${one.author === 'ai' ? (one.assistant ?? 'AI') : one.author})`)],
    ['commit', commit === null ? [] : [`${commit.commit.slice(0, 10)} ${commit.day} ${commit.by}: ${commit.subject}`, ...(subject.path === null ? [`added ${counts(commit.added)}; removed ${counts(commit.removed)}`] : [])]],
    ['review', review === null ? [] : [
      ...(review.merge === null ? [] : [`merged in ${review.merge.commit.slice(0, 10)} ${review.merge.day} by ${review.merge.by}: ${review.merge.subject}${review.merge.head === null ? '' : ` (head ${review.merge.head.slice(0, 10)})`}`]),
      ...review.signedBy.map(({ by, source, on, counts: does }) => (source === 'message' ? `${by} by a line in a message, which does not count` : `signed off by ${by}${on === null ? '' : ` on ${on.slice(0, 10)}`}${does ? '' : ', which does not count'}`)),
    ]],
    ['deployments', deployments.map(({ stage, at, commit: id }) => `${stage} since ${at} (${id.slice(0, 10)})`)],
    ['incidents', incidents.map(({ incident, title, state, contribution }) => `${incident} ${title} (${state}; its lines: ${contribution.replace('-', ' ')})`)],
    ['held back', runs.map(({ kind, what }) => (kind === 'refused' ? `refused: ${what}` : `under an exception by ${what}`))],
    ['missing', missing],
  ];
  const head = subject.path === null ? (subject.commit ?? '').slice(0, 10) : `${subject.path}:${String(subject.line ?? 0)}  ${(subject.text ?? '').trim().slice(0, 100)}`;
  return `${printable(head)}\n${rows.flatMap(([name, lines]) => (lines.length === 0 ? (name === 'missing' || name === 'held back' ? [] : [`${name.padEnd(12)} none`]) : lines.map((line, index) => `${(index === 0 ? name : '').padEnd(12)} ${printable(line)}`))).join('\n')}\n`;
}

function suggestionLines(one: Trace['suggestions'][number]): readonly string[] {
  const day = one.day ?? 'not committed';
  if (one.author !== 'ai') return [one.author === 'human' ? `a person (${day})` : `unknown: nobody recorded who wrote it (${day})`];
  const who = [one.assistant, one.model, one.session === null ? null : `session ${one.session}`].filter((part) => part !== null).join(', ');
  return [
    `${who} (${[day, one.evidence, one.edited ? 'edited by others too' : null].filter((part) => part !== null).join(', ')})`,
    ...one.prompts.map(({ digest, excerpt }) => (excerpt === null ? `prompt ${digest}` : `prompt: ${excerpt}`)),
    ...one.specs.map((spec) => `spec ${spec}`),
  ];
}
