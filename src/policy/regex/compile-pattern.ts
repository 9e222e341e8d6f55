/** From a pattern to the instructions that match it (Thompson's construction). */
import { parsePattern, PatternError, type Node, type Range } from './parse-pattern';

export type Instruction =
  | { readonly does: 'match' }
  | { readonly does: 'take'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly does: 'assert'; readonly at: 'start' | 'end' | 'edge' | 'inside' }
  | { readonly does: 'go'; to: readonly number[] };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly ignoreCase: boolean;
  /** A text that every match contains; empty when none is known. */
  readonly needs: string;
}

const INSTRUCTIONS_AT_MOST = 1000;

/** Throws a {@link PatternError}. */
export function programOf(pattern: string): Program {
  const { node, ignoreCase } = parsePattern(pattern);
  const instructions: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (instructions.length >= INSTRUCTIONS_AT_MOST)
      throw new PatternError('the pattern is too large: fewer repetitions, please', 0);
    return instructions.push(instruction) - 1;
  };
  write(node, instructions, add);
  add({ does: 'match' });
  return { instructions, ignoreCase, needs: ignoreCase ? '' : neededBy(node) };
}

function write(node: Node, all: readonly Instruction[], add: (one: Instruction) => number): void {
  switch (node.kind) {
    case 'set':
      add({ does: 'take', ranges: node.ranges, negated: node.negated });
      break;
    case 'assert':
      add({ does: 'assert', at: node.at });
      break;
    case 'sequence':
      for (const part of node.parts) write(part, all, add);
      break;
    case 'either': {
      const fork = { does: 'go' as const, to: [] as number[] };
      add(fork);
      const ends = node.options.map((option) => {
        fork.to.push(all.length);
        write(option, all, add);
        const end = { does: 'go' as const, to: [] as number[] };
        add(end);
        return end;
      });
      for (const end of ends) end.to.push(all.length);
      break;
    }
    case 'repeat': {
      for (let count = 0; count < node.from; count++) write(node.node, all, add);
      if (node.to === null) {
        const fork = { does: 'go' as const, to: [] as number[] };
        const begins = add(fork);
        fork.to.push(all.length);
        write(node.node, all, add);
        add({ does: 'go', to: [begins] });
        fork.to.push(all.length);
        break;
      }
      const forks = Array.from({ length: node.to - node.from }, () => {
        const fork = { does: 'go' as const, to: [] as number[] };
        add(fork);
        fork.to.push(all.length);
        write(node.node, all, add);
        return fork;
      });
      for (const fork of forks) fork.to.push(all.length);
    }
  }
}

/** The longest run of single characters that every match must go through. */
function neededBy(node: Node): string {
  let longest = '';
  let run = '';
  const end = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  const walk = (child: Node): void => {
    if (child.kind === 'sequence') {
      for (const part of child.parts) walk(part);
      return;
    }
    const [range] = child.kind === 'set' ? child.ranges : [];
    if (child.kind === 'set' && !child.negated && child.ranges.length === 1 && range && range[0] === range[1])
      run += String.fromCodePoint(range[0]);
    else if (child.kind === 'repeat' && child.from > 0) {
      end();
      walk(child.node);
      end();
    } else if (child.kind !== 'assert') end();
  };
  walk(node);
  end();
  return longest;
}
