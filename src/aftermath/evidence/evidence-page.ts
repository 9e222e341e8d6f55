/** Evidence as one page for people, to read, mail and print. Every text in it is from outside. */
import { html, page, table, tiles, type Html } from '../charts';
import { rowsOf } from './row-ids-and-digests';
import { EVIDENCE_TYPE } from './in-toto-and-slsa-statements';
import { debtText, rangeText, runText } from './evidence-and-verification-text';
import type { Row, RowKind } from './row-fields-by-kind';
import type { Evidence } from './types';
import { countsText } from '../../policy';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** What stands there when there is no row. */
  readonly none: string;
}

/** The bundle that a page goes with. */
interface BundleFile {
  readonly name: string;
  readonly digest: string;
  /** The options that say who may have signed it. */
  readonly signers: string;
}

/** `nonce`: see `Page`. `file`: where one was written. */
export function evidencePage(
  evidence: Evidence,
  { nonce, file }: { readonly nonce: string; readonly file: BundleFile | null },
): string {
  const { scope, made, rows } = evidence;
  const sections = SECTIONS.map((sectionOf) => sectionOf(rows));
  return page({
    title: `Evidence: ${scope.query}`,
    lead: html`${scope.repository}${scope.branch === null ? '' : `, branch ${scope.branch}`}. ${rangeText(scope)}. Made ${made.at}.`,
    content: html`${overview(rows)}${missing(rows)}${about(evidence)}${sections.map(sectionHtml)}${howToCheck(evidence, file)}`,
    footer: html`Made by ${made.tool} from what this repository keeps, offline. It holds names and addresses of those who committed and approved, as Git and the Git host show them.`,
    nonce,
  });
}

function overview(rows: readonly Row[]): Html {
  const changes = rowsOf(rows, 'change');
  const decisions = rowsOf(rows, 'decision');
  const lines = changes.flatMap(({ added, removed }) => [added, removed]);
  const total = (author: 'ai' | 'human' | 'unknown'): number => lines.reduce((sum, of) => sum + of[author], 0);
  const all = total('ai') + total('human') + total('unknown');
  const share = (count: number): string => (all === 0 ? 'none' : `${String(Math.round((100 * count) / all))}%`);
  const passed = decisions.filter(({ verdict }) => verdict === 'pass').length;
  return tiles([
    {
      label: 'Commits',
      value: String(changes.length),
      note: `${String(decisions.length)} changes of the branch`,
      color: 'four',
    },
    {
      label: 'Lines by AI',
      value: share(total('ai')),
      note: `${String(total('ai'))} of ${String(all)} changed lines`,
      color: 'ai',
    },
    { label: 'Unknown lines', value: share(total('unknown')), note: 'which nothing recorded', color: 'unknown' },
    {
      label: 'Met the policy',
      value: `${String(passed)} of ${String(decisions.length)}`,
      note: 'by the policy of the time, with what is known here',
      color: passed === decisions.length ? 'good' : 'bad',
    },
  ]);
}

function about({ scope, made, digest }: Evidence): Html {
  const names = (all: readonly string[]): string =>
    all.length === 0 ? '' : ` (${all.map((ref) => ref.replace(/^refs\/(?:tags|heads)\//, '')).join(', ')})`;
  return sectionHtml({
    id: 'about',
    title: 'What this is about',
    columns: ['What', 'Value'],
    rows: [
      ['Repository', scope.repository],
      ['Branch', scope.branch ?? 'not known'],
      ['Asked for', scope.query],
      ['After', `${scope.base}${names(scope.baseNames)}`],
      ['Up to', `${scope.head}${names(scope.headNames)}`],
      ['Made', made.at],
      ['By', made.by || 'not said'],
      ['In', made.job ?? 'no CI job'],
      ['With', made.tool],
      ['Digest', digest],
    ],
    none: '',
  });
}

const missing = (rows: readonly Row[]): Html =>
  sectionHtml({
    id: 'missing',
    title: 'What is not known',
    columns: ['What', 'Why', 'How to get it'],
    rows: rowsOf(rows, 'missing').map(({ what, says, get }) => [what, says, get]),
    none: 'Nothing that belongs here is missing.',
  });

function howToCheck({ scope }: Evidence, file: BundleFile | null): Html {
  const name = file?.name ?? 'FILE';
  return html`<section class="figure" id="check" aria-labelledby="check-title"><h2 id="check-title">How to check it</h2>
<p>${file === null ? 'This page alone proves nothing. Ask for the file that was signed with it.' : html`This page goes with the file <code>${file.name}</code> (${file.digest}). The page proves nothing by itself: the file is signed.`}</p>
<p><code>linekeeper evidence verify ${name} ${file?.signers ?? '--allowed-signers SIGNERS'}</code> says yes, or what was changed. In a clone of ${scope.repository} it compares each row with the repository, too.</p>
<p>The file has one DSSE envelope a line (application/vnd.in-toto+json) around in-toto Statements, ${EVIDENCE_TYPE}, signed with an SSH key for the purpose linekeeper-evidence (ssh-keygen -Y verify), or with cosign, in a bundle of Sigstore's (cosign verify-blob-attestation).</p></section>`;
}

/** Shorter tables are printed on one page each. */
const WHOLE_AT_MOST = 12;

const sectionHtml = ({ id, title, columns, rows, none }: Section): Html =>
  html`<section class="${rows.length > WHOLE_AT_MOST ? 'figure titled rows' : 'figure titled'}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${rows.length === 0 ? html`<p>${none}</p>` : table({ caption: title, columns: columns.map((column) => ({ title: column })), rows })}</section>`;

