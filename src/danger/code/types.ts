/** What the rules for code see of a text: plain data, the same for all languages. */

export interface Text {
  /** With HOLE where a value is interpolated at run time. */
  readonly value: string;
  /** 1-based line on which it starts. */
  readonly line: number;
}

export interface Argument {
  /** For a named argument; empty otherwise. */
  readonly name: string;
  /** As written, truncated. */
  readonly text: string;
  /** The argument as a string, concatenated ones included. */
  readonly string: Text | null;
  readonly line: number;
}

export interface Call {
  /** Last part of the callee: `dropColumn`. */
  readonly name: string;
  /**
   * What is before it, without white space and without arguments: `knex.schema`, `Order.objects.all()`. Empty for a
   * plain function.
   */
  readonly receiver: string;
  /** 1-based, of the name. */
  readonly line: number;
  readonly isNew: boolean;
  readonly args: readonly Argument[];
  /** Named values in the arguments, including those in objects and hashes: name to text. */
  readonly named: ReadonlyMap<string, string>;
  /** The name of the enclosing function; empty at the top level. */
  readonly within: string;
  /** It belongs to the part of a migration that reverts it. */
  readonly down: boolean;
  /** The calls that it is an argument of or in a block of, innermost last. */
  readonly around: readonly Call[];
}

/** `key: value`, `key=value` of an object, a call or an assignment. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  /** The call that it is an argument of; empty when there is none. */
  readonly owner: string;
}

/** A check in front of what follows: `if (x) return`, a decorator, a filter, a middleware. */
export interface Check {
  /** The text that identifies it, without white space. */
  readonly text: string;
  readonly line: number;
  /** `exempt`: a path of a list that asks for nothing; `open`: a check that always says yes. */
  readonly kind: 'condition' | 'decorator' | 'call' | 'middleware' | 'link' | 'exempt' | 'open';
  /** What it guards: the name of a function, a class or a route. */
  readonly guards: string;
  /** The class of the function that it guards; left out where there is none. */
  readonly owner?: string;
  /** By its own words it turns away who may not: it answers 403. */
  readonly refuses?: true;
  /** The line of what it guards. */
  readonly guardLine: number;
  /** The chain that a `link` belongs to. */
  readonly chain?: Chain;
}

/** What requests go through before they are answered. */
export interface Chain {
  /** What it is built on: the `r` of `r.Use(…)`; empty for a setting. */
  readonly root: string;
  /** The routes behind the link, as far as they are written there. */
  readonly routes: readonly string[];
}

export interface Code {
  readonly calls: readonly Call[];
  readonly pairs: readonly Pair[];
  readonly checks: readonly Check[];
  /** Names of functions, classes and routes, with their lines; a method's once more as `Class.method`. */
  readonly known: ReadonlyMap<string, number>;
  /** The values that names were last set to, as text. */
  readonly assigned: ReadonlyMap<string, string>;
}
