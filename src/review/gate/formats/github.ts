/**
 * The verdict as workflow commands, which GitHub shows at the files of a pull request
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions). Every line is a command, so nothing from
 * outside can start one.
 */
import type { CheckResult } from '../check-question-and-result';
import { loudness, sentence, unmetOf, verdictOf } from './verdict-words';
import type { Format } from './types';

export const github: Format = {
  id: 'github',
  render: (result) => `${commandsOf(result).join('\n')}\n`,
};

function commandsOf(result: CheckResult): readonly string[] {
  return [
    ...unmetOf(result).map(({ tier, requirement, path }) =>
      command(
        result.wouldBe === undefined ? 'error' : 'warning',
        { file: path, title: tier === null ? 'Linekeeper' : `Linekeeper: ${tier}` },
        `${sentence(requirement.missing)} ${requirement.why}`,
      ),
    ),
    ...result.findings.map(({ rule, severity, path, line, side, message }) => {
      const level = loudness(severity);
      return command(
        // An error would say that something has to be done.
        level === 'note' ? 'notice' : result.verdict === 'pass' ? 'warning' : level,
        { file: path, ...(side === 'old' ? {} : { line: String(line) }), title: rule },
        message,
      );
    }),
    ...result.switchedOff.map(({ rule, path, line, side, reason }) =>
      command(
        'notice',
        { file: path, ...(side === 'old' ? {} : { line: String(line) }), title: `${rule} (switched off)` },
        `The policy switches this rule off: ${reason}`,
      ),
    ),
    ...result.signOffs
      .filter((signOff) => !signOff.counts)
      .map(({ by, tier, why }) =>
        command('notice', { title: 'Approval that does not count' }, `${by} for ${tier}: ${why}`),
      ),
    ...result.notices.map((notice) => command('notice', { title: 'Linekeeper' }, notice)),
    command(result.verdict === 'pass' ? 'notice' : 'error', { title: 'Linekeeper' }, verdictOf(result)),
  ];
}

function command(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const listed = Object.entries(properties).map(
    ([key, value]) => `${key}=${data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${name} ${listed.join(',')}::${data(message)}`;
}

/**
 * Escaped as GitHub does; other line breaks, control characters and bidirectional marks do not belong on a log line.
 */
const data = (text: string): string =>
  text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
