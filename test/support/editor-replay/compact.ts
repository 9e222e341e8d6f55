/**
 * Reports as a fixture has them: the most frequent ones as lists, documents by their number in the recording. An empty
 * extent is its start alone. A window that is as the selections told make it is left out. Pure.
 */
import type { Extent, Report, ToldWindow } from './reports';

type Extended = readonly number[];
type CompactChange = readonly [
  at: number,
  'change',
  document: number,
  dirty: 0 | 1,
  changes: readonly (readonly (number | string)[])[],
  more?: object,
];
type CompactSelection = readonly [
  at: number,
  'selection',
  document: number,
  by: number,
  selections: readonly Extended[],
];
export type CompactReport = CompactChange | CompactSelection | Report;

const BY_NOBODY = 0;

export interface CompactReports {
  readonly documents: readonly string[];
  readonly reports: readonly CompactReport[];
}

/** `reports`: with deltas. `window`: before the first of them. */
export function compact(reports: readonly Report[], window: ToldWindow): CompactReports {
  const documents: string[] = [];
  const numberOf = (uri: string): number => {
    const known = documents.indexOf(uri);
    return known < 0 ? documents.push(uri) - 1 : known;
  };
  let standing = JSON.stringify(parts(window));
  let left = 0; // time of what was left out
  const made: CompactReport[] = [];
  for (const [index, report] of reports.entries()) {
    const next = reports[index + 1];
    if (report.kind === 'window') {
      const expected = next?.kind === 'selection' ? selected(JSON.parse(standing) as ToldWindow, next) : undefined;
      standing = JSON.stringify(parts(report));
      if (expected !== undefined && JSON.stringify(parts(expected)) === standing) {
        left += report.at;
        continue;
      }
    } else if (report.kind === 'selection')
      standing = JSON.stringify(parts(selected(JSON.parse(standing) as ToldWindow, report)));
    const at = report.at + left;
    left = 0;
    made.push(compacted({ ...report, at }, numberOf));
  }
  return { documents, reports: made };
}

function compacted(report: Report, numberOf: (uri: string) => number): CompactReport {
  if (report.kind === 'selection')
    return [report.at, 'selection', numberOf(report.uri), report.by ?? BY_NOBODY, report.selections.map(shortened)];
  if (report.kind !== 'change') return report;
  const { at, kind, uri, dirty, changes, ...more } = report;
  const all = changes.map(([extent, text]) => [...shortened(extent), text]);
  return Object.keys(more).length === 0
    ? [at, kind, numberOf(uri), dirty ? 1 : 0, all]
    : [at, kind, numberOf(uri), dirty ? 1 : 0, all, more];
}

export function expand({ documents, reports }: CompactReports): readonly Report[] {
  return reports.map((report) => (isList(report) ? expanded(report, documents) : report));
}

const isList = (report: CompactReport): report is CompactChange | CompactSelection => Array.isArray(report);

function expanded(report: CompactChange | CompactSelection, documents: readonly string[]): Report {
  const uri = documents[report[2]] ?? '';
  if (report[1] === 'selection') {
    const [at, kind, , by, selections] = report;
    return { at, kind, uri, ...(by === BY_NOBODY ? {} : { by }), selections: selections.map(lengthened) };
  }
  const [at, kind, , dirty, changes, more] = report;
  const all = changes.map((change) => {
    const places = change.filter((part) => typeof part === 'number');
    return [lengthened(places), String(change.at(-1))] as const;
  });
  return { at, kind, uri, dirty: dirty === 1, changes: all, ...more };
}

/** The window once a selection is told. */
export function selected(
  window: ToldWindow,
  { uri, selections }: { readonly uri: string; readonly selections: readonly Extent[] },
): ToldWindow {
  const visible = window.visible.map((shown) => (shown[0] === uri ? ([uri, selections] as const) : shown));
  return { ...window, visible };
}

const parts = ({ focused, active, visible }: ToldWindow): ToldWindow => ({ focused, active, visible });

const shortened = ([line, character, endLine, endCharacter]: Extent): Extended =>
  line === endLine && character === endCharacter ? [line, character] : [line, character, endLine, endCharacter];

function lengthened([line = 0, character = 0, endLine = line, endCharacter = character]: Extended): Extent {
  return [line, character, endLine, endCharacter];
}
