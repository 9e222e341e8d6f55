/** What `terraform apply` and `destroy` print, with `-json` or without, also with the times that CI puts before lines. */
import { jsonLines } from './parse-json-lines-or-whole-json';
import { ENTRIES_AT_MOST, type LogEntry, type LogReader } from './types';
import { fieldsOf, tame, timeIn, type Fields } from './sanitize-log-fields';

/** Colours of a terminal. */
const COLOUR = /\x1b\[[0-9;]*m/g;
const TIMED = /^\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)\]?:?\s+/;
const ADDRESS = String.raw`((?:module\.[\w.\[\]"-]{1,200}\.)?(?:data\.)?[a-z][a-z0-9_]{2,80}\.[\w-]{1,120}(?:\[[^\]\s]{1,80}\])?)`;
const DONE = new RegExp(String.raw`^${ADDRESS}: (Destruction|Creation|Modifications) complete after`);
const SUMMARY = /^(?:Apply|Destroy) complete! Resources: [\d\w, ]{1,80}\./;
const ACTIONS: Readonly<Record<string, string>> = {
  delete: 'destroyed',
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  Destruction: 'destroyed',
  Creation: 'created',
  Modifications: 'changed',
};

export const terraformOutput: LogReader = {
  name: "Terraform's output",
  recognises: (head) =>
    /"@module"\s*:\s*"terraform|"type"\s*:\s*"apply_(?:start|complete)"/.test(head) ||
    /: (?:Destroying|Creating|Modifying|Refreshing state|Still destroying)\.\.\.|(?:Apply|Destroy) complete!|(?:Terraform|OpenTofu) will perform the following actions/.test(
      head,
    ),
  read(text) {
    if (/^\s*\{/.test(text)) {
      const { values, problems } = jsonLines(text, ENTRIES_AT_MOST);
      return { entries: values.flatMap(({ value }) => entriesOf(fieldsOf(value))), problems };
    }
    const entries: LogEntry[] = [];
    for (const raw of text.split('\n')) {
      if (entries.length >= ENTRIES_AT_MOST) break;
      const line = raw.slice(0, 1_000).replace(COLOUR, '').trim();
      const time = TIMED.exec(line);
      const rest = time === null ? line : line.slice(time[0].length);
      const at = time === null ? null : timeIn(zoned(time[1] ?? ''));
      const [, address, done = ''] = DONE.exec(rest) ?? [];
      if (address !== undefined)
        entries.push(entryOf(at, `${tame(address)} was ${ACTIONS[done] ?? 'changed'}`, done === 'Destruction'));
      else if (SUMMARY.test(rest)) entries.push(entryOf(at, tame(rest), /[1-9]\d* destroyed/.test(rest)));
    }
    return { entries, problems: [] };
  },
};

/** CI writes UTC where it names no zone. */
const zoned = (time: string): string => (/(?:Z|[+-]\d{2}:?\d{2})$/.test(time) ? time : `${time.replace(' ', 'T')}Z`);

const entryOf = (at: number | null, deed: string, destroys: boolean): LogEntry => ({
  at,
  what: deed,
  by: null,
  program: 'Terraform',
  destroys,
});

function entriesOf(line: Fields): readonly LogEntry[] {
  const at = timeIn(line['@timestamp']);
  const hook = fieldsOf(line['hook']);
  if (line['type'] === 'apply_complete') {
    const [address, action] = [tame(fieldsOf(hook['resource'])['addr']), tame(hook['action'], 20)];
    return address === ''
      ? []
      : [entryOf(at, `${address} was ${ACTIONS[action] ?? 'changed'}`, action === 'delete' || action === 'replace')];
  }
  if (line['type'] !== 'change_summary' || fieldsOf(line['changes'])['operation'] === 'plan') return [];
  const message = tame(line['@message']);
  return [entryOf(at, message, /[1-9]\d* destroyed/.test(message))];
}
