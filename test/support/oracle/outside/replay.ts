/** Does the steps of a history again, with some of them left out, and examines the result as the first time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agree } from './agree';
import { status } from './also';
import { Examiner, type Fault, type Tally } from './examine';
import { WORD } from './ledger';
import type { Step } from './scratch';
import { World } from './world';

/** Steps that only make sense together. */
export type Unit = Step[];

export function units(steps: readonly Step[]): Unit[] {
  const found: Unit[] = [];
  let depth = 0;
  for (const step of steps) {
    if (step.kind === 'say') continue;
    if (depth === 0) found.push([]);
    found.at(-1)?.push(step);
    depth += step.kind === 'open' ? 1 : step.kind === 'close' ? -1 : 0;
  }
  return found;
}

/** A history as it is kept, for doing parts of it again. */
export interface Kept {
  seed: number;
  steps: Step[];
  faults: Fault[];
  /** Words that were made of others. */
  from: Record<string, string>;
  words: string[];
  /** Commits have other names each time: they are told by their subjects, which are given once. */
  subjects: Record<string, string>;
}

export function save(world: World, tally: Tally): void {
  const { scratch, ledger } = world;
  const subjects = scratch
    .ask('log', '--all', '--reflog', '--format=%H %s')
    .split('\n')
    .map((line): [string, string] => [line.slice(0, 40), line.slice(41)]);
  const from = [...ledger.words].flatMap(([word, facts]): [string, string][] =>
    facts.from === undefined ? [] : [[word, facts.from]],
  );
  const kept: Kept = {
    seed: world.seed,
    steps: scratch.steps,
    faults: tally.faults,
    from: Object.fromEntries(from),
    words: [...ledger.words.keys()],
    subjects: Object.fromEntries(subjects),
  };
  writeFileSync(join(scratch.home, 'history.json'), JSON.stringify(kept));
  writeFileSync(join(scratch.home, 'steps'), `${described(scratch.steps).join('\n')}\n`);
}

/** Does some units of a history again. */
export function again(history: Kept, all: readonly Unit[], keep = false): { faults: Fault[]; home: string } {
  const world = new World(history.seed);
  const { scratch } = world;
  const examiner = new Examiner(world);
  const words = new Set(history.words);
  scratch.run('git', ['init', '-q']);
  scratch.linekeeper(['install', '--git']);
  const hands: string[] = [];
  const made = (text: string) => {
    for (const word of text.match(WORD) ?? []) {
      const from = history.from[word] ?? '';
      if (words.has(word) && !world.ledger.words.has(word))
        world.ledger.make(word, hands.at(-1) ?? 'unknown', world.ledger.words.has(from) ? from : undefined);
    }
  };
  for (const step of all.flat()) {
    if (step.kind === 'open') hands.push(step.actor);
    if (step.kind === 'write') made(step.text);
    if (step.kind === 'git') made(step.args.join(' '));
    once(world, examiner, step, (text) => renamed(world, history, text));
    if (step.kind === 'close') hands.pop();
  }
  examiner.look();
  agree(examiner, world);
  if (!keep) scratch.dispose();
  return { faults: examiner.tally.faults, home: scratch.home };
}

/** A text with the commits named as they are called this time. */
function renamed(world: World, history: Kept, text: string): string {
  return text.replace(/\b[0-9a-f]{40}\b/g, (sha) => {
    const subject = history.subjects[sha];
    const found =
      subject === undefined
        ? undefined
        : world.scratch
            .ask('log', '--all', '--reflog', '--format=%H %s')
            .split('\n')
            .find((line) => line.slice(41) === subject);
    return found?.slice(0, 40) ?? sha;
  });
}

function once(world: World, examiner: Examiner, step: Step, named: (text: string) => string): void {
  const { scratch } = world;
  switch (step.kind) {
    case 'git': {
      const { args, input, env, todo, wording } = step;
      if (wording !== undefined) {
        world.commit(args.map(named), wording);
        return;
      }
      scratch.git(args.map(named), {
        ...(input === undefined ? {} : { input }),
        ...(env === undefined ? {} : { env }),
        ...(todo === undefined ? {} : { todo: named(todo) }),
      });
      return;
    }
    case 'record':
      world.tell(step.told);
      return;
    case 'keeper':
      scratch.keeper(step.args.map(named));
      return;
    case 'write':
      scratch.write(step.path, step.text);
      return;
    case 'remove':
      scratch.remove(step.path);
      return;
    case 'blob':
      scratch.blob(step.text);
      return;
    case 'worktree':
      scratch.enter(step.dir);
      return;
    case 'open':
      world.open(step.actor, step.what, step.told, step.means);
      return;
    case 'close':
      world.close(step.told);
      return;
    case 'look':
      examiner.look();
      return;
    case 'status':
      status(examiner, world);
      return;
    case 'say':
  }
}

function quoted(text: string): string {
  if (/^[\w./:=@^~,{}-]+$/.test(text)) return text;
  if (!/[\n\r'\\]/.test(text)) return `'${text}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `$'${escaped}'`;
}

/** The steps as a shell would do them. */
export function described(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'say') return [`# ${step.text}`];
    if (step.kind === 'git')
      return [
        `${step.todo === undefined ? '' : `todo ${quoted(step.todo)}; `}${Object.entries(step.env ?? {})
          .map(([name, value]) => `${name}=${quoted(value)} `)
          .join(
            '',
          )}git ${step.args.map(quoted).join(' ')}${step.input === undefined ? '' : ` <<< ${quoted(step.input)}`}${step.code === 0 ? '' : '  # fails'}`,
      ];
    if (step.kind === 'keeper') return [`linekeeper ${step.args.map(quoted).join(' ')}`];
    if (step.kind === 'record') return [`record ${quoted(JSON.stringify({ version: 1, ...step.told }))}`];
    if (step.kind === 'write') return [`put ${quoted(step.path)} ${quoted(step.text)}`];
    if (step.kind === 'remove') return [`rm -f ${quoted(step.path)}`];
    if (step.kind === 'blob') return [`blob ${quoted(step.text)}`];
    if (step.kind === 'worktree') return [`cd "$home"/${step.dir}`];
    if (!('what' in step || step.kind === 'close')) return [step.kind];
    const told = step.told === undefined ? [] : [`record ${quoted(JSON.stringify({ version: 1, ...step.told }))}`];
    return step.kind === 'open' ? [`# ${step.actor}: ${step.what}`, ...told] : told;
  });
}
