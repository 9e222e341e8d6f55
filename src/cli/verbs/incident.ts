/**
 * `linekeeper incident new | list | show | report | schema`: whether an assistant contributed to an outage, and what
 * was learnt.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import type { BegunIncident, IncidentContext } from '../../aftermath';
import { attributionByNotes } from '../../review/gate';
import {
  INCIDENT_STATES,
  SEVERITIES,
  loadIncidents,
  workTreeIncidents,
  type Incident,
  type Incidents,
  type Severity,
} from '../../policy/incidents';
import { RULES } from '../../danger/rules';
import { countOf, jsonText, printable } from '../../policy';
import { loadPolicy } from '../../policy/load';
import { closest } from '../arguments/closest-name';
import { creditWritten } from '../credit-files-to-caller';
import { timeFrom } from '../arguments/parse-time';
import { settleNotes } from '../backfill-and-settle-notes';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';
import { neededText, optionText } from '../arguments/option-text';
import { writeAnswer } from '../output/write-output-file';
import { noSubcommand } from '../arguments/unknown-subcommand-error';

const USAGE =
  'new --title T --began TIME [--severity S] [--seen TEXT] [--service S…] [--path P…] [--trace FILE|-] [--log FILE…] [--deployed REV] [--last-good REV] [--print] | list [--by assistant] [--state STATE] | show ID | report ID [--format markdown|html] [--output FILE] | schema';

export const incident: Verb = {
  name: 'incident',
  summary: 'Record an incident, and list the commits that may be its cause',
  example: 'linekeeper incident new --title "Orders are down" --began 2026-11-24T10:12:00Z',
  exits: '0 done. 1 if a file of an incident is broken.',
  usage: USAGE,
  options: {
    title: { type: 'string', value: 'TEXT', says: 'new: the fault, in a few words' },
    began: { type: 'string', value: 'TIME', says: 'new: the beginning, such as 2026-11-24T10:12:00Z' },
    severity: { type: 'string', value: 'SEVERITY', says: 'new: critical, high, medium or low' },
    seen: {
      type: 'string',
      value: 'TEXT',
      says: 'new: the symptoms, in a sentence. Linekeeper searches them for clues',
    },
    service: { type: 'string', multiple: true, value: 'NAME', says: 'new: a service that was down' },
    path: {
      type: 'string',
      multiple: true,
      value: 'PATTERN',
      says: 'new: affected files, such as "infra/orders/**"',
    },
    log: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      says: "new: for the timeline, CloudTrail, a Kubernetes audit log, Terraform's output, or a shell's history with times",
    },
    trace: { type: 'string', value: 'FILE', says: 'new: a stack trace, log lines or a plan; - for standard input' },
    deployed: {
      type: 'string',
      value: 'REV',
      says: 'new: the commit that ran at the beginning; default: by the deployment records',
    },
    'last-good': {
      type: 'string',
      value: 'REV',
      says: 'new: the last commit that worked; default: by the deployment records',
    },
    print: { type: 'boolean', says: 'new: show the answer and write no file' },
    by: { type: 'string', value: 'assistant', says: 'list: summarise the lessons, by assistant and model' },
    state: { type: 'string', value: 'STATE', says: 'list: only open, mitigated or closed incidents' },
    format: { type: 'string', value: 'FORMAT', says: 'report: markdown (default) or html' },
    output: { type: 'string', value: 'FILE', says: 'report: write the report to this file' },
  },
  words: 2,
  async run(call): Promise<ExitCode> {
    const actions: Readonly<Record<string, (call: Call) => Promise<ExitCode>>> = {
      new: begin,
      list,
      show,
      report,
      schema,
    };
    const [name] = call.positionals;
    const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw noSubcommand('incident', name, Object.keys(actions));
    return action(call);
  },
};

const TEXT_AT_MOST = 64 * 1024 * 1024;

async function begin(call: Call): Promise<ExitCode> {
  const { beginIncident, begunText } = await import('../../aftermath');
  await settleNotes(call.repository(), call.terminal);
  const repository = call.repository().beside();
  const title = neededText(call, 'incident', 'title');
  const text = neededText(call, 'incident', 'began');
  const began = timeFrom('--began', text, { dayIsEnough: true });
  const begun = await beginIncident({
    repository,
    title,
    severity: severityOf(call),
    seen: optionText(call, 'seen') ?? '',
    began,
    services: listOf(call, 'service'),
    paths: listOf(call, 'path'),
    text: await textOf(call),
    logs: listOf(call, 'log').map((file) => ({ name: printable(path.basename(file)), text: contentOf(call, file) })),
    deployed: optionText(call, 'deployed') ?? null,
    lastGood: optionText(call, 'last-good') ?? null,
    attributionOf: attributionByNotes(repository, call.terminal.now),
    write: call.values['print'] !== true,
    now: call.terminal.now,
  });
  if (begun.file !== null) await creditWritten({ terminal: call.terminal, repository }, [begun.file]);
  call.terminal.out(call.json ? jsonText(toJson(begun)) : begunText(begun, 'terminal'));
  return 0;
}

function severityOf(call: Call): Severity | null {
  const severity = optionText(call, 'severity');
  if (severity === undefined) return null;
  if (!isSeverity(severity))
    throw new CannotSay(
      `--severity is one of ${Object.keys(SEVERITIES).join(', ')}, not ${JSON.stringify(printable(severity))}.`,
    );
  return severity;
}

const isSeverity = (text: string): text is Severity => Object.hasOwn(SEVERITIES, text);

async function textOf(call: Call): Promise<string> {
  const file = optionText(call, 'trace');
  if (file === undefined) return '';
  return file === '-' ? call.terminal.stdin() : contentOf(call, file);
}

function contentOf(call: Call, file: string): string {
  const place = path.resolve(call.terminal.cwd, file);
  try {
    const found = statSync(place);
    if (!found.isFile() || found.size > TEXT_AT_MOST)
      throw new CannotSay(
        `${printable(file)} ${found.isFile() ? 'is too large. Cut it to what belongs to the outage.' : 'is no plain file.'}`,
      );
    return readFileSync(place, 'utf8');
  } catch (error) {
    if (error instanceof CannotSay) throw error;
    throw new CannotSay(`${printable(file)} can't be read: ${whyUnread(error)}.`, { cause: error });
  }
}

const toJson = ({ id, file, deployed, lastGood, found, gate, runs, timeline, notices }: BegunIncident): unknown => ({
  incident: id,
  file,
  deployed,
  lastGood,
  window: found.window,
  files: found.files,
  others: found.others,
  changes: found.changes,
  timeline,
  onlyTime: found.onlyTime,
  notices,
  ran: runs,
  suspects: found.suspects.map((suspect) => ({
    ...suspect,
    gate: gate.get(suspect.commit)?.says ?? null,
    review: gate.get(suspect.commit)?.review ?? null,
  })),
});

/** Those of the base branch, and of the work tree, which takes precedence here. */
async function both(call: Call): Promise<Incidents> {
  const repository = call.repository();
  const [base, here] = [await loadIncidents(repository), await workTreeIncidents(repository)];
  const known = new Map([...base.incidents, ...here.incidents].map((one) => [one.id, one]));
  const broken = new Set(here.problems.map(({ file }) => file));
  for (const [id, { file }] of known) if (broken.has(file)) known.delete(id);
  return {
    incidents: [...known.values()].sort((a, b) => Date.parse(b.began) - Date.parse(a.began)),
    problems: here.problems.length > 0 ? here.problems : base.problems,
    open: [...base.open, ...here.open],
  };
}

