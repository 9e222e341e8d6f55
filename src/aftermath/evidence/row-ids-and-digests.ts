/** Rows with their ids and digests, in the order of a bundle. */
import { digestOf } from './canonical-json-and-duplicate-keys';
import { ROW_KINDS, type Row, type RowBody, type RowKind } from './row-fields-by-kind';
import type { Evidence } from './types';

/** What a row is about: the same for the same thing, also in another clone. */
export function idOf(row: RowBody): string {
  switch (row.kind) {
    case 'change':
    case 'decision':
      return row.commit;
    case 'finding':
      return [row.change, row.rule, row.path, row.side, row.line].join(' ');
    case 'approval':
      return [row.change, row.source, row.by, row.tier, row.commit].join(' ');
    case 'sign-off':
      return [row.commit, digestOf([row.text, row.signature]).slice(7, 23)].join(' ');
    case 'review':
      return [row.commit, row.by, row.state, row.at].join(' ');
    case 'prompt':
      return [row.commit, row.assistant, row.session, row.prompt].join(' ');
    case 'stage':
      return [row.commit, row.stage, row.at, row.state, row.record].join(' ');
    case 'incident':
      return row.incident;
    case 'run':
      return row.run;
    case 'exception':
      return [row.commit, row.tier, digestOf(row.says).slice(7, 23)].join(' ');
    case 'debt':
      return [row.commit, row.at, ...row.tiers].join(' ');
    case 'missing':
      return row.what;
  }
}

/** Each row's digest is over all of it but the digest. */
export const rowDigest = (row: object): string => digestOf({ ...row, digest: undefined });

/** In the order of their kinds, otherwise as they come; one that says the same again is left out. */
export function rowsFrom(bodies: readonly RowBody[]): readonly Row[] {
  const seen = new Set<string>();
  const rows = bodies.flatMap((body): readonly Row[] => {
    const row = { ...body, id: idOf(body) };
    const made: Row = { ...row, digest: rowDigest(row) };
    if (seen.has(made.digest)) return [];
    seen.add(made.digest);
    return [made];
  });
  return ROW_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

export function countsOf(rows: readonly { readonly kind: RowKind }[]): Evidence['counts'] {
  const counts: Partial<Record<RowKind, number>> = {};
  for (const { kind } of rows) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export const digestOfRows = (rows: readonly { readonly digest: string }[]): string =>
  digestOf(rows.map(({ digest }) => digest));

/** The rows of one kind. */
export const rowsOf = <Kind extends RowKind>(
  rows: readonly Row[],
  kind: Kind,
): readonly Extract<Row, { readonly kind: Kind }>[] =>
  rows.filter((row): row is Extract<Row, { readonly kind: Kind }> => row.kind === kind);
