/** `linekeeper declare PATH[:LINES]`, `declare --mine [REV...]`: a person says who wrote lines of unknown author. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ASSISTANTS, cleanName } from '../../provenance/assistants';
import { addCounts, countLines } from '../../provenance/authorship';
import type { FileAttribution, LineRange } from '../../provenance/authorship/types';
import type { By } from '../../provenance/journal';
import { countOf, jsonText, printable } from '../../policy';
import { declareCommits, declareLines, type LineSpan } from '../../provenance/declarations';
import { closest } from '../arguments/closest-name';
import { pathAndLines, type Span } from '../arguments/path-and-lines';
import { describeRange, spans } from '../output/format-attribution';
import { requirePerson } from '../person-at-terminal';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const declare: Verb = {
  name: 'declare',
  summary: 'Name the author of unknown lines',
  example: 'linekeeper declare src/app.ts:3-9 --human',
  exits: '0 declared. 1 if no line there was unknown.',
  usage: 'PATH[:LINES] (--human | --ai ASSISTANT [--model MODEL]) | --mine [REV...]',
  options: {
    human: { type: 'boolean', says: 'a person wrote these lines' },
    ai: { type: 'string', value: 'ASSISTANT', says: 'this assistant wrote them, such as claude-code' },
    model: { type: 'string', value: 'MODEL', says: 'its model, if known' },
    mine: { type: 'boolean', says: 'you wrote all unknown lines in HEAD or REV. In a terminal outside of the editor' },
  },
  async run(call): Promise<ExitCode> {
    if (call.values['mine'] === true) return declareMine(call);
    const [place, extra] = call.positionals;
    if (place === undefined || extra !== undefined)
      throw new CannotSay(
        `${place === undefined ? 'A file is missing' : `"linekeeper declare" takes one file at a time, not also ${JSON.stringify(extra)}`}. "linekeeper help declare" shows its usage.`,
      );
    const by = authorOf(call);
    const { path, lines } = pathAndLines(call, place);
    const name = printable(path);
    const done = await declareLines(call.repository(), { path, lines, by }, call.terminal.now);
    switch (done.outcome) {
      case 'unchanged':
        if (!existsSync(join(call.repository().root, path))) throw new CannotSay(`There is no file ${name} here.`);
        throw new CannotSay(
          `${name} has no changes that are not committed, so there is nothing to declare. Your lines in the latest commit: "linekeeper declare --mine".`,
        );
      case 'busy':
        throw new CannotSay(
          `${done.assistant ?? 'Somebody'} is at work on ${name}, and has not reported its edit yet. Try again when it is done.`,
        );
      case 'too-far':
        throw new CannotSay(
          done.lines === 0
            ? `${name} has no lines now. Name it without lines: that is about what was removed too.`
            : `${name} has only ${String(done.lines)} ${done.lines === 1 ? 'line' : 'lines'}.`,
        );
      case 'known':
        say(call, path, [], lines, done.file);
        return 1;
      case 'declared':
        say(call, path, turned(done.before, done.after), lines, done.after);
        return 0;
    }
  },
};

async function declareMine(call: Call): Promise<ExitCode> {
  const { terminal, json, values } = call;
  if (values['human'] === true || typeof values['ai'] === 'string')
    throw new CannotSay(
      `--mine says who it was: leave --human and --ai out. "linekeeper help declare" shows its usage.`,
    );
  requirePerson(terminal, 'declare lines as written by a person');
  const repository = call.repository();
  const ids: string[] = [];
  for (const word of call.positionals.length === 0 ? ['HEAD'] : call.positionals) {
    const id = await repository.commitId(word);
    if (id === undefined) throw new CannotSay(`${JSON.stringify(word)} is not a commit here.`);
    ids.push(id);
  }
  const email = (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
  if (email === '')
    throw new CannotSay('Git does not know your address, so your commits can\'t be told: "git config user.email".');
  const done = await declareCommits(repository, ids, email, terminal.now);
  if (json) terminal.out(jsonText({ commits: done }));
  else
    for (const { commit, declared, foreign } of done)
      if (foreign !== null)
        terminal.err(
          `linekeeper: ${commit.slice(0, 10)} is by ${printable(foreign)}, not by ${printable(email)}: its author declares it.\n`,
        );
      else
        terminal.out(
          declared === 0
            ? `${commit.slice(0, 10)}: no line of unknown author\n`
            : `${commit.slice(0, 10)}: ${countOf(declared, 'line')} declared as yours. "linekeeper notes push" sends it\n`,
        );
  return done.some(({ declared }) => declared > 0) ? 0 : 1;
}

function authorOf({ values, terminal }: Call): By {
  const { human, ai, model } = values;
  if ((human === true) === (typeof ai === 'string'))
    throw new CannotSay(
      `Who wrote it? Say either --human or --ai with the assistant's name. "linekeeper help declare" shows its usage.`,
    );
  if (typeof ai !== 'string') {
    if (model !== undefined) throw new CannotSay('--model goes with --ai: a person has none.');
    return { author: 'human', evidence: 'declared' };
  }
  const known = [...ASSISTANTS.map(({ id }) => id), 'unknown-assistant'];
  const guess = known.includes(ai) ? undefined : closest(ai, known);
  if (guess !== undefined) throw new CannotSay(`There is no assistant "${printable(ai)}". Did you mean "${guess}"?`);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(ai))
    throw new CannotSay(
      `"${printable(ai)}" is not an assistant's name. Known are: ${known.join(', ')}. Write others in small letters, digits and "-".`,
    );
  if (!known.includes(ai))
    terminal.err(`linekeeper: recorded as "${ai}", which Linekeeper does not know. Known are: ${known.join(', ')}.\n`);
  const cleaned = typeof model === 'string' ? cleanName(model) : undefined;
  return { author: 'ai', assistant: ai, ...(cleaned === undefined ? {} : { model: cleaned }), evidence: 'declared' };
}

interface Turned {
  readonly side: 'added' | 'removed' | 'change';
  readonly lines: readonly Span[];
}

/** What used to be unknown and no longer is. */
function turned(before: FileAttribution, after: FileAttribution): Turned[] {
  const side = (former: readonly LineRange[], current: readonly LineRange[]): Span[] => {
    const unknown = former.filter((range) => range.author === 'unknown');
    return current
      .filter((range) => range.author !== 'unknown')
      .flatMap((range) => unknown.flatMap(({ start, end }) => overlap(range, { start, end })));
  };
  const all: Turned[] = [
    { side: 'added', lines: side(before.ranges, after.ranges) },
    { side: 'removed', lines: side(before.removed, after.removed) },
    ...(before.change?.author === 'unknown' && after.change !== null && after.change.author !== 'unknown'
      ? [{ side: 'change' as const, lines: [] }]
      : []),
  ];
  return all.filter(({ side: what, lines }) => what === 'change' || lines.length > 0);
}

