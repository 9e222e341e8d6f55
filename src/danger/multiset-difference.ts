/** Of which texts one side has more than the other, by how many; negative where it has fewer. Those of both are left out. */
export function surplus(some: readonly string[], others: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of some) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) - 1);
  for (const [text, count] of counts) if (count === 0) counts.delete(text);
  return counts;
}
