/** An incident as Markdown, and as one self-contained page. Every text in it is from outside. */
import { html, page, table, type Html } from '../charts';
import { FAILURE_MODES, SEVERITIES, type Incident } from '../../policy/incidents';
import { runLines, type RunsAround } from '../runs/runs-around-outage';
import type { KnownSuspect } from './suspect-details';

const WORDS: Readonly<Record<Incident['contribution'], string>> = {
  contributed: 'AI lines contributed',
  'did-not': 'AI lines did not contribute',
  'cannot-tell': "It can't be known whether AI lines contributed",
};

const SUSPECTS = 'Commits that something points at';

/** Text in Markdown, escaped so that it stays plain text. */
const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~&@-]/g, '\\$&')
    .replace(/:\/\//g, ':\\/\\/');

/** What the repository says beside an incident's file. */
export interface IncidentContext {
  /** What agents ran around it. */
  readonly runs?: RunsAround;
  /** Its suspects, by the commit as the file names it. */
  readonly known?: ReadonlyMap<string, KnownSuspect>;
}

export function incidentMarkdown(incident: Incident, { runs, known }: IncidentContext = {}): string {
  const { suspects, lessons, timeline } = incident;
  return `${[
    `# ${escaped(incident.title)}`,
    '',
    escaped(leadOf(incident)),
    '',
    facts(incident)
      .map(([name, value]) => `- **${name}:** ${escaped(value)}`)
      .join('\n'),
    ...(incident.summary === null ? [] : ['', escaped(incident.summary)]),
    '',
    '## Timeline',
    '',
    ...(timeline.length === 0
      ? ['Nothing is written down.']
      : sorted(timeline).map(({ at, what }) => `- ${escaped(shortTime(at))}: ${escaped(what)}`)),
    '',
    `## ${SUSPECTS}`,
    '',
    ...(suspects.length === 0
      ? ['None.']
      : suspects.flatMap((suspect) => [
          `- \`${suspect.commit.slice(0, 12)}\`${escaped(titleOf(known?.get(suspect.commit)))}: ${WORDS[suspect.contribution]}; ${linesOf(suspect)} lines; ${escaped(named(suspect))}`,
          ...[...suspect.reasons.map(({ says }) => says), ...historyOf(known, suspect.commit)].map(
            (line) => `  - ${escaped(line)}`,
          ),
        ])),
    '',
    ...runsMarkdown(incident, runs),
    '## Lessons',
    '',
    ...(lessons.length === 0
      ? ['None yet.']
      : lessons.map(
          ({ path, pattern, rule, message }) =>
            `- ${escaped(message)} (${escaped([path, pattern, rule].filter((one) => one !== null).join(', '))})`,
        )),
  ].join('\n')}\n`;
}

function runsMarkdown({ began }: Incident, runs: RunsAround | undefined): readonly string[] {
  if (runs === undefined) return [];
  const lines = runLines(runs, Date.parse(began)).flat();
  return [
    '## What agents ran',
    '',
    ...(lines.length === 0 ? [noRuns(runs)] : lines.map((line) => `- ${escaped(line)}`)),
    '',
  ];
}

const noRuns = ({ from, to }: RunsAround): string =>
  `Nothing that an agent ran with permission, or was refused, is recorded here from ${from.slice(0, 10)} to ${to.slice(0, 10)}.`;

/** ` 2026-03-10 Rename the table, by Bob`; empty where the commit is not known. */
const titleOf = (known: KnownSuspect | undefined): string =>
  known === undefined ? '' : ` ${known.day} ${known.subject}${known.by === null ? '' : `, by ${known.by}`}`;

/** How a suspect was let in, and what agents ran with it, as sentences. */
function historyOf(known: IncidentContext['known'], commit: string): readonly string[] {
  if (known === undefined) return [];
  const found = known.get(commit);
  if (found === undefined) return ['What it was is not shown: it is not in this clone, or far down the list.'];
  return [`${found.merge} ${found.gate}`, ...found.runs.map((run) => `With it: ${run}`)];
}

/** @param nonce A random word for the page's own style. */
export function incidentPage(incident: Incident, nonce: string, { runs, known }: IncidentContext = {}): string {
  const { suspects, lessons } = incident;
  const content = html`
<section class="figure titled" aria-labelledby="facts"><h2 id="facts">What is known</h2>${table({ caption: 'What is known', columns: [{ title: 'What' }, { title: 'Known' }], rows: facts(incident) })}</section>
${incident.summary === null ? null : html`<section class="figure titled"><h2>Summary</h2><p>${incident.summary}</p></section>`}
<section class="figure titled" aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>${timelinePicture(incident)}${table({ caption: 'Timeline', columns: [{ title: 'When' }, { title: 'What' }], rows: sorted(incident.timeline).map(({ at, what }) => [shortTime(at), what]) })}</section>
<section class="figure titled" aria-labelledby="commits"><h2 id="commits">${SUSPECTS}</h2>${table({
    caption: SUSPECTS,
    columns: [
      { title: 'Commit' },
      { title: 'Contributed?' },
      { title: 'Lines, and by which assistant' },
      { title: 'Why it is listed' },
      ...(known === undefined ? [] : [{ title: 'How it came in' }]),
    ],
    rows: suspects.map((suspect) => [
      `${suspect.commit.slice(0, 12)}${titleOf(known?.get(suspect.commit))}`,
      suspect.contribution.replace('-', ' '),
      `${linesOf(suspect)} lines\n${named(suspect)}`,
      suspect.reasons.map(({ says }) => `• ${says}`).join('\n'),
      ...(known === undefined ? [] : [historyOf(known, suspect.commit).join('\n')]),
    ]),
  })}</section>
