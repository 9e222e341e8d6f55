/** A new incident file: what was found, for people to continue. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Document } from 'yaml';
import { createFile } from '../../base/files';
import { leadsOut } from '../../base/platform';
import type { Repository } from '../../git';
import { FAILURE_MODES, incidentId, INCIDENTS_FOLDER, type Severity, type TimelineEntry } from '../../policy/incidents';
import type { Found, Suspect } from './find-suspects';
import type { Search } from './suspect-search-types';

interface NewIncident extends Pick<Search, 'began' | 'services' | 'paths' | 'deployed' | 'lastGood'> {
  readonly title: string;
  readonly severity: Severity | null;
  /** What was seen, as people say it; empty when nobody said. */
  readonly seen: string;
  readonly timeline: readonly TimelineEntry[];
  readonly found: Found;
}

/** At most this many suspects are listed; the others are only counted. */
const SUSPECTS_AT_MOST = 10;
const PATHS_AT_MOST = 20;

function incidentText({
  title,
  severity,
  seen,
  began,
  services,
  paths,
  deployed,
  lastGood,
  timeline,
  found,
}: NewIncident): string {
  const document = new Document({
    version: 1,
    title,
    state: 'open',
    ...(severity === null ? {} : { severity }),
    began: new Date(began).toISOString(),
    ...(services.length > 0 ? { services } : {}),
    paths: paths.length > 0 ? paths : found.files.slice(0, PATHS_AT_MOST).map(literal),
    deployed,
    ...(lastGood === null ? {} : { 'last-good': lastGood }),
    contribution: 'cannot-tell',
    ...(seen === '' ? {} : { summary: seen }),
    timeline,
    suspects: found.suspects.slice(0, SUSPECTS_AT_MOST).map(suspectOf),
    lessons: [],
  });
  document.commentBefore = [
    ' What is known of an incident. Fill in what happened when, whether',
    " an assistant's lines contributed, and what was learnt.",
    " While it is open, a change of its paths needs one more senior's sign-off,",
    ' and so does a deployment with one. Without paths, nothing is held back.',
    ' When it is over, write "state: closed" and commit.',
  ].join('\n');
  const text = document.toString({ lineWidth: 140 });
  return `${text}${hints(found.suspects)}`;
}

/** A pattern that matches exactly this file. */
const literal = (file: string): string => `/${file.replace(/[\\*?[\]!# {}]/g, '\\$&')}`;

const suspectOf = ({ commit, files, added, removed, assistants, reasons, contribution }: Suspect): unknown => ({
  commit,
  paths: files.slice(0, PATHS_AT_MOST),
  lines: { ai: added.ai + removed.ai, human: added.human + removed.human, unknown: added.unknown + removed.unknown },
  assistants: assistants.map(({ assistant, model, session }) => ({
    assistant,
    ...(model === null ? {} : { model }),
    ...(session === null ? {} : { session }),
  })),
  reasons,
  contribution,
});

/** What people can fill in, as comments. */
function hints(suspects: readonly Suspect[]): string {
  const rules = [
    ...new Set(
      suspects.flatMap(({ reasons }) =>
        reasons.flatMap(({ kind, says }) =>
          kind === 'destructive' ? (/\((destructive\/[a-z0-9-]+), /.exec(says)?.[1] ?? []) : [],
        ),
      ),
    ),
  ];
  const modes = Object.entries(FAILURE_MODES).map(([name, says]) => `#   ${name}: ${says}`);
  const lesson =
    rules.length > 0
      ? rules.map((rule) => `#   - rule: ${rule}\n#     message: What to know before doing this again.`)
      : [
          '#   - path: "infra/**"\n#     pattern: "part of a line"\n#     message: What to know before doing this again.',
        ];
  return `# failure-mode is one of:\n${modes.join('\n')}\n# A lesson warns the next AI edit that matches it, in the editor, the agent and the check:\n# lessons:\n${lesson.join('\n')}\n`;
}

/** Lower-case letters, digits and hyphens. */
const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '') || 'incident';

/**
 * Writes it under a free name; returns the id and the path in the repository. Throws a file system error.
 */
export function writeIncident(
  repository: Pick<Repository, 'root'>,
  incident: NewIncident,
): { readonly id: string; readonly file: string } {
  const folder = path.join(repository.root, INCIDENTS_FOLDER);
  mkdirSync(folder, { recursive: true });
  const name = `${new Date(incident.began).toISOString().slice(0, 10)}-${slugOf(incident.title)}`;
  for (let number = 1; ; number++) {
    const file = `${INCIDENTS_FOLDER}/${name}${number === 1 ? '' : `-${String(number)}`}.yml`;
    const place = path.join(repository.root, file);
    if (leadsOut(path.relative(repository.root, place)) || existsSync(place)) continue;
    createFile(place, incidentText(incident));
    return { id: incidentId(file), file };
  }
}