/** Reports what is wrong with files; returns whether something is. */
function tellProblems({ terminal }: Call, { problems }: Incidents): boolean {
  for (const { file, line, column, message, suggestion } of problems)
    terminal.err(
      `linekeeper: ${printable(file)}:${String(line)}:${String(column)}: ${printable(message)}${suggestion === null ? '' : ` (${printable(suggestion)})`}`,
    );
  return problems.length > 0;
}

async function list(call: Call): Promise<ExitCode> {
  const all = await both(call);
  const state = optionText(call, 'state');
  if (state !== undefined && !INCIDENT_STATES.some((one) => one === state))
    throw new CannotSay(`--state takes one of ${INCIDENT_STATES.join(', ')}.`);
  const incidents = all.incidents.filter((one) => state === undefined || one.state === state);
  const by = optionText(call, 'by');
  if (by !== undefined && by !== 'assistant') throw new CannotSay('--by takes assistant.');
  if (by === 'assistant') await byAssistant(call, incidents);
  else if (call.json) call.terminal.out(jsonText({ incidents, problems: all.problems }));
  else
    call.terminal.out(
      incidents.length === 0
        ? none(all, state)
        : incidents
            .map(
              ({ id, title, state: currentState, contribution, lessons }) =>
                `${printable(id)}  ${currentState.padEnd(9)}  ${contribution.padEnd(11)}  ${countOf(lessons.length, 'lesson')}  ${printable(title)}\n`,
            )
            .join(''),
    );
  const unknown = await tellUnknownRules(call, incidents);
  return tellProblems(call, all) || unknown ? 1 : 0;
}

