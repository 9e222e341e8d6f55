/** Columns that a migration changes: a narrower type, another type, or null no longer allowed. */
import type { Call } from '../../code';
import { plain } from './migration-methods';

const ROOM = 255;
/** Types that hold less than most. */
const SMALL = /\b(?:small_?int(?:eger)?|tiny_?int(?:eger)?|integer|int|boolean|bool|date|time|float|uuid)\b/i;
const SIZED = /\b(?:string|varchar|char|charfield|nvarchar|character)\b/i;

/** How the column changes; null: no known loss. */
export function columnChange(call: Call): 'narrower' | 'required' | null {
  const name = plain(call.name);
  const words = call.args
    .map(({ name: key, text }) => (key === '' ? text : `${key}: ${text}`))
    .join(' ')
    .slice(0, 1500);
  if (name === 'changecolumnnull')
    return /^(?:false)$/.test(call.args[2]?.text ?? '') && call.args.length < 4 ? 'required' : null;
  if (name === 'changecolumn' || name === 'changetype')
    return (
      narrower(words) ??
      (/null:?\s*(?:=>)?\s*false|allowNull\s*:?\s*false/i.test(words) && !/default/i.test(words) ? 'required' : null)
    );
  if (name === 'altercolumn') {
    // Alembic names the old type, too: only the new one counts
    const type = call.named.get('type_') ?? call.named.get('type') ?? (/^alter$/i.test(call.name) ? words : '');
    const isClr = /AlterColumn<(\w+)\??>/.exec(call.name)?.[1];
    if (narrower(isClr ?? type) !== null || Number(call.named.get('maxLength') ?? ROOM) < ROOM) return 'narrower';
    return /^False$/.test(call.named.get('nullable') ?? '') ? 'required' : null;
  }
  if (name === 'alterfield') return narrower(words);
  return null;
}

function narrower(words: string): 'narrower' | null {
  const limit =
    /(?:limit|max_?length|length|size)['"]?\s*(?::|=>|=)\s*(\d{1,5})/i.exec(words)?.[1] ??
    /(?:string|varchar|char|character)\w*['"]?\s*[(,]\s*(\d{1,5})/i.exec(words)?.[1];
  if (limit !== undefined) return Number(limit) < ROOM && (SIZED.test(words) || Number(limit) <= 4) ? 'narrower' : null;
  return SMALL.test(words.replace(/\b(?:big_?int(?:eger)?|datetime|timestamp)\b/gi, '')) &&
    !/\b(?:text|bigint)\b/i.test(words)
    ? 'narrower'
    : null;
}

/** A new column of an existing table that is required but has no default. */
export function addsRequired(call: Call): boolean {
  const name = plain(call.name);
  if (name === 'addfield') return djangoRequires(call);
  if (!['addcolumn', 'addreference', 'addbelongsto', 'addcolumns'].includes(name.replace(/<.*$/, ''))) return false;
  const words = call.args
    .map(({ name: key, text }) => (key === '' ? text : `${key}: ${text}`))
    .join(' ')
    .slice(0, 1500);
  return (
    /\bnull:?\s*(?:=>)?\s*false|\ballowNull['"]?\s*:\s*false|\bnullable['"]?\s*:?=?\s*false|\bnotNull['"]?\s*:\s*true/i.test(
      words,
    ) && !/default|autoIncrement|server_default|computed|identity/i.test(words)
  );
}

/** A Django field is required unless it says otherwise. */
function djangoRequires(call: Call): boolean {
  const field = call.args.find(({ name }) => name === 'field') ?? call.args.filter(({ name }) => name === '')[2];
  const text = field?.text ?? '';
  return (
    /^(?:models\.)?\w+(?:Field|ForeignKey)\(/.test(text) &&
    !/^(?:models\.)?(?:ManyToMany|Auto|BigAuto|SmallAuto|Generated)/.test(text) &&
    !/null\s*=\s*True|default|blank\s*=\s*True|auto_now|primary_key/.test(text) &&
    text.length < 390
  );
}
