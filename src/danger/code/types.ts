/** What the rules for code are told of a text: plain data, the same for all languages. */

export interface Text {
  /** With HOLE where a value is put in at run time. */
  readonly value: string;
  /** 1-based line on which it starts. */
  readonly line: number;
}

export interface Argument {
  /** Of a named argument; empty otherwise. */
  readonly name: string;
  /** As written, cut off. */
  readonly text: string;
  /** The string that it is, also one put together. */
  readonly string: Text | null;
  readonly line: number;
}

export interface Call {
  /** Last part of what is called: `dropColumn`. */
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
  /** Named values in it, also those of objects and hashes that are arguments: name to text. */
  readonly named: ReadonlyMap<string, string>;
  /** The name of the function around it; empty at the top. */
  readonly within: string;
  /** It belongs to the way back of a migration. */
  readonly down: boolean;
  /** Names of the calls that it is an argument or in a block of, inner ones last. */
  readonly around: readonly Call[];
}

/** `key: value`, `key=value` of an object, a call or an assignment. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  /** The call that it is an argument of; empty: none. */
  readonly owner: string;
}

/** A check that stands before what follows: `if (x) return`, a decorator, a filter, a middleware. */
export interface Check {
  /** The text that tells it, without white space. */
  readonly text: string;
  readonly line: number;
  readonly kind: 'condition' | 'decorator' | 'call' | 'middleware';
  /** What it guards: the name of a function, a class or a route. */
  readonly guards: string;
  /** Where what it guards is. */
  readonly guardLine: number;
}

export interface Code {
  readonly calls: readonly Call[];
  readonly pairs: readonly Pair[];
  readonly checks: readonly Check[];
  /** Names of functions, classes and routes, with their lines. */
  readonly known: ReadonlyMap<string, number>;
  /** What names were last set to, as text. */
  readonly assigned: ReadonlyMap<string, string>;
}
