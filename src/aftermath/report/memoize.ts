/** Memoizes a function by key: the same files and people recur. */
export function remembered<Of, Answer>(keyOf: (of: Of) => string, ask: (of: Of) => Answer): (of: Of) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (of) => {
    const key = keyOf(of);
    const known = answers.get(key) ?? { answer: ask(of) };
    answers.set(key, known);
    return known.answer;
  };
}
