/** Names of tables and columns, as calls of migrations give them. */
import type { Call } from '../../code';

/** Names in an argument: `:users`, `"users"`, `Users`, `&User{}`. */
export const nameOf = (call: Call, index: number): string =>
  nameIn(call.args[index]?.string?.value ?? call.args[index]?.text ?? '');
export const nameIn = (text: string): string =>
  text
    .replace(/^[:&"'`]+|["'`]$|\{\}$/g, '')
    .split('.')
    .at(-1)
    ?.trim() ?? '';

/**
 * The table of a block: `change_table :users do |t|`, `Schema::table('users', …)`, `alter table(:users)`,
 * `this->table('users')`.
 */
export function tableOf(call: Call): string {
  const named =
    call.named.get('table') ??
    call.named.get('model_name') ??
    call.named.get('table_name') ??
    call.named.get('tableName');
  if (named !== undefined) return nameIn(named);
  const outer = call.around.findLast(({ name }) =>
    /^(?:change_?table|table|alter_?table|create_?table|create|batch_alter_table|alter)$/i.test(name),
  );
  if (outer !== undefined) return nameIn(outer.args[0]?.string?.value ?? outer.args[0]?.text ?? '');
  return '';
}