/** Where the authors come from, if not from a note. */
const KNOWN_FROM: Readonly<Record<string, string>> = {
  trailers: 'by its trailers',
  markers: 'by its marks',
  none: 'no note',
};

const short = (commit: string | null): string => (commit ?? '').slice(0, 12);

/** The section of one kind of rows. `none`: what it says when there are none. */
const section =
  <Kind extends RowKind>(
    kind: Kind,
    title: string,
    columns: readonly string[],
    cells: (row: Extract<Row, { readonly kind: Kind }>) => readonly (string | null)[],
    none: string,
  ): ((rows: readonly Row[]) => Section) =>
  (rows) => ({ id: kind, title, columns, rows: rowsOf(rows, kind).map(cells), none });

/** The sections of the page, in their order. */
const SECTIONS = [
  section(
    'decision',
    'What the policy required, and whether it was there',
    ['Change', 'Verdict', 'Tiers', 'Required and missing', 'Policy'],
    ({ commit, subject, verdict, why, tiers, unmet, policy }) => [
      short(commit),
      verdict,
      tiers.map(({ name }) => name).join(', '),
      [
        subject,
        ...(why === '' ? [] : [why]),
        // Two requirements of a tier may lack the same.
        ...new Set([
          ...unmet,
          ...tiers.flatMap(({ name, required }) =>
            required.map((requirement) =>
              requirement.satisfied
                ? `${name}: signed off by ${requirement.by.join(', ') || 'nobody; nobody had to'}`
                : `${name}: ${requirement.missing}`,
            ),
          ),
        ]),
      ].join('\n'),
      policy?.digest.slice(0, 19) ?? '',
    ],
    'No change of the branch is in this range.',
  ),
  section(
    'approval',
    'Approvals',
    ['Change', 'By', 'Source', 'Tier', 'Counts'],
    ({ change, by, source, tier, counts: does, why }) => [
      short(change),
      by,
      { signed: 'signed sign-off', forge: 'review on the Git host', message: 'a line in the message' }[source],
      tier ?? '',
      does ? 'yes' : `no: ${why}`,
    ],
    'No approval is known.',
  ),
  section(
    'sign-off',
    'Signatures of sign-offs',
    ['Commit', 'By', 'On', 'Valid then'],
    ({ commit, by, at, valid, why }) => [short(commit), by.join(', ') || 'an unknown key', at, valid ? 'yes' : why],
    'Nobody signed off with a key.',
  ),
  section(
    'finding',
    'Dangers that were found',
    ['Commit', 'Rule', 'Severity', 'Where', 'What'],
    ({ commit, change, rule, severity, path, line, message }) => [
      short(commit ?? change),
      rule,
      severity,
      `${path}:${String(line)}`,
      message,
    ],
    'The rules found nothing.',
  ),
  section(
    'change',
    'Commits, and who wrote their lines',
    ['Commit', 'Day', 'Subject', 'By', 'Lines', 'Assistants and sessions'],
    ({ commit, subject, author, at, added, removed, sessions, assistants, provenance }) => [
      short(commit),
      at.slice(0, 10),
      subject,
      `${author.name}\n${author.email}`,
      `added ${countsText(added)}\nremoved ${countsText(removed)}`,
      [
        ...sessions.map(({ assistant, model, session, evidence }) =>
          [assistant, model, session === null ? null : `session ${session}`, evidence.join('/')]
            .filter((word) => word !== null && word !== '')
            .join(', '),
        ),
        ...(sessions.length === 0 ? assistants : []),
        ...(provenance === 'note' ? [] : [KNOWN_FROM[provenance] ?? provenance]),
      ].join('\n'),
    ],
    'There is no commit in this range.',
  ),
  section(
    'prompt',
    'Prompts, as they were kept',
    ['Commit', 'Session', 'Digest', 'Text'],
    ({ commit, assistant, session, prompt, excerpt }) => [
      short(commit),
      `${assistant}, ${session}`,
      prompt.slice(0, 19),
      excerpt ?? 'only the digest is kept',
    ],
    'No prompt is kept.',
  ),
  section(
    'run',
    'What agents ran with permission, and were refused',
    ['When', 'Outcome', 'What', 'Rule and tier'],
    (row) => [
      row.at,
      row.outcome,
      runText(row).replace(`${row.at} ${row.outcome} `, ''),
      [row.rule, row.tier].filter((word) => word !== null).join(', '),
    ],
    'No run is recorded.',
  ),
  section(
    'exception',
    'Exceptions',
    ['Commit', 'Tier', 'What'],
    ({ commit, tier, says }) => [short(commit), tier ?? 'all', says],
    'No agent worked under an exception, according to the notes.',
  ),
  section(
    'debt',
    'Pending sign-offs of emergencies',
    ['Commit', 'What'],
    (row) => [short(row.commit), debtText(row)],
    'There was no emergency merge.',
  ),
  section(
    'stage',
    'Deployments',
    ['When', 'Stage', 'Commit', 'State', 'By'],
    ({ at, stage, commit, state, by }) => [at, stage, short(commit), state, by],
    'No deployment is recorded.',
  ),
  section(
    'incident',
    'Incidents that name these commits',
    ['Incident', 'Title', 'State', 'AI lines', 'Commits', 'Learnt'],
    ({ incident, title, state, contribution, suspects, lessons }) => [
      incident,
      title,
      state,
      contribution.replace('-', ' '),
      suspects.map((suspect) => `${short(suspect.commit)}: ${suspect.contribution.replace('-', ' ')}`).join('\n'),
      lessons.join('\n'),
    ],
    'No incident names one of these commits.',
  ),
];
