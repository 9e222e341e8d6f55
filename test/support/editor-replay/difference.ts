/**
 * Whether the editor told the same of a scene twice. What differs from run to run is passed over: times, the order of
 * what happens in different documents, windows, the caret's way, how often a menu is opened until its item is there,
 * whether a selection comes before or after the next change, and how much of a text is replaced by itself (a language's
 * service may put in a name with the dot before it). Pure.
 */
import { ReplayedDocument } from './document';
import type { Report, Told, ToldDocument } from './reports';

interface Scene {
  /** Those that are open when it begins. */
  readonly documents: readonly ToldDocument[];
  readonly reports: readonly Report[];
}

interface Step {
  readonly what: string;
  /** Of a change: who moved the caret right after it. */
  after?: string;
}

/** The first difference, for people; undefined when there is none. */
export function differenceBetween(recorded: Scene, told: Scene): string | undefined {
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

function byDocument({ documents, reports }: Scene): ReadonlyMap<string, readonly Step[]> {
  const steps = new Map<string, Step[]>();
  const open = new Map(documents.map((document) => [document.uri, opened(document)]));
  for (const report of reports) {
    const uri = 'uri' in report ? report.uri : 'the window';
    const list = steps.get(uri) ?? [];
    const last = list.at(-1);
    if (report.kind === 'selection') {
      if (last?.what.startsWith('change ') === true) last.after ??= `selection ${String(report.by ?? 'of nobody')}`;
      continue;
    }
    if (report.kind === 'open') open.set(report.uri, opened(report));
    const what = stepOf(report, open);
    if (what === undefined || (what === last?.what && !what.startsWith('change '))) continue;
    list.push({ what });
    steps.set(uri, list);
  }
  return steps;
}

const opened = ({ uri, language, text, dirty }: ToldDocument): ReplayedDocument =>
  new ReplayedDocument(uri, language, text, dirty);

function stepOf(told: Told, open: ReadonlyMap<string, ReplayedDocument>): string | undefined {
  switch (told.kind) {
    case 'change': {
      if (told.changes.length === 0) return undefined;
      const parts = partsOf(told, open.get(told.uri));
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
    case 'willDelete':
    case 'deleted':
    case 'created':
      return `${told.kind} ${String(told.files.length)}`;
    default:
      return undefined;
  }
}

/** What is put in place of what, with the offset; both without what they begin and end with alike. */
function partsOf({ changes }: Told & { readonly kind: 'change' }, document?: ReplayedDocument): readonly string[] {
  if (!document) return changes.map(([extent, text]) => `${extent.join(':')} ${JSON.stringify(text)}`);
  const before = document.getText();
  return document.apply(changes).map(({ rangeOffset, rangeLength, text }) => {
    const deleted = before.slice(rangeOffset, rangeOffset + rangeLength);
    const most = Math.min(deleted.length, text.length);
    let start = 0;
    while (start < most && deleted[start] === text[start]) start++;
    let end = 0;
    while (end < most - start && deleted.at(-1 - end) === text.at(-1 - end)) end++;
    const [out, put] = [deleted, text].map((part) => JSON.stringify(part.slice(start, part.length - end)));
    return `at ${String(rangeOffset + start)} ${String(put)} for ${String(out)}`;
  });
}
