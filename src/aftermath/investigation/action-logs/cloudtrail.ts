/** AWS CloudTrail: a file of `Records`, what `aws cloudtrail lookup-events` prints, or a record a line. */
import { jsonLines, wholeJson } from './parse-json-lines-or-whole-json';
import { ENTRIES_AT_MOST, type LogEntry, type LogReader } from './types';
import { fieldsOf, programOf, tame, timeIn, type Fields } from './sanitize-log-fields';

const READS =
  /^(?:Get|List|Describe|Head|Lookup|BatchGet|Query|Scan|Search|Select|Assume|Check|Validate|Test|Decrypt|GenerateDataKey|Simulate|Estimate|Preview|Discover|Filter)/;
const DESTROYS =
  /^(?:Delete|Terminate|Remove|Destroy|Drop|Purge|Deregister|Detach|Disable|Revoke|Stop|Release|Cancel|Schedule\w*Deletion|Empty|Reset)/;
/** Parameters that name what it is about. */
const NAMES =
  /(?:name|id|identifier|arn|bucket|cluster|service|key|alias|path|group|role|function|table|queue|topic|resource)$/i;
const NAMES_AT_MOST = 3;

export const cloudtrail: LogReader = {
  name: 'CloudTrail',
  recognises: (head) => /"eventSource"\s*:|"CloudTrailEvent"\s*:|\\"eventSource\\"/.test(head),
  read(text) {
    const whole =
      /^\s*[[{]\s*(?:"(?:Records|Events|NextToken)"|\{)/.test(text.slice(0, 2_000)) || !text.trim().includes('\n');
    if (!whole) {
      const { values, problems } = jsonLines(text, ENTRIES_AT_MOST);
      return { entries: values.flatMap(({ value }) => entriesOf(fieldsOf(value))), problems };
    }
    const read = wholeJson(text);
    if (!('value' in read)) return { entries: [], problems: [read] };
    const fields = fieldsOf(read.value);
    const records = [read.value, fields['Records'], fields['Events']].find((one) => Array.isArray(one)) as
      unknown[] | undefined;
    const all = (records ?? [read.value]).slice(0, ENTRIES_AT_MOST).map(recordOf);
    return { entries: all.flatMap(entriesOf), problems: [] };
  },
};

/** The record in what `lookup-events` prints around it. */
function recordOf(value: unknown): Fields {
  const fields = fieldsOf(value);
  const inner = fields['CloudTrailEvent'];
  if (typeof inner !== 'string') return fields;
  const read = wholeJson(inner);
  return 'value' in read ? fieldsOf(read.value) : fields;
}

function entriesOf(record: Fields): readonly LogEntry[] {
  const name = tame(record['eventName'] ?? record['EventName'], 80);
  if (name === '' || record['readOnly'] === true || record['readOnly'] === 'true' || READS.test(name)) return [];
  const service = tame(record['eventSource'] ?? record['EventSource'], 80).replace(/\.amazonaws\.com$/, '');
  const identity = fieldsOf(record['userIdentity']);
  const by = tame(identity['arn'] ?? identity['userName'] ?? identity['principalId'] ?? record['Username'], 200);
  const failed = tame(record['errorCode'], 60);
  const region = tame(record['awsRegion'], 30);
  const about = namesIn(fieldsOf(record['requestParameters']));
  return [
    {
      at: timeIn(record['eventTime'] ?? record['EventTime']),
      what: `${service === '' ? '' : `${service} `}${name}${about.length === 0 ? '' : ` ${about.join(', ')}`}${region === '' ? '' : ` in ${region}`}${failed === '' ? '' : ` (refused: ${failed})`}`,
      by: by === '' ? null : by.replace(/^arn:aws[\w-]*:(?:sts|iam)::\d*:/, ''),
      program: programOf(record['userAgent']),
      destroys: DESTROYS.test(name),
    },
  ];
}

/** What the parameters name; no other value, as those may hold anything. */
function namesIn(parameters: Fields): readonly string[] {
  return Object.entries(parameters)
    .filter(
      ([key, value]) =>
        NAMES.test(key) && !/secret|token|password/i.test(key) && typeof value === 'string' && value.length < 300,
    )
    .map(([, value]) => tame(value, 80))
    .filter((value) => value !== '')
    .slice(0, NAMES_AT_MOST);
}
