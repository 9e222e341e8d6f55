/**
 * Charts of which a change replaces or removes the whole. In another's chart that gets a new version, what its authors
 * changed is one finding of each rule, and weighs less; and files of a chart that leave uninstall nothing.
 */
import type { Finding } from '../finding';
import { LOWER } from '../notices-to-findings';
import type { Change } from '../types';
import { onceFor } from './join-notices-of-environments';

/** So many files of a chart are replaced together: less is somebody's own edit. */
const FILES_AT_LEAST = 5;

const CHART = /(?<=^|\/)Chart(?:\.j2)?\.yaml(?:\.j2)?$/;
const VERSION = /^version:.*/m;

/**
 * Whether Helm wrote this description of a chart: it sorts what it packs, and people begin with the name. A chart that
 * says where it comes from or who keeps it is one to be handed on.
 */
function isPacked(text: string): boolean {
  const keys = [...text.matchAll(/^([A-Za-z]+):/gm)].map(([, key = '']) => key);
  return (
    keys.includes('version') &&
    (keys.includes('home') || keys.includes('maintainers')) &&
    keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)
  );
}

const isReplaced = ({ before, after }: Change): boolean =>
  isPacked(before ?? '') && isPacked(after ?? '') && VERSION.exec(before ?? '')?.[0] !== VERSION.exec(after ?? '')?.[0];

/** What Helm reads of the folder of a chart: all else in it is not the chart's. */
const OF_CHART = /^(?:charts|crds|templates)\/|^[^/]*values[^/]*$|^Chart\b/;

/** What a chart says of the cluster, and none of the tests and texts beside it. */
const CONCERNS = /^(?:destructive|permissions|availability)\//;
const LEAVES = 'destructive/k8s-removed';

export function chartsAsAWhole(findings: readonly Finding[], changes: readonly Change[]): readonly Finding[] {
  const charts = changes.filter((change) => CHART.test(change.path) && (change.after === null || isReplaced(change)));
  if (charts.length === 0 || findings.length === 0) return findings;
  const files = new Map(charts.map(({ path }) => [path.replace(CHART, ''), 0]));
  const gone = new Set(charts.filter(({ after }) => after === null).map(({ path }) => path.replace(CHART, '')));
  const chartOf = (path: string): string | undefined =>
    [...path.matchAll(/^|\//g)]
      .map(({ index }) => path.slice(0, index === 0 ? 0 : index + 1))
      .find((folder) => files.has(folder) && OF_CHART.test(path.slice(folder.length)));
  for (const { path } of changes) {
    const chart = chartOf(path);
    if (chart !== undefined) files.set(chart, (files.get(chart) ?? 0) + 1);
  }
  const replaced = ({ path, rule }: Finding): string | undefined => {
    const chart = CONCERNS.test(rule) ? chartOf(path) : undefined;
    return chart === undefined || gone.has(chart) || (files.get(chart) ?? 0) < FILES_AT_LEAST ? undefined : chart;
  };
  const weighed = findings.map((finding): Finding => {
    const chart = replaced(finding);
    const isGone = finding.rule === LEAVES && gone.has(chartOf(finding.path) ?? '-');
    if (chart === undefined && !isGone) return finding;
    const says =
      chart === undefined
        ? ''
        : ` The chart in ${chart || './'} looks like another's: read what is new in its version.`;
    return { ...finding, severity: LOWER[finding.severity] ?? 'low', message: `${finding.message}${says}` };
  });
  return onceFor(
    weighed,
    (finding) => {
      const chart = replaced(finding);
      return chart === undefined ? undefined : `${chart} ${finding.rule} ${finding.side}`;
    },
    'The same goes for',
  );
}
