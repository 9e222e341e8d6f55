/** One cause, told by two files of a change: a schema, and the migration that was generated from it. */
import type { Finding } from '../policy/types';

const SCHEMA = /\.prisma$/;
const MIGRATION = /(?:^|\/)migration\.sql$/;

/** What a finding names: `The column slug of Board leaves …`, `The model Board leaves …`. */
const NAMED = /^The (?:column|model|enum|type|view) (\w+)/;

/**
 * Without what a schema would drop by its next migration, where that migration is in the change and is found to drop it.
 */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const dropped = findings
    .filter(({ path, rule }) => MIGRATION.test(path) && rule.startsWith('destructive/sql-drop'))
    .map(({ message }) => message.toLowerCase());
  if (dropped.length === 0) return findings;
  return findings.filter(({ path, rule, message }) => {
    const name = SCHEMA.test(path) && rule === 'destructive/orm-drop' ? NAMED.exec(message)?.[1] : undefined;
    if (name === undefined) return true;
    const word = new RegExp(`(?:^|[^\\w])${name.toLowerCase()}(?:[^\\w]|$)`);
    return !dropped.some((said) => word.test(said));
  });
}
