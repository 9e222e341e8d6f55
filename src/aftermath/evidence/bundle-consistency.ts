/** Whether a bundle holds together by itself: digests, order, counts, and what its rows say of each other. */
import { canonical } from './canonical-json-and-duplicate-keys';
import { no, shown, unknown, yes, type Checked } from './verification-verdict';
import { innerSignatures } from './verify-sign-offs-and-approvals-in-bundle';
import { isObject } from './read-bundle';
import { countsOf, digestOfRows, idOf, rowDigest, rowsOf } from './row-ids-and-digests';
import { FIELDS, misshapen } from './row-fields-by-kind';
import { statementOf } from './in-toto-and-slsa-statements';
import { ROW_KINDS, type Row, type RowKind } from './row-fields-by-kind';
import { EVIDENCE_VERSION, type Evidence } from './types';
import { listIf } from '../../policy';

const isKnown = (kind: unknown): kind is RowKind => ROW_KINDS.some((one) => one === kind);

/** The evidence in a statement's predicate, or why there is none. */
export function evidenceIn(predicate: unknown): Evidence | readonly Checked[] {
  const wrong = (says: string): readonly Checked[] => [no('evidence', says)];
  if (!isObject(predicate)) return wrong('The predicate is no object.');
  if (predicate['version'] !== EVIDENCE_VERSION)
    return [
      unknown(
        'evidence',
        `It is of version ${shown(predicate['version'])}; this Linekeeper reads ${String(EVIDENCE_VERSION)}.`,
      ),
    ];
  const [made, scope, rows] = [predicate['made'], predicate['scope'], predicate['rows']];
  if (!isObject(made) || typeof made['at'] !== 'string' || Number.isNaN(Date.parse(made['at'])))
    return wrong('It does not say when it was made.');
  const off = ['kind', 'query', 'repository', 'base', 'head', 'recordsAt'].find(
    (key) => !isObject(scope) || typeof scope[key] !== 'string',
  );
  if (off !== undefined) return wrong(`Its scope has no ${off}.`);
  if (!Array.isArray(rows)) return wrong('It has no rows.');
  if (typeof predicate['digest'] !== 'string' || !isObject(predicate['counts']))
    return wrong('It has no digest or no counts.');
  const kinds = [...new Set(rows.map((row: unknown) => (isObject(row) ? row['kind'] : undefined)))];
  const strange = kinds.filter((kind) => !isKnown(kind));
  if (strange.length > 0)
    return [
      unknown('rows', `It has rows of kind ${strange.map(shown).join(', ')}, which this Linekeeper does not know.`),
    ];
  const bad = rows.flatMap((row: Readonly<Record<string, unknown>>, index) => {
    const problem = misshapen(row, FIELDS[row['kind'] as RowKind]);
    return problem === undefined ? [] : [no('rows', `${named(row, index)} ${problem}.`)];
  });
  return bad.length > 0 ? bad : (predicate as unknown as Evidence); // checked above
}

const named = (row: { readonly kind?: unknown; readonly id?: unknown }, index: number): string =>
  `Row ${String(index + 1)} (${String(row.kind)} ${shown(row.id)})`;

/** Everything but signatures of the bundle itself. Throws a SignatureError when ssh-keygen can't be run. */
export function innerChecks(evidence: Evidence, subjects: unknown): readonly Checked[] {
  const { rows } = evidence;
  const wrong = [
    ...digests(evidence),
    ...order(rows),
    ...subjectsOf(evidence, subjects),
    ...relations(evidence),
    ...decisions(evidence),
    ...approvals(rows),
    ...innerSignatures(rows),
  ];
  return wrong.length > 0
    ? wrong
    : [
        yes(
          'rows',
          `${String(rows.length)} rows are unchanged and agree with each other: ${Object.entries(evidence.counts)
            .map(([kind, count]) => `${String(count)} ${kind}`)
            .join(', ')}.`,
        ),
      ];
}