function none({ problems }: Incidents, state: string | undefined): string {
  if (problems.length > 0) return 'No incident file here can be read. Fix them as described above.\n';
  return state === undefined ? 'No incidents are kept here.\n' : `No incident here is ${state}.\n`;
}

/** Reports which lessons can never warn, because no rule has the name that they give; returns whether there are any. */
async function tellUnknownRules(call: Call, incidents: readonly Incident[]): Promise<boolean> {
  const named = incidents.flatMap(({ id, lessons }) =>
    lessons.flatMap(({ rule }) => (rule === null ? [] : [{ id, rule }])),
  );
  if (named.length === 0) return false;
  const { policy } = await loadPolicy(call.repository());
  const known = new Set([...Object.keys(RULES), ...policy.rules.map((one) => one.rule)]);
  const wrong = named.filter(({ rule }) => !known.has(rule));
  for (const { id, rule } of wrong) {
    const guess = closest(rule, [...known]);
    call.terminal.err(
      `linekeeper: a lesson of ${printable(id)} names the rule ${printable(JSON.stringify(rule))}, which is not there, so it warns of nothing. ${guess === undefined ? 'docs/rules/README.md lists the rules.' : `Did you mean "${guess}"?`}`,
    );
  }
  return wrong.length > 0;
}

async function byAssistant(call: Call, incidents: readonly Incident[]): Promise<void> {
  const { lessonsByAssistant } = await import('../../aftermath');
  const summary = lessonsByAssistant(incidents);
  if (call.json) {
    call.terminal.out(jsonText(summary));
    return;
  }
  const lines = summary.assistants.flatMap(({ assistant, model, incidents: of, failureModes, lessons }) => [
    `${assistant}${model === null ? '' : `, ${model}`}: contributed to ${countOf(of.contributed.length, 'incident')}, can't tell for ${String(of['cannot-tell'].length)}, did not for ${String(of['did-not'].length)}`,
    ...Object.entries(failureModes).map(([mode, count]) => `  ${mode}: ${String(count)}`),
    ...lessons.map(({ incident: id, message }) => `  ${id}: ${message}`),
  ]);
  const { concentration, contributed } = summary;
  const share =
    concentration === null
      ? []
      : [
          `${concentration.assistant} had a part in ${String(concentration.incidents)} of the ${countOf(contributed, 'incident')} that an assistant contributed to.`,
        ];
  call.terminal.out(
    lines.length === 0 ? 'No incident names an assistant.\n' : `${[...lines, ...share].map(printable).join('\n')}\n`,
  );
}

