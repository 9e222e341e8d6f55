/** Values that are made when somebody first asks for them. */

/** The same value each time. Rows are made this way: what does not ask for them does not load them. */
/* @__NO_SIDE_EFFECTS__ */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
