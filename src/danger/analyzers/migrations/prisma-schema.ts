/** Prisma's schema: the next migration drops whatever is removed from it. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import type { Noticed, Tools } from '../../types';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly text: string;
}
interface Model {
  readonly name: string;
  readonly kind: string;
  readonly line: number;
  /** The table that it is stored in. */
  readonly table: string;
  readonly fields: readonly Field[];
}

/** Models and columns that a change removes from the schema or makes narrower. */
export function noticedInPrisma(
  before: string | null,
  after: string | null,
  { refused }: Pick<Tools, 'refused'> = {},
): readonly Noticed[] {
  const broken = [before, after].filter((text) => text !== null && !isWhole(text));
  for (const text of broken) refused?.(text ?? '');
  if (before === null || broken.length > 0) return [];
  const newModels = modelsOf(after ?? '');
  // A field of a model's type is a relation: what is stored of it is another field, with the other side's key.
  const related = new Set(
    [...modelsOf(before), ...newModels].flatMap(({ kind, name }) =>
      kind === 'model' || kind === 'view' ? [name] : [],
    ),
  );
  const found: Noticed[] = [];
  for (const model of modelsOf(before)) {
    const same = newModels.find(({ name, kind }) => name === model.name && kind === model.kind);
    if (same === undefined) {
      if (newModels.some(({ table, kind }) => kind === model.kind && table === model.table)) continue;
      if (model.kind === 'enum') continue; // nothing uses it any more: what did is a column that leaves

      found.push(
        factWas('destructive/orm-drop: The {kind} {name} leaves the schema: the next migration drops {how}.', model, {
          kind: model.kind,
          name: model.name,
          how: model.kind === 'model' ? 'its table, with every row' : 'its type',
        }),
      );
      continue;
    }
    for (const field of model.fields) {
      const relation = related.has(field.type.replace(/[?[\]]/g, ''));
      const newField = same.fields.find(({ name }) => name === field.name);
      if (newField === undefined) {
        if (
          relation ||
          field.text.includes('@ignore') ||
          same.fields.some(({ text }) => text.includes(`@map("${field.name}")`))
        )
          continue;
        const words = { field: field.name, model: model.name };
        found.push(
          factWas(
            model.kind === 'enum'
              ? 'destructive/orm-drop: The value {field} leaves the type {model}.'
              : 'destructive/orm-drop: The column {field} of {model} leaves the schema: the next migration drops it, with its data.',
            field,
            words,
          ),
        );
      } else if (field.text.includes('references:') && !goesAlong(field) && goesAlong(newField)) {
        found.push(
          factAt(
            'destructive/orm-delete-all (medium): Whoever deletes one of {other} deletes what {model} has of it, too: until now the database refused, or kept it.',
            newField,
            { other: newField.type.replace(/[?[\]]/g, ''), model: model.name },
          ),
        );
      } else if (!relation && model.kind === 'model') found.push(...changed(model.name, field, newField));
    }
  }
  return found;
}

/** Whether a row is deleted with the one that it refers to. */
const goesAlong = ({ text }: Field): boolean => /\bonDelete:\s*Cascade\b/.test(text);

function changed(model: string, oldField: Field, newField: Field): readonly Noticed[] {
  const base = (type: string): string => type.replace(/[?[\]]/g, '');
  const size = (text: string): number => Number(/@db\.\w*(?:Char|Binary)\((\d{1,6})\)/i.exec(text)?.[1] ?? 1e6);
  const widens = base(oldField.type) === 'Int' && ['BigInt', 'Float', 'Decimal'].includes(base(newField.type));
  if (
    (base(oldField.type) !== base(newField.type) && !widens && base(newField.type) !== 'String') ||
    size(newField.text) < size(oldField.text)
  )
    return [
      factAt(
        'destructive/sql-narrowing: The column {name} of {model} gets another type or less room: values that do not fit are cut or refused.',
        newField,
        { name: newField.name, model },
      ),
    ];
  if (oldField.type.endsWith('?') && base(oldField.type) === newField.type && !newField.text.includes('@default'))
    return [
      factAt(
        'destructive/sql-not-null: The column {name} of {model} must have a value from now on: rows without one stop the migration.',
        newField,
        { name: newField.name, model },
      ),
    ];
  return [];
}

/** Whether every block that opens is closed, and no marks of a conflict are left. */
function isWhole(text: string): boolean {
  let open = false;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\/\/.*/, '');
    if (/^(?:<{7}|={7}|>{7})(?:\s|$)/.test(raw)) return false;
    if (/^\s*(?:model|enum|type|view|datasource|generator)\s+\w+\s*\{/.test(line)) {
      if (open) return false;
      open = !/\}\s*$/.test(line);
    } else if (/^\s*\}/.test(line)) {
      if (!open) return false;
      open = false;
    }
  }
  return !open;
}

function modelsOf(text: string): readonly Model[] {
  const models: Model[] = [];
  let open: { name: string; kind: string; line: number; table: string; fields: Field[] } | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.length > 1000 ? '' : raw.replace(/\/\/.*/, '');
    const head = /^\s*(model|enum|type|view)\s+(\w+)\s*\{/.exec(line);
    if (head !== null)
      open = { kind: head[1] ?? '', name: head[2] ?? '', line: index + 1, table: head[2] ?? '', fields: [] };
    else if (open !== null && /^\s*\}/.test(line)) {
      models.push(open);
      open = null;
    } else if (open !== null) {
      const mapped = /^\s*@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1];
      if (mapped !== undefined) open.table = mapped;
      const field =
        open.kind === 'enum' ? /^\s*(\w+)()/.exec(line) : /^\s*(\w+)\s+([\w.]+(?:\([^)]*\))?(?:\[\])?\??)/.exec(line);
      if (field !== null) open.fields.push({ name: field[1] ?? '', type: field[2] ?? '', line: index + 1, text: line });
    }
  }
  return models;
}