function digests({ rows, counts, digest }: Evidence): readonly Checked[] {
  const changed = rows.flatMap((row, index) =>
    rowDigest(row) !== row.digest
      ? [no('rows', `${named(row, index)} was changed: it does not match its digest.`)]
      : idOf(row) !== row.id
        ? [no('rows', `${named(row, index)} has the id of something else.`)]
        : [],
  );
  const seen = new Set<string>();
  const twice = rows.flatMap((row, index) => {
    const key = `${row.kind} ${row.id}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [no('rows', `${named(row, index)} is there twice.`)];
  });
  const real = countsOf(rows);
  const miscounted = [...new Set([...Object.keys(real), ...Object.keys(counts)])].filter(
    (kind) => real[kind as RowKind] !== counts[kind as RowKind],
  );
  return [
    ...changed,
    ...twice,
    ...miscounted.map((kind) =>
      no(
        'rows',
        `It counts ${shown(counts[kind as RowKind] ?? 0)} rows of kind ${shown(kind)} and has ${String(real[kind as RowKind] ?? 0)}: some were added or removed.`,
      ),
    ),
    ...listIf(digestOfRows(rows) !== digest, [
      no('rows', 'The digest over all rows is of others: a row was changed, added, removed or moved.'),
    ]),
  ];
}

function order(rows: readonly Row[]): readonly Checked[] {
  const at = rows.findIndex(
    (row, index) => index > 0 && ROW_KINDS.indexOf(row.kind) < ROW_KINDS.indexOf(rows[index - 1]?.kind ?? 'change'),
  );
  const moved = rows[at];
  if (moved !== undefined) return [no('rows', `${named(moved, at)} is not where Linekeeper writes it.`)];
  const seen = new Set<string>();
  const changes = rowsOf(rows, 'change');
  const known = new Set(changes.map(({ commit }) => commit));
  for (const [index, row] of changes.entries()) {
    if (row.parents.some((parent) => known.has(parent) && !seen.has(parent)))
      return [no('rows', `${named(row, index)} comes before its parents: rows were moved.`)];
    seen.add(row.commit);
  }
  return [];
}

function subjectsOf(evidence: Evidence, subjects: unknown): readonly Checked[] {
  const expected = statementOf(evidence).subject;
  if (!Array.isArray(subjects)) return [no('subjects', 'The statement has no subjects.')];
  const at = Math.max(expected.length, subjects.length);
  for (let index = 0; index < at; index++)
    if (canonical(expected[index] ?? null) !== canonical(subjects[index] ?? null))
      return [
        no(
          'subjects',
          `Subject ${String(index + 1)} is ${shown(canonical(subjects[index] ?? null))}; by the rows it is ${shown(expected[index]?.digest['gitCommit'] ?? 'none')}.`,
        ),
      ];
  return [];
}

/** What names a commit of the scope names one that it has. */
function relations({ rows, scope }: Evidence): readonly Checked[] {
  const changes = new Set(rowsOf(rows, 'change').map(({ commit }) => commit));
  const decided = new Set(rowsOf(rows, 'decision').map(({ commit }) => commit));
  const wrong: Checked[] = [];
  if (changes.size > 0 && !changes.has(scope.head))
    wrong.push(no('scope', `The scope ends at ${shown(scope.head)}, which is no change of it.`));
  if (changes.has(scope.base))
    wrong.push(no('scope', `The scope begins after ${shown(scope.base)}, which is among its changes.`));
  rows.forEach((row, index) => {
    const { commits, known } = namedBy(row, changes, decided);
    for (const commit of commits)
      if (!known.has(commit))
        wrong.push(no('rows', `${named(row, index)} is about ${shown(commit)}, of which there is no row.`));
    if (row.kind === 'change') {
      const of = (side: 'added' | 'removed'): number => row.sessions.reduce((sum, one) => sum + one[side], 0);
      if (of('added') !== row.added.ai || of('removed') !== row.removed.ai)
        wrong.push(no('rows', `${named(row, index)} has another number of AI lines than its sessions.`));
    }
  });
  return wrong;
}

/** The commits that a row is about, and those that they have to be among. */
function namedBy(
  row: Row,
  changes: ReadonlySet<string>,
  decided: ReadonlySet<string>,
): { readonly commits: readonly string[]; readonly known: ReadonlySet<string> } {
  switch (row.kind) {
    case 'change':
      return { commits: [row.broughtBy], known: changes };
    case 'decision':
    case 'prompt':
    case 'debt':
    case 'review':
      return { commits: [row.commit], known: changes };
    case 'run':
    case 'exception':
      return { commits: row.relation === 'commit' ? [row.commit] : [], known: changes };
    case 'approval':
      return { commits: [row.change], known: changes };
    case 'finding':
      return { commits: [row.change], known: decided };
    case 'incident':
      return { commits: row.suspects.map(({ commit }) => commit), known: changes };
    default:
      return { commits: [], known: changes };
  }
}

function decisions({ rows }: Evidence): readonly Checked[] {
  const all = rowsOf(rows, 'decision');
  const decided = new Set(all.map(({ commit }) => commit));
  const some = rowsOf(rows, 'missing').some(({ what }) => what === 'later decisions');
  const without = [...new Set(rowsOf(rows, 'change').map(({ broughtBy }) => broughtBy))].filter(
    (id) => !decided.has(id),
  );
  return [
    ...(some ? [] : without.map((id) => no('decisions', `There is no decision on ${shown(id)}.`))),
    ...all.flatMap((row): readonly Checked[] => {
      const open = row.unmet.length > 0 || row.tiers.some(({ required }) => required.some((one) => !one.satisfied));
      if (row.verdict === 'undecided' || open === (row.verdict === 'fail')) return [];
      return [
        no(
          'decisions',
          `The decision on ${shown(row.commit)} is ${shown(row.verdict)}, which its own requirements contradict.`,
        ),
      ];
    }),
  ];
}

/** A requirement that somebody met has their approval among the rows; a signed one has its signature. */
function approvals(rows: readonly Row[]): readonly Checked[] {
  const all = rowsOf(rows, 'approval');
  const signed = rowsOf(rows, 'sign-off');
  return [
    ...rowsOf(rows, 'decision').flatMap((row) =>
      row.tiers.flatMap(({ name, required }) =>
        required.flatMap(({ satisfied, by }) =>
          (satisfied ? by : []).flatMap((person) =>
            listIf(
              !all.some((one) => one.change === row.commit && one.tier === name && one.by === person && one.counts),
              [
                no(
                  'decisions',
                  `The decision on ${shown(row.commit)} counts an approval by ${shown(person)} that no row has.`,
                ),
              ],
            ),
          ),
        ),
      ),
    ),
    ...all.flatMap((approval) =>
      approval.source !== 'signed' ||
      !approval.counts ||
      signed.some(({ commit, by }) => commit === approval.commit && by.includes(approval.by))
        ? []
        : [
            no(
              'approvals',
              `The sign-off by ${shown(approval.by)} on ${shown(approval.commit)} counts, and its signature is not among the rows.`,
            ),
          ],
    ),
  ];
}