async function named(call: Call): Promise<Incident> {
  const [, id] = call.positionals;
  if (id === undefined)
    throw new CannotSay(
      `An incident is missing: "linekeeper incident list" shows them. "linekeeper help incident" shows its usage.`,
    );
  const all = await both(call);
  const found = all.incidents.filter((one) => one.id === id || one.id.toLowerCase().includes(id.toLowerCase()));
  const [first, second] = found;
  if (first !== undefined && (second === undefined || first.id === id))
    return found.find((one) => one.id === id) ?? first;
  // Of the files that can't be read, the one that is meant.
  const meant = all.problems.filter(({ file }) => isMeant(file, id));
  tellProblems(call, { ...all, problems: meant });
  if (second === undefined && meant.length > 0)
    throw new CannotSay(`The file of ${JSON.stringify(id)} can't be read. Fix it as described above.`);
  throw new CannotSay(
    second === undefined
      ? `There is no incident ${JSON.stringify(id)}. "linekeeper incident list" shows all.`
      : `${JSON.stringify(id)} may be ${found
          .map((one) => one.id)
          .slice(0, 3)
          .join(' or ')}.`,
  );
}

const isMeant = (file: string, id: string): boolean =>
  path.basename(file, path.extname(file)).toLowerCase().includes(id.toLowerCase().replace(/^inc-/, ''));

async function show(call: Call): Promise<ExitCode> {
  const found = await named(call);
  const { runs, known } = await contextOf(call, found);
  if (call.json) {
    const suspects = found.suspects.map((suspect) => ({ ...suspect, history: known.get(suspect.commit) ?? null }));
    call.terminal.out(jsonText({ ...found, suspects, ran: runs }));
  } else {
    const { incidentMarkdown } = await import('../../aftermath');
    call.terminal.out(plain(incidentMarkdown(found, { runs, known })));
  }
  return 0;
}

/** On a terminal, Markdown's special characters need no escaping. */
const plain = (markdown: string): string =>
  markdown
    .replace(/\\([\\`*_{}[\]<>()#+!|~&@/-])/g, '$1')
    .split('\n')
    .map(printable)
    .join('\n');

async function report(call: Call): Promise<ExitCode> {
  const found = await named(call);
  const format =
    optionText(call, 'format') ?? (optionText(call, 'output')?.endsWith('.html') === true ? 'html' : 'markdown');
  if (format !== 'markdown' && format !== 'html') throw new CannotSay('--format takes markdown or html.');
  const { incidentMarkdown, incidentPage } = await import('../../aftermath');
  const context = await contextOf(call, found);
  const text =
    format === 'html'
      ? incidentPage(found, randomBytes(12).toString('hex'), context)
      : incidentMarkdown(found, context);
  const out = optionText(call, 'output');
  if (out === undefined) call.terminal.out(text);
  else writeAnswer(call.terminal, out, text);
  return 0;
}

/** What agents ran around an incident, wherever that is recorded, and what the history says of its suspects. */
async function contextOf(call: Call, found: Incident): Promise<Required<IncidentContext>> {
  const repository = call.repository();
  await settleNotes(repository, call.terminal);
  const { knownSuspects, runsAround } = await import('../../aftermath');
  const { began, ended, lastGood } = found;
  const outage = { began: Date.parse(began), ended: ended === null ? null : Date.parse(ended), lastGood };
  const runs = await runsAround(repository, outage, call.terminal.now);
  const beside = repository.beside();
  const known = await knownSuspects(beside, found, runs, {
    attributionOf: attributionByNotes(beside, call.terminal.now),
    now: call.terminal.now,
  });
  return { runs, known };
}

async function schema(call: Call): Promise<ExitCode> {
  const { incidentJsonSchema } = await import('../../policy/incidents/parse');
  call.terminal.out(jsonText(incidentJsonSchema()));
  return 0;
}

function listOf({ values }: Call, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String).filter((one) => one.trim() !== '') : [];
}