${runs === undefined ? null : runsSection(incident, runs)}
<section class="figure titled" aria-labelledby="lessons"><h2 id="lessons">Lessons</h2>${lessons.length === 0 ? html`<p>No lesson is written down yet. Add one to the incident's file, so that it comes back as a warning.</p>` : table({ caption: 'Lessons', columns: [{ title: 'Where' }, { title: 'Lesson' }], rows: lessons.map(({ path, pattern, rule, message }) => [[path, pattern, rule].filter((one) => one !== null).join(', '), message]) })}</section>`;
  return page({
    title: incident.title,
    lead: leadOf(incident),
    content,
    footer:
      'Made by linekeeper incident report. What people decided is as the file has it; the evidence is listed with each commit.',
    nonce,
  });
}

function runsSection({ began }: Incident, runs: RunsAround): Html {
  const lines = runLines(runs, Date.parse(began)).flat();
  return html`<section class="figure titled" aria-labelledby="runs"><h2 id="runs">What agents ran</h2>${
    lines.length === 0
      ? html`<p>${noRuns(runs)}</p>`
      : table({
          caption: 'What agents ran with permission, or were refused; the time alone does not say that it is the cause',
          columns: [{ title: 'When (UTC)' }, { title: 'What' }],
          rows: lines.map((line) => (/^\d{4}-/.test(line) ? [line.slice(0, 16), line.slice(17)] : ['', line])),
        })
  }</section>`;
}

const named = ({ assistants }: Incident['suspects'][number]): string =>
  assistants.length === 0
    ? 'no assistant is recorded'
    : assistants
        .map(({ assistant, model, session }) =>
          [assistant, model, session === null ? null : `session ${session}`].filter((one) => one !== null).join(', '),
        )
        .join('; ');

/** What it is, whether it goes on, and what people decided. */
const leadOf = ({ id, state, began, ended, contribution }: Incident): string =>
  `${id}, ${state}. It began ${shortTime(began)}${ended === null ? '' : ` and ended ${shortTime(ended)}`}. ${WORDS[contribution]}.`;

/** What the file says; what it does not say yet is named in one row, so that nobody overlooks it. */
function facts(incident: Incident): readonly (readonly [string, string])[] {
  const { severity, services, paths, deployed, lastGood, failureMode, ended } = incident;
  const all: readonly (readonly [string, string | null])[] = [
    ['Severity', severity && `${severity}: ${SEVERITIES[severity]}`],
    ['Failure mode', failureMode && `${failureMode}: ${FAILURE_MODES[failureMode]}`],
    ['Services', services.join(', ') || null],
    ['Files', paths.join(', ') || null],
    ['Deployed', deployed],
    ['Last good', lastGood],
    ['Ended', ended && shortTime(ended)],
  ];
  const open = all.flatMap(([name, value]) => (value === null ? [name.toLowerCase()] : []));
  return [
    ...all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    ...(open.length === 0 ? [] : [['Not said yet', open.join(', ')] as const]),
  ];
}

/** `2026-03-10 09:12:00 UTC`; a time in another form stays as it is. */
const shortTime = (at: string): string => at.replace(/^([\d-]{10})T([\d:]{5,8})(?:\.\d+)?Z$/, '$1 $2 UTC');

const linesOf = ({ lines }: Incident['suspects'][number]): string =>
  (['ai', 'human', 'unknown'] as const)
    .flatMap((who) => (lines[who] === 0 ? [] : [`${String(lines[who])} ${who === 'ai' ? 'AI' : who}`]))
    .join(', ') || 'no';

const sorted = (timeline: Incident['timeline']): Incident['timeline'] =>
  [...timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

const WIDTH = 720;
const ROW = 22;
const LEFT = 12;
/** About so wide; longer words are in the table. */
const CHARACTER = 7.2;

/** The timeline as a picture: a line with a point for each entry at its time, and its text next to it. */
function timelinePicture({ timeline, began, ended }: Incident): Html | null {
  const all = sorted(timeline);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined || all.length < 2) return null;
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const span = Math.max(1, to - from);
  const x = (time: number): number =>
    Math.round(LEFT + ((Math.min(Math.max(time, from), to) - from) / span) * (WIDTH - 2 * LEFT));
  const height = 40 + all.length * ROW;
  const over = ended === null ? to : Date.parse(ended);
  const entries = all.map(({ at, what }, index) => ({ x: x(Date.parse(at)), y: 38 + index * ROW, what }));
  return html`<svg class="chart" viewBox="0 0 ${String(WIDTH)} ${String(height)}" role="img" aria-label="Timeline with ${String(all.length)} entries; the table below has the same">
<line x1="${String(LEFT)}" y1="16" x2="${String(WIDTH - LEFT)}" y2="16" stroke="currentColor" stroke-width="1"/>
<line x1="${String(x(Date.parse(began)))}" y1="16" x2="${String(x(over))}" y2="16" class="s-bad" stroke-width="6" stroke-linecap="round"/>
${entries.map((entry) => html`<line x1="${String(entry.x)}" y1="16" x2="${String(entry.x)}" y2="${String(entry.y - 4)}" stroke="currentColor" stroke-width="0.5" opacity="0.5"/><circle cx="${String(entry.x)}" cy="16" r="4" fill="currentColor"/>`)}
${entries.map((entry) => {
  const isRight = entry.x > WIDTH / 2;
  const most = Math.floor((isRight ? entry.x : WIDTH - entry.x) / CHARACTER);
  const text = entry.what.length > most ? `${entry.what.slice(0, most - 1).trimEnd()}…` : entry.what;
  return html`<text class="name over" x="${String(entry.x + (isRight ? -4 : 4))}" y="${String(entry.y)}" text-anchor="${isRight ? 'end' : 'start'}">${text}</text>`;
})}
</svg>`;
}
