/**
 * Patterns of a team's rules, matched in linear time. JavaScript's own regular expressions backtrack, so `(a+)+$` hangs
 * on one long line, and nothing can stop it; RE2's compiled form is 1 MB, re2js has no budget of steps, and V8's linear
 * engine needs a flag. So this is an automaton of our own for the part of RE2's syntax that policies need: no
 * lookaround, no backreferences.
 */
import { PatternError, type Range } from './parse-pattern';
import { programOf, type Instruction, type Program } from './compile-pattern';

/** How much work may still be done. Passed from pattern to pattern. */
export interface Budget {
  steps: number;
}

/** What precedes a position: the line's start, a word character, or something else. */
const START = 0;
const LETTER = 1;
const OTHER = 2;
const END = -1;
/** At most this many states are cached; then the cache starts over. */
const STATES_AT_MOST = 2000;

interface State {
  /** The program's possible positions, ascending. */
  readonly places: readonly number[];
  readonly before: number;
  readonly next: Map<number, State | 'matched'>;
}

export class Pattern {
  private states = new Map<string, State>();
  private readonly program: Program;

  /** Throws a {@link PatternError}. */
  constructor(text: string) {
    this.program = programOf(text);
  }

  /** A text that every matching line contains; empty when none is known. */
  get needs(): string {
    return this.program.needs;
  }

  /** Whether it matches anywhere in a line. Undefined when the budget is used up before that is known. */
  matches(line: string, budget: Budget): boolean | undefined {
    let state = this.stateOf([], START);
    for (let at = 0; ;) {
      const code = at < line.length ? (line.codePointAt(at) ?? END) : END;
      let next = state.next.get(code);
      budget.steps--;
      if (next === undefined) {
        next = this.step(state, code, budget);
        state.next.set(code, next);
      }
      if (next === 'matched') return true;
      if (code === END) return false;
      if (budget.steps < 0) return undefined;
      state = next;
      at += code > 0xffff ? 2 : 1;
    }
  }

  private step({ places, before }: State, code: number, budget: Budget): State | 'matched' {
    const { instructions, ignoreCase } = this.program;
    const after = kindOf(code);
    const next = new Set<number>();
    const seen = new Set<number>();
    const waiting = [0, ...places];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      budget.steps--;
      const instruction = instructions[place];
      if (instruction === undefined) continue;
      switch (instruction.does) {
        case 'match':
          return 'matched';
        case 'go':
          waiting.push(...instruction.to);
          break;
        case 'assert':
          if (holds(instruction, before, after)) waiting.push(place + 1);
          break;
        case 'take':
          if (code !== END && takes(instruction.ranges, code, ignoreCase) !== instruction.negated) next.add(place + 1);
      }
    }
    return this.stateOf(
      [...next].sort((one, other) => one - other),
      after,
    );
  }

  private stateOf(places: readonly number[], before: number): State {
    const key = `${String(before)} ${places.join(' ')}`;
    const known = this.states.get(key);
    if (known) return known;
    if (this.states.size >= STATES_AT_MOST) this.states = new Map();
    const state = { places, before, next: new Map() };
    this.states.set(key, state);
    return state;
  }
}

/** What is wrong with a pattern; undefined when nothing is. */
export function patternProblem(text: string): { readonly message: string; readonly offset: number } | undefined {
  try {
    new Pattern(text);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return { message: error.message, offset: error.offset };
    throw error;
  }
}

function kindOf(code: number): number {
  if (code === END) return END;
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
    ? LETTER
    : OTHER;
}

function holds({ at }: Extract<Instruction, { does: 'assert' }>, before: number, after: number): boolean {
  if (at === 'start') return before === START;
  if (at === 'end') return after === END;
  return ((before === LETTER) !== (after === LETTER)) === (at === 'edge');
}

function takes(ranges: readonly Range[], code: number, ignoreCase: boolean): boolean {
  const isIn = (one: number): boolean => ranges.some(([from, to]) => from <= one && one <= to);
  if (isIn(code)) return true;
  if (!ignoreCase) return false;
  const char = String.fromCodePoint(code);
  return isIn(char.toLowerCase().codePointAt(0) ?? 0) || isIn(char.toUpperCase().codePointAt(0) ?? 0);
}
