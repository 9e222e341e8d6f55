/**
 * Plays turns one after the other, and stores the results. An agent may send the same request twice (a retry): it gets
 * the same answer. Wire formats are layered on top of this.
 */
import { randomBytes } from 'node:crypto';
import type { ToolCall, ToolResult, Turn } from './turns';

/** A call with the id that its result will have. */
export interface IssuedCall extends ToolCall {
  readonly id: string;
}

export interface Answer {
  readonly say?: string;
  readonly calls: readonly IssuedCall[];
}

const END = 'All steps are done.';

export class Script {
  readonly results: ToolResult[] = [];
  private index = 0;
  private pending: readonly IssuedCall[] = [];
  private answer: Answer | undefined;

  /**
   * Part of every call's id, unique to this script and run, as with a vendor's model.
   */
  private readonly name = randomBytes(6).toString('hex');

  constructor(private readonly turns: readonly Turn[]) {}

  /** Every turn was sent, and every call answered. */
  get finished(): boolean {
    return this.index >= this.turns.length && this.pending.length === 0;
  }

  /** The answer to a request that contains these results. */
  async next(
    resultOf: (id: string) => { readonly text: string; readonly failed: boolean } | undefined,
  ): Promise<Answer> {
    if (this.answer && this.pending.some((call) => resultOf(call.id) === undefined)) return this.answer;
    for (const { id, ...call } of this.pending) {
      const result = resultOf(id);
      if (result) this.results.push({ call, ...result });
    }
    this.pending = [];
    this.answer = { say: END, calls: [] };
    for (const turn of this.turns.slice(this.index)) {
      const made = typeof turn === 'function' ? turn() : turn;
      await made.meanwhile?.();
      const place = String(this.index++);
      if (made.say === undefined && !made.calls?.length) continue;
      this.pending = (made.calls ?? []).map((call, at) => ({
        ...call,
        id: `call_${this.name}_${place}_${String(at)}`,
      }));
      this.answer = { ...(made.say === undefined ? {} : { say: made.say }), calls: this.pending };
      break;
    }
    return this.answer;
  }
}
