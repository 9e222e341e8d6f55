/**
 * Whether the editor told the same of a scene twice. What differs from run to run is passed over: times, the order of
 * what happens in different documents, windows, the caret's way, how often a menu is opened until its item is there,
 * and whether a selection comes before or after the next change. Pure.
 */
import type { Report, Told } from './reports';

interface Step {
  readonly what: string;
  /** Of a change: who moved the caret right after it. */
  after?: string;
}

/** The first difference, for people; undefined when there is none. */
export function differenceBetween(recorded: readonly Report[], told: readonly Report[]): string | undefined {
  const [before, after] = [byDocument(recorded), byDocument(told)];
  for (const document of new Set([...before.keys(), ...after.keys()])) {
    const [expected, found] = [before.get(document) ?? [], after.get(document) ?? []];
    for (let i = 0; i < Math.max(expected.length, found.length); i++)
      if (!areAlike(expected[i], found[i]))
        return `  in ${document}, step ${String(i + 1)} of ${String(expected.length)}\n    recorded: ${written(expected[i])}\n    told now: ${written(found[i])}`;
  }
  return undefined;
}

const areAlike = (expected: Step | undefined, found: Step | undefined): boolean =>
  expected?.what === found?.what &&
  (expected?.after === undefined || found?.after === undefined || expected.after === found.after);

const written = (step: Step | undefined): string =>
  step === undefined ? 'nothing more' : `${step.what}${step.after === undefined ? '' : ` then ${step.after}`}`;

function byDocument(reports: readonly Report[]): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Step[]>();
  for (const report of reports) {
    const uri = 'uri' in report ? report.uri : 'the window';
    const list = steps.get(uri) ?? [];
    const last = list.at(-1);
    if (report.kind === 'selection') {
      if (last?.what.startsWith('change ') === true) last.after ??= `selection ${String(report.by ?? 'of nobody')}`;
      continue;
    }
    const what = stepOf(report);
    if (what === undefined || (what === last?.what && !what.startsWith('change '))) continue;
    list.push({ what });
    steps.set(uri, list);
  }
  return steps;
}

function stepOf(told: Told): string | undefined {
  switch (told.kind) {
    case 'change': {
      if (told.changes.length === 0) return undefined;
      const parts = told.changes.map(([extent, text]) => `${extent.join(':')} ${JSON.stringify(text)}`);
      const reason = told.reason === undefined ? '' : `, ${told.reason === 1 ? 'undo' : 'redo'}`;
      return `change ${parts.join(' and ')}${reason}${told.detail ? `, because of ${told.detail.source}` : ''}`;
    }
    case 'willSave':
    case 'save':
    case 'copied':
    case 'fixes':
      return told.kind;
    case 'called':
    case 'ran':
      return `${told.kind} ${told.command}`;
    case 'willRename':
    case 'created':
      return `${told.kind} ${String(told.files.length)}`;
    default:
      return undefined;
  }
}
