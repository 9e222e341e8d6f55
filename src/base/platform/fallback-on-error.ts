/** What the machine answers, or what stands for an answer that it does not give: a file may be gone at any moment. */
export function attempt<T>(ask: () => T): T | undefined;
export function attempt<T, F>(ask: () => T, otherwise: F): T | F;
export function attempt<T, F>(ask: () => T, otherwise?: F): T | F | undefined {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
