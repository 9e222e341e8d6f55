/** Django's migrations: what concerns the models' state only, and columns that stay as they are. */
import type { Call } from '../../code';
import type { Change } from '../../types';

/** Models are in `models.py`, or in the files of a folder of that name. */
const MODELS = /(?:^|\/)models(?:\/\w+)?\.py$/;

export const isDjangoModels = (path: string): boolean => MODELS.test(path);

/** Whether an operation changes only what Django believes of the database, and not the database. */
export function isStateOnly(call: Call): boolean {
  const outer = call.around.find(({ name }) => name === 'SeparateDatabaseAndState');
  if (outer === undefined) return false;
  const filled = outer.args.filter(({ text }) => !/^\[\s*\]$/.test(text));
  // The database's operations come first where they are not named.
  const names = filled.map(({ name }) =>
    name !== ''
      ? name
      : outer.args.find((one) => one.name === '') === filled[0]
        ? 'database_operations'
        : 'state_operations',
  );
  const at = filled.findLastIndex(({ line }) => line <= call.line);
  const onLine = filled.filter(({ line }) => line === filled[at]?.line);
  return onLine.length === 1 && names[at] === 'state_operations';
}

interface Field {
  readonly type: string;
  readonly room: number;
}

/**
 * Whether an `AlterField` leaves the column's type and room as they are, as the models in the same change say: choices,
 * defaults and help texts are not in the database. Undefined where the change does not show the field before and after. `models`: Django's only.
 */
export function keepsColumn(call: Call, models: readonly Change[]): boolean | undefined {
  const word = (key: string): string => (call.named.get(key) ?? '').replace(/^["']|["']$/g, '');
  const [model, name] = [word('model_name'), word('name')];
  if (!/^\w+$/.test(model) || !/^\w+$/.test(name)) return undefined;
  for (const { before, after } of models) {
    const [oldField, newField] = [fieldIn(before ?? '', model, name), fieldIn(after ?? '', model, name)];
    if (oldField !== undefined && newField !== undefined)
      return oldField.type === newField.type && oldField.room <= newField.room;
  }
  // a model whose file stays as it is has no other columns: the migration catches up with words that only Django reads
  return models.length > 0 && !models.some(({ before, after }) => hasModel(before, model) || hasModel(after, model))
    ? true
    : undefined;
}

const hasModel = (text: string | null, model: string): boolean =>
  new RegExp(`^class\\s+${model}\\b`, 'im').test(text ?? '');

function fieldIn(text: string, model: string, name: string): Field | undefined {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => new RegExp(`^class\\s+${model}\\b`, 'i').test(line));
  if (from === -1) return undefined;
  for (let at = from + 1; at < lines.length && !/^\S/.test(lines[at] ?? ''); at++) {
    const type = new RegExp(`^\\s+${name}\\s*(?::[^=]{1,80})?=\\s*(?:\\w+\\.){0,2}(\\w+)\\(`).exec(
      lines[at] ?? '',
    )?.[1];
    if (type === undefined) continue;
    const call = lines.slice(at, at + FIELD_LINES).join('\n');
    const callText = call.slice(0, endOf(call));
    return { type, room: Number(/max_length\s*=\s*(\d{1,6})/.exec(callText)?.[1] ?? Infinity) };
  }
  return undefined;
}

const FIELD_LINES = 40;

/** Behind the closing bracket of the first call in a text. */
function endOf(text: string): number {
  let depth = 0;
  for (let at = text.indexOf('('); at >= 0 && at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}
