/** One history as it is played: the repository, who is at work, and what the ledger has taken down so far. */
import { type Actor, Ledger } from './ledger';
import { asGit } from './messages';
import { Objects } from './objects';
import { type Chance, chance } from './random';
import { type Means, Scratch, type Wording } from './scratch';
import { Words } from './words';

export const AGENTS: readonly [Actor, ...Actor[]] = [
  'ai:claude-code:c-1',
  'ai:cursor:u-2',
  'ai:kiro:k-3',
  'ai:claude-code:c-4',
];

export class World {
  readonly chance: Chance;
  readonly words: Words;
  readonly ledger = new Ledger();
  readonly scratch = new Scratch();
  readonly objects: Objects;
  /** The hands at work, the outermost first, and what the files were when each began. */
  private readonly atWork: { actor: Actor; what: string; means: Means; before: Map<string, string> }[] = [];
  /**
   * Commits that git's hooks have seen, with the message that git makes of what it was told, and whether an editor took
   * ours away.
   */
  readonly hooked = new Map<string, { message: string; emptied: boolean }>();
  /** What Linekeeper refused to take down. */
  readonly failed: string[] = [];
  /** An assistant has brought older text back: which commit came of it is not asked. */
  private agentRestored = false;
  private readonly patches = new Map<string, string>();
  private ids = 0;
  private names = 0;

  /** `lying`: what a person does is told as an assistant's, so that one can see whether that is noticed. */
  constructor(
    readonly seed: number,
    private readonly lying = false,
  ) {
    this.chance = chance(seed);
    this.words = new Words(this.chance);
    this.objects = new Objects(this.scratch, this.ledger);
  }

  /** Whether a commit takes another one back. */
  inverseOf(commit: string): 'yes' | 'perhaps' | 'no' {
    const message = this.scratch.ask('show', '-s', '--format=%B', commit);
    const said = message.startsWith('Revert') ? /This reverts commit ([0-9a-f]{40})/.exec(message)?.[1] : undefined;
    const did = this.patch(`${commit}^`, commit);
    if (said !== undefined && !this.agentRestored && did === this.patch(said, `${said}^`)) return 'yes';
    if (message.startsWith('Revert')) return 'perhaps';
    const past = this.scratch
      .ask('rev-list', '--max-count=12', '--min-parents=1', '--max-parents=1', `${commit}^`)
      .split('\n')
      .filter(Boolean);
    return past.some((other) => this.patch(other, `${other}^`) === did) ? 'perhaps' : 'no';
  }

  /** A name for what leads from one commit to another. */
  private patch(from: string, to: string): string {
    const key = `${from} ${to}`;
    const known = this.patches.get(key);
    if (known !== undefined) return known;
    const found =
      this.scratch
        .run('git', ['patch-id', '--verbatim'], { input: this.scratch.ask('diff-tree', '-p', from, to) })
        .out.split(' ')[0] ?? '';
    this.patches.set(key, found);
    return found;
  }

  /** git brings older text back, or takes text away: by `actor`, who runs it and tells, or by nobody. */
  restore(actor: Actor, what: string, act: () => void): void {
    if (actor !== 'unknown') return this.by(actor, what, act, { command: what }, 'restores');
    this.open(actor, what, undefined, 'restores');
    act();
    this.close();
  }

  start(): void {
    this.scratch.git(['init', '-q']);
    const ran = this.scratch.linekeeper(['install', '--git']);
    if (ran.code !== 0) throw new Error(`install: ${ran.err}`);
  }

  say(text: string): void {
    this.scratch.steps.push({ kind: 'say', text });
  }