const overlap = (a: Span, b: Span): Span[] =>
  a.start <= b.end && b.start <= a.end ? [{ start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) }] : [];

function say(
  { json, terminal }: Call,
  path: string,
  done: readonly Turned[],
  requested: readonly LineSpan[] | null,
  file: FileAttribution,
): void {
  const remaining =
    requested === null
      ? []
      : file.ranges.flatMap((range) =>
          requested.flatMap((span) => overlap(range, span)).map((part) => ({ ...range, ...part })),
        );
  const recorded = remaining.filter(
    (range) =>
      range.author !== 'unknown' &&
      !done.some(({ side, lines }) => side === 'added' && lines.some((line) => overlap(line, range).length > 0)),
  );
  if (json) {
    const of = (side: Turned['side']): readonly Span[] => done.find((one) => one.side === side)?.lines ?? [];
    terminal.out(
      jsonText({
        path,
        added: of('added'),
        removed: of('removed'),
        change: done.some(({ side }) => side === 'change'),
        refused: recorded,
      }),
    );
    return;
  }
  const name = printable(path);
  const words: Readonly<Record<Turned['side'], (lines: readonly Span[]) => string>> = {
    added: spans,
    removed: (lines) => `removed ${spans(lines)}`,
    change: () => 'the change',
  };
  for (const { side, lines } of done) terminal.out(`${name}: ${words[side](lines)}: declared\n`);
  for (const range of recorded)
    terminal.err(
      `linekeeper: ${name}: ${spans([range])} stays: it is recorded as ${describeRange(range)}. A declaration is only for lines that nobody saw being written.`,
    );
  if (done.length > 0) {
    const unknown = addCounts(countLines(file.ranges), countLines(file.removed)).unknown;
    if (unknown > 0)
      terminal.out(
        `${name}: ${String(unknown)} more changed ${unknown === 1 ? 'line is' : 'lines are'} of unknown author\n`,
      );
  } else if (recorded.length === 0) {
    terminal.err(
      `linekeeper: ${name}: ${requested === null ? 'who wrote its changes is known already' : `${spans(requested)} did not change since the last commit`}, so there is nothing to declare. "linekeeper status" shows the lines of unknown author.`,
    );
  }
}
