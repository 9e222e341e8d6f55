/** Marks at the lines of a pull request: at most ten, the most dangerous first, as GitHub workflow commands. */
import { stillMissing } from '../../policy/decision';
import { type Severity } from '../../policy';
import type { Decided } from './decide-pull-request';
import { rowsOf } from './summary-and-comment';

/** GitHub shows ten of a kind per step, and nobody reads more. */
const MOST = 10;

interface Mark {
  readonly weight: number;
  readonly level: 'error' | 'warning' | 'notice';
  readonly path: string;
  /** Null: at the file. */
  readonly line: number | null;
  readonly end: number | null;
  readonly title: string;
  readonly text: string;
}

const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 40, high: 30, medium: 20, low: 10 };

/** Lines to print, each a workflow command. */
export function annotationsOf(decided: Decided): readonly string[] {
  const marks = [...findings(decided), ...unsigned(decided)].sort((one, other) => other.weight - one.weight);
  return marks.slice(0, MOST).map(command);
}

const findings = ({ result }: Decided): readonly Mark[] =>
  result.findings.map(({ severity, path, line, side, rule, message }) => ({
    weight: WEIGHTS[severity],
    level: levelOf(severity, result.verdict),
    path,
    line: side === 'old' ? null : line,
    end: null,
    title: rule,
    text: message,
  }));

/** No error where the gate passes: it would say that something has to be done. */
function levelOf(severity: Severity, verdict: 'pass' | 'fail'): Mark['level'] {
  if (severity === 'low') return 'notice';
  return severity === 'medium' || verdict === 'pass' ? 'warning' : 'error';
}

/** AI's lines in files that wait for a sign-off: one mark per file, at the largest run. */
function unsigned(decided: Decided): readonly Mark[] {
  const { result } = decided;
  return rowsOf(decided).flatMap(({ file, tier: name, rank }): readonly Mark[] => {
    const tier = result.tiers.find((one) => one.name === name);
    const open = stillMissing(tier?.required ?? [])[0];
    const run = file.ranges
      .filter(({ author }) => author !== 'human')
      .sort((one, other) => other.end - other.start - (one.end - one.start))[0];
    if (
      open === undefined ||
      (run === undefined && file.change === null && file.removed.every(({ author }) => author === 'human'))
    )
      return [];
    return [
      {
        weight: 25 - Math.min(rank, 20),
        level: 'warning',
        path: file.path,
        line: run?.start ?? null,
        end: run?.end ?? null,
        title: `Linekeeper: ${name ?? ''}`,
        text: `${open.missing.charAt(0).toUpperCase()}${open.missing.slice(1)}. ${open.why}`,
      },
    ];
  });
}

function command({ level, path, line, end, title, text }: Mark): string {
  const words = {
    file: path,
    ...(line === null ? {} : { line: String(line) }),
    ...(end === null ? {} : { endLine: String(end) }),
    title,
  };
  return `::${level} ${Object.entries(words)
    .map(([key, value]) => `${key}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
    .join(',')}::${escaped(text)}`;
}

/** Escaped as GitHub does; other control characters and bidirectional marks do not belong in a log. */
const escaped = (text: string): string =>
  text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