  /** A commit whose message is told with `wording`, which `args` have in them. */
  commit(args: readonly string[], wording: Wording): void {
    const { args: _, ...more } = wording;
    const head = () => this.scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
    const before = head();
    const code = this.scratch.git(args, { ...more, wording }).code;
    if (args.includes('core.hooksPath=/dev/null') || code !== 0) return;
    const amends = args.includes('--amend');
    const former = amends ? this.hooked.get(before)?.message : undefined;
    const message = amends && former === undefined ? undefined : asGit(this.scratch, wording, former);
    if (message !== undefined)
      this.hooked.set(head(), { message, emptied: /printf [^|]*> "\$1"; }/.test(wording.env?.['GIT_EDITOR'] ?? '') });
  }

  name(kind: string): string {
    this.names += 1;
    return `${kind}${String(this.names)}`;
  }

  /** A person, an assistant, or nobody that told of it. */
  actor(unknown = 0.15): Actor {
    if (this.chance.maybe(unknown)) return 'unknown';
    return this.chance.maybe(0.5) ? 'human' : this.chance.pick(AGENTS);
  }

  fresh(actor: Actor): string {
    const word = this.words.fresh();
    this.ledger.make(word, actor);
    return word;
  }

  /** Something done by `actor` and told as tools tell it. */
  by<T>(
    actor: Actor,
    what: string,
    act: () => T,
    options: { files?: string[]; command?: string } = {},
    means: Means = 'edits',
  ): T {
    const told = actor === 'unknown' ? undefined : { id: this.id(), ...who(actor), ...options };
    this.open(actor, what, told === undefined ? undefined : { event: 'before', ...told }, means);
    const result = act();
    this.close(told === undefined ? undefined : { event: 'after', ...told });
    return result;
  }

  /** Steps that only make sense together. */
  together(what: string, act: () => void): void {
    this.hand('unknown', what, act);
  }

  /** What one hand does, told by nothing that is known here. */
  hand(actor: Actor, what: string, act: () => void): void {
    this.open(actor, what);
    act();
    this.close();
  }

  /** A `before` whose `after` comes with {@link end}; what is done meanwhile stands in {@link hand}. */
  begin(actor: Actor, options: { files?: string[]; command?: string } = {}, named = true): Record<string, unknown> {
    const told = { ...(named ? { id: this.id() } : {}), ...who(actor), ...options };
    this.tell({ event: 'before', ...told });
    return told;
  }

  end(told: Record<string, unknown>): void {
    this.tell({ event: 'after', ...told });
  }

  /** One event, as tools tell it. */
  tell(told: Record<string, unknown>): void {
    this.scratch.steps.push({ kind: 'record', told });
    this.record(told);
  }

  /** Only told afterwards, with the words themselves. */
  byWords(actor: Actor, what: string, act: () => { path: string; old: string; new: string }): void {
    this.open(actor, `${what} (told afterwards)`);
    const edit = act();
    this.close({ event: 'after', id: this.id(), ...who(actor), files: [edit.path], edits: [edit] });
  }

  open(actor: Actor, what: string, told?: Record<string, unknown>, means: Means = 'edits'): void {
    this.scratch.steps.push({ kind: 'open', what, actor, means, ...(told === undefined ? {} : { told }) });
    this.note();
    this.atWork.push({ actor, what, means, before: this.scratch.files() });
    if (told !== undefined) this.record(told);
    if (actor.startsWith('ai') && means === 'restores') this.agentRestored = true;
  }

  close(told?: Record<string, unknown>): void {
    this.scratch.steps.push({ kind: 'close', ...(told === undefined ? {} : { told }) });
    if (told !== undefined) this.record(told);
    this.note();
    this.atWork.pop();
    const outer = this.atWork.at(-1);
    if (outer !== undefined) outer.before = this.scratch.files();
  }

  /** Takes down what the hand at work has done so far. */
  private note(): void {
    const hand = this.atWork.at(-1);
    if (hand === undefined) return;
    const { actor, what, means, before } = hand;
    const after = this.scratch.files();
    const head = this.scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
    const past = head === '' ? new Set<string>() : this.objects.past(head);
    if (means === 'restores' && actor === 'unknown')
      this.ledger.restore(before, after, past, what.startsWith('revert'));
    else if (means === 'settles') this.ledger.settle(actor, before, after, past);
    else this.ledger.observe(actor, before, after, past);
    hand.before = after;
  }

  private id(): string {
    this.ids += 1;
    return `e${String(this.ids)}`;
  }

  private record(payload: Record<string, unknown>): void {
    const lie = this.lying && payload['author'] === 'human' ? who(AGENTS[0]) : {};
    const ran = this.scratch.linekeeper(
      ['record', 'generic', '--repo', this.scratch.dir],
      JSON.stringify({ version: 1, cwd: this.scratch.dir, ...payload, ...lie }),
    );
    if (ran.code !== 0) this.failed.push(`record ${JSON.stringify(payload)}: ${ran.err}`);
  }
}

export function who(actor: Actor): Record<string, string> {
  if (actor === 'human') return { author: 'human', tool: 'editor', session: 'ed' };
  const [, tool = '', session = ''] = actor.split(':');
  return { author: 'ai', tool, session, model: `${tool}-m` };
}
