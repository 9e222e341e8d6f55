/**
 * What any file of settings, any pipeline and any list says less strictly than before. No tool is named here: a key tells by
 * its words whether it asks for more or for less, a command by its arguments, a list by its name.
 */
import { anyOf, either } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { isFixture, isTest } from '../../path-roles';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';
import { changedLines, type ChangedLine, type ChangedLines } from '../../changed-lines';
import { COMMENT, OFF, ON, settingsIn, valuesByFrame, wordsOf } from '../../settings-in-lines';
import { trimmedLines } from '../../trimmed-lines';
import { EITHER } from './checking-programs';
import { CHECKS_BY_NAME } from './checks-and-triggers-lost-in-ci';
import { mayHaveTests } from './find-tests-and-assertions';
import { isPipeline, runsChecks } from './files-that-run-checks';

const SETTINGS = either(
  /\.(?:ya?ml|json[5c]?|toml|ini|cfg|xml|gradle|kts|properties|neon|conf|props|csproj|targets|sbt|mk|cmake|hcl|tfvars)$/,
  /\.(?:ruleset|runsettings|dist|editorconfig)$|(?:^|\/)(?:\.?\w+rc|[\w.-]*[Mm]akefile[\w.-]*|CMakeLists\.txt|zuul\.d\/.*)$/,
);
/** A file that is about checks by its own name. */
const ABOUT_CHECKS = either(
  /lint|checkstyle|(?:^|[/_.-])checks?(?:[/_.-]|$)|pmd|detekt|spotbugs|findbugs|ruleset|analy[sz]|editorconfig|sonar|quality/i,
  /inspection|coverage|phpcs|phpstan|psalm|rubocop|clippy|biome|zap|audit|scan|zuul|nextest|(?:^|\/)\.[\w-]*ci\//i,
  /(?:^|\/)\.?(?:tests?|ci|azure-pipelines|nox|tox|pytest|phpunit|jest|vitest|codecov)[\w.-]*$/i,
);

/** A file of settings in which a switch of checks may stand. */
export const mayHaveSettings = ({ path, after }: Change): boolean =>
  runsChecks(path) ||
  SETTINGS.test(path) ||
  ABOUT_CHECKS.test(path) ||
  LIST_FILE.test(path) ||
  (after !== null && /suppress|xfail|known_?(?:fail|issue|bug)|quarantine/i.test(after));

const isAboutChecks = (path: string): boolean =>
  runsChecks(path) || ABOUT_CHECKS.test(path) || /(?:^|\/)pom\.xml$/.test(path);

export function weakerSettings(change: Change, changesCode: boolean): readonly Noticed[] {
  const { path } = change;
  if (!mayHaveSettings(change)) return [];
  const lines = withoutComments(changedLines(change));
  if (lines.gained.length + lines.lost.length === 0) return [];
  const found =
    (SETTINGS.test(path) || isAboutChecks(path) ? (milder(path, lines) ?? lenient(path, lines, change)) : undefined) ??
    (runsChecks(path) ? narrower(lines) : undefined) ??
    fewerStarts(path, lines, change) ??
    longerList(path, lines);
  if (found === undefined) return [];
  return [{ ...found, cause: 'weaker', ...(changesCode ? { severity: 'low' as const } : {}) }];
}

const withoutComments = ({ lost, gained }: ChangedLines): ChangedLines => ({
  lost: lost.filter(({ text }) => !COMMENT.test(text)),
  gained: gained.filter(({ text }) => !COMMENT.test(text)),
});

const WEIGHTS: readonly RegExp[] = [
  /^(?:off|ignored?|none|silent|hint|hidden|suggestion|info|allow|disabled?|notice)$/i,
  /^(?:warn(?:ing)?)$/i,
  /^(?:fatal|errors?|fail|deny|forbid|block|critical)$/i,
];
/** Words of a key by which more of it is less of a check, and those that say that it is about one. */
const LOOSENS =
  /^(?:skip(?:s|ped)?|ignore[sd]?|allow(?:s|ed)?|continue|disable[sd]?|suppress(?:es)?|soft|exclude[sd]?|no|without|optional|omit|informational|passes?|lenient|exempt)$/;
const OF_CHECKS = anyOf(
  String.raw`tests? testing its checks? lint\w* scan\w* audit\w* coverage strict\w* fail(?:s|ed|ure|ures|ing)? errors? warnings? violations?
  verif\w+ validat\w+ enforce\w* voting gates? halt abort sonar\w* jacoco\w* quality checkstyle spotbugs pmd typecheck e2e
  vulnerabilit\w+ cves? werror unused`,
  { before: '^(?:', after: ')$' },
);
/** It changes the order or the speed, or what is looked at is no check. */
const NO_CHECK = either(
  /fail[-_]?fast|error[-_]?(?:page|handler|message|log|report)|check[-_]?(?:out|box|interval|sum|point|updates?)|health|liveness/i,
  /readiness|certificate|tls|ssl|host[-_]?key|allow[-_]?empty|test[-_]?(?:mode|env|id|name|data|flight|accounts?|users?)|ignore[-_]?case/i,
  /(?:^|[-_])logging(?:[-_]|$)|skip[-_]?(?:cache|empty|install|checkout|duplicate|final)|verify[-_]?(?:email|phone)|if[-_]no[-_]files/i,
);

/** 1: the key asks for more when it is on; -1: for less; 0: nobody knows. */
function directionOf(key: string, parent: string): 1 | -1 | 0 {
  const isSwitch = /^(?:enabled?|active|run|status|disabled?|skip|ignore)$/i.test(key);
  const words = wordsOf(isSwitch ? `${parent} ${key}` : key);
  if (NO_CHECK.test(key) || words.length > WORDS_AT_MOST || !words.some((word) => OF_CHECKS.test(word))) return 0;
  return words.some((word) => LOOSENS.test(word)) ? -1 : 1;
}
const WORDS_AT_MOST = 8;

/** A value that asks for less than the one that stood in the same line. */
function milder(path: string, { lost, gained }: ChangedLines): Noticed | undefined {
  const earlier = valuesByFrame(lost);
  for (const { text, line, parent } of gained)
    for (const { key, value, frame } of settingsIn(text)) {
      const previous = earlier.get(frame);
      if (previous?.every((earlierValue) => isLess(path, { key, text, parent }, earlierValue, value)) === true)
        return factAt('checks/threshold-lowered: A check asks for less: "{before}" is "{after}" now.', line, {
          before: named(frame.replace('\0', previous[0] ?? '')),
          after: named(text),
        });
    }
  return undefined;
}

interface Place {
  readonly key: string;
  readonly text: string;
  readonly parent: string;
}

function isLess(path: string, { key, text, parent }: Place, before: string, after: string): boolean {
  const weightOf = (value: string): number => WEIGHTS.findIndex((pattern) => pattern.test(value));
  const [earlier, later] = [weightOf(before), weightOf(after)];
  const direction = directionOf(key, parent);
  if (earlier === STRICT || (earlier > 0 && later >= 0))
    return (
      (later >= 0 ? later < earlier : OFF.test(after)) &&
      (ABOUT_CHECKS.test(path) || /severity|diagnostic|inspection|rule|lint/i.test(text) || direction > 0) &&
      !/log|verbos/i.test(key)
    );
  if (
    direction === 0 ||
    (!isAboutChecks(path) &&
      !/test|lint|scan|audit|coverage|sonar|jacoco|strict|(?:^|[_-])checks?(?:[_-]|$)/i.test(key))
  )
    return false;
  return direction > 0 ? ON.test(before) && OFF.test(after) : OFF.test(before) && ON.test(after);
}
const STRICT = WEIGHTS.length - 1;

/** A switch that a known block gains, by which failures count for less or a check no longer runs by itself. */
function lenient(path: string, { lost, gained }: ChangedLines, { before, after }: Change): Noticed | undefined {
  if (!isAboutChecks(path)) return undefined;
  const lines = (after ?? '').split('\n');
  const known = trimmedLines(before);
  const at = gained.find(({ text, parent, ancestors, line }) => {
    const [setting] = settingsIn(text);
    // below the name of a job, a step or a tool that was there before
    if (setting === undefined) return false;
    const name = nameAbove(lines, line - 1);
    const names = name.startsWith('- name:') ? [name] : [name, ...ancestors.filter((above) => !PLAIN.test(above))];
    if (!names.some((name) => known.has(name))) return false;
    const { key, value } = setting;
    const direction = directionOf(key, parent);
    return (
      (direction < 0
        ? ON.test(value) && /fail|error|test|check|lint|scan|audit|violation|warning|vulnerab|cve/i.test(key)
        : direction > 0 &&
          OFF.test(value) &&
          /voting|fail|strict|error|enabled?|required|gate|^validate_/i.test(key)) &&
      /^[^:=>]{0,60}[:=>]\s*\S{1,12}$/.test(text.replace(/<\/.*$|[",;]+$/g, '')) &&
      !lost.some((previous) => previous.text.includes(key))
    );
  });
  if (at !== undefined)
    return factAt('checks/scanner-dropped (medium): A check counts for less by "{text}".', at, {
      text: named(at.text),
    });
  const exempt = LINTS.test(path)
    ? gained.find(
        ({ text }) =>
          EXEMPTS.test(text) &&
          (text.match(/["'][\w-]{3,}["'](?!\s*:)/g) ?? []).some((word) => before?.includes(word.slice(1, -1)) !== true),
      )
    : undefined;
  if (exempt !== undefined && lost.every(({ text }) => !EXEMPTS.test(text)))
    return factAt('checks/threshold-lowered: A rule of a linter overlooks more: {text}.', exempt, {
      text: named(exempt.text),
    });
  const later = after ?? '';
  const asked = lost.find(({ text, parent, above }) => {
    const [setting] = settingsIn(text);
    return (
      setting !== undefined &&
      ON.test(setting.value) &&
      /fail|strict|error|warning|voting/i.test(setting.key) &&
      directionOf(setting.key, parent) > 0 &&
      !later.includes(setting.key) &&
      gained.length === 0 &&
      later.includes(above)
    );
  });
  return asked === undefined
    ? undefined
    : factWas('checks/threshold-lowered: A check asks for less without "{text}".', asked, { text: named(asked.text) });
}

/** Settings of a linter, and an option by which one of its rules overlooks something. */
const LINTS = /lint|rubocop|phpcs|checkstyle|biome|detekt/i;
const EXEMPTS = /^["']?(?:ignore|except|exclude|allow|skip)\w*["']?\s*:\s*\[/;

/** What the item of a list is called in which a line stands. */
function nameAbove(lines: readonly string[], at: number): string {
  const margin = (lines[at] ?? '').search(/\S/);
  for (let above = at - 1; above >= Math.max(0, at - FAR); above -= 1) {
    const line = lines[above] ?? '';
    if (/^\s*name:/.test(line) || (/^\s*- name:/.test(line) && line.search(/\w/) === margin)) return line.trim();
    if (/\S/.test(line) && line.search(/\S/) < margin) break;
  }
  return '-';
}

/** A name further above is of something else. */
const FAR = 400;

/** A name that stands in any pipeline. */
const PLAIN =
  /^(?:<project\b.*|<build>|<plugins?>|<properties>|-?\s*(?:jobs|steps|stages|pipelines?|matrix|include|build|default|with|env|script|name|rules):.*|- .*|[{[(])$/;

/** An argument by which a command looks at less, or goes on after a failure. */
const LEAVES_OUT =
  /^["'(]*(?:-{1,2}(?:exclude|ignore|skip|no-|without|deselect|omit|disable|allow|continue|keep-going|soft|pass|rerun|retr|suppress|baseline|lenient|not-|warn-only|advisory)|[A-Z_]*SKIP[A-Z_]*=)/;
const HARMLESS = anyOf(
  String.raw`cache install deps dependencies progress colou?r interact\w* platform scripts fund lock\w* ansi daemon parallel build restore bail capture header summary tty rm verbose frozen engines? optional peer save dev suggest sync update input banner cov install git checkout redirect clean fail-fast run self stream out(?:put)? emit publish sandbox new-session path default pull log config dry prompt same root missing warnings-as-info tags? transfer-progress`,
  { before: '-(?:', after: String.raw`)\b`, flags: 'i' },
);
/** What asks for more. */
const ASKS =
  /^-{1,2}(?:strict|all|fail|error|warn|pedantic|Werror|check|max-warnings|race|cov-fail|coverage|recursive|verify)\b/;
const TARGET = /^(?:\.{0,2}\/)?[\w*.@-]+(?:\/[\w*.@-]+)+\/?$|^\.{1,3}\/?$|^[\w-]+\/$/;

const tokensOf = (text: string): readonly string[] =>
  text
    .replace(/^(?:- )?(?:run|script|command|cmd|"[\w:.-]+")\s*:\s*["']?|["',\\]+$/g, '')
    .split(/\s+/)
    .filter(Boolean);

/** What makes a package, whose options are about that. */
const PACKS = /\bpython\d? -m build\b|\bpip\d? (?:install|wheel)\b/;

/** A command that checks, and that looks at less than the same command did before. */
function narrower({ lost, gained }: ChangedLines): Noticed | undefined {
  if (lost.length * gained.length > PAIRS_AT_MOST) return undefined;
  const commands = lost.map(({ text }) => tokensOf(text));
  const present = gained.map(({ text }) => new Set(tokensOf(text)));
  for (const [at, { text, line, parent }] of gained.entries()) {
    const later = tokensOf(text);
    const [name = ''] = text.split(/[:=]/);
    if (PACKS.test(text) && !/[;&|]/.test(text)) continue;
    if (later.length === 0 || !(EITHER.test(text) || CHECKS_BY_NAME.test(`${name} ${later[0] ?? ''} ${parent}`)))
      continue;
    for (const earlier of commands) {
      const fresh = later.filter((token) => !earlier.includes(token));
      const gone = earlier.filter((token) => !later.includes(token));
      // a command in two lines does in both what it did in one
      const isSplit =
        gone.length > 0 &&
        gone.every((token) => token === '&&' || present.some((tokens, other) => other !== at && tokens.has(token)));
      if (
        isSplit ||
        earlier.length - gone.length < Math.max(1, Math.ceil(earlier.length / 2)) ||
        fresh.length > FEW ||
        gone.length > FEW
      )
        continue;
      const leaves = fresh.some((token) => LEAVES_OUT.test(token) && !HARMLESS.test(token) && !token.includes('$('));
      const isNarrow =
        (gone.length === 0 && leaves) ||
        (fresh.length === 0 &&
          earlier.length > gone.length &&
          gone.some((token) => TARGET.test(token) || ASKS.test(token) || token === '&&') &&
          (!gone.includes('&&') || CHECKS_BY_NAME.test(`${name} ${gone.join(' ')}`))) ||
        (fresh.length === 1 &&
          gone.length === 1 &&
          ((fresh[0]?.startsWith(`${(gone[0] ?? '').replace(/\/$/, '')}/`) === true && !/[.:@]/.test(fresh[0])) ||
            (LEAVES_OUT.test(fresh[0] ?? '') &&
              LEAVES_OUT.test(gone[0] ?? '') &&
              fresh[0]?.startsWith(gone[0] ?? '') === true)));
      if (isNarrow)
        return factAt('checks/scanner-dropped (medium): A check looks at less than before: "{text}".', line, {
          text: named(text),
        });
    }
  }
  return undefined;
}
const FEW = 4;
const PAIRS_AT_MOST = 40_000;

/** Where a pipeline lists for which changes it does not run, or for which it does. */
const NOT_FOR =
  /^["']?(?:paths-ignore|paths_ignore|branches-ignore|irrelevant-files|except|changes-ignore|skip_on|exclude)["']?\s*:/;
const FOR = /^["']?(?:paths|branches|files|only|changes|include|jobs|tests|suites|packages|modules|targets)["']?\s*:/;
/** What no check looks at. */
const NO_CODE =
  /\.(?:md|mdx|rst|adoc|txt|png|svg|jpe?g|gif)\b|docs?\b|README|LICEN[CS]E|CHANGELOG|CODEOWNERS|release|\.github\/(?!workflows)|\^?\.gitignore/i;
const VERSION = /^["'^~>=v\s-]*\d[\d.x*]*["']?$/;

/** Changes for which a pipeline with checks starts no more, and entries that it no longer runs for. */
function fewerStarts(path: string, { lost, gained }: ChangedLines, { after }: Change): Noticed | undefined {
  if (!isPipeline(path) && !/zuul/.test(path)) return undefined;
  const lines = (after ?? '').split('\n');
  const names = lines.filter((line) => /^\s*(?:- )?name:/.test(line)).join('\n');
  const isOfChecks = (line: string): boolean => line.length <= LINE_AT_MOST && EITHER.test(line);
  if (!/zuul/.test(path) && !CHECKS_BY_NAME.test(`${path}\n${names}`) && !lines.some(isOfChecks)) return undefined;
  const ignored = gained.find(
    ({ text, parent }) =>
      NOT_FOR.test(parent) &&
      text.startsWith('- ') &&
      !NO_CODE.test(text) &&
      !gained.some((line) => line.text === parent),
  );
  if (ignored !== undefined)
    return factAt('checks/scanner-dropped (low): Checks no longer start for {text}.', ignored, {
      text: named(ignored.text.slice(2)),
    });
  const item = lost.find(
    ({ text, parent, ancestors }) =>
      (FOR.test(parent)
        ? /^- \S+$/.test(text)
        : text.startsWith('- ') && ancestors.some((name) => /^["']?matrix["']?:/.test(name))) &&
      !VERSION.test(text.slice(2).replace(/^[\w.-]+:\s*/, '')) &&
      after?.includes(parent) === true &&
      !isAmong(gained, parent, /[\w-]+(?=\W*$)/.exec(text)?.[0] ?? text) &&
      !lines.some((line) => line.includes(text.slice(2)) && !COMMENT.test(line.trim())),
  );
  if (item === undefined) return undefined;
  return factWas('checks/scanner-dropped (low): Checks no longer run for {text}.', item, {
    text: named(item.text.slice(2)),
  });
}

const LINE_AT_MOST = 1_000;

const isAmong = (gained: readonly ChangedLine[], parent: string, word: string): boolean =>
  gained.some((line) => line.parent === parent || line.text.includes(word));

/** By its name, a list of what need not pass, or is overlooked. */
const OVERLOOKED = anyOf(
  String.raw`(?:known|expected|allowed|accepted|ignored?|skip(?:ped)?|disabled|excluded?|suppress(?:ed|ions?)?|quarantined?|flaky)[-_ ]?(?:issues?|fail\w*|bugs?|tests?|errors?|warnings?|vuln\w*|cves?|violations?|specs?|list|rules|findings|advisor\w+|audit\w*)
  xfails?(?:[-_]tests)? suppressions?[-_]\w+ suppress(?:ions?|ed|list)? flaky quarantined? allow-?list baseline todo-?list (?:lint|audit|scan|vuln\w*|cve|test|check\w*)[-_.]?(?:ignore\w*|exceptions?|excludes?|exclusions?|allow-?list|baseline|skips?|todo)`,
  { before: '(?:^|[^a-z])(?:[a-z]+[-_])?(?:', after: ')(?![a-z])', flags: 'i' },
);
const LIST_FILE = either(
  /(?:^|\/)(?:(?:skip(?:ped)?|quarantined?|flaky)[-_](?:lists?|tests?)|flaky|(?:x|known-?|expected-?)fail\w*(?:[-_](?:lists?|tests?))?)\/[\w.-]+$/i,
  /(?:^|\/)(?:tests?\/(?:[\w-]+\/)*)?(?:DISABLED|XFAIL|SKIP|FLAKY)(?:\.\w+)?$/,
  /(?:^|\/)[\w.-]*(?:known|expected[-_]?fail\w*|flaky|quarantin\w*|xfail|suppress\w*|baseline|skipp?\w*|exclu\w*|allow-?list|ignore\w*|exceptions?)[\w.-]*(?:issues?|fail\w*|tests?|vuln\w*|audit)[\w.-]*$/i,
  /(?:^|\/)[\w.-]*(?:known|expected[-_]?fail\w*|flaky|quarantin\w*|suppress\w*|skipp?\w*|exclu\w*|ignore\w*)[\w.-]*(?:cves?|errors?|warnings?|suppressions?|baseline|exceptions?|lint|specs?|list)[\w.-]*$/i,
  /(?:^|\/)[\w.-]*(?:audit|cve|vuln\w*|lint|test|check\w*|scan|known|spotbugs|findbugs|dependency)[\w.-]*(?:ignore|exclu\w*|suppress\w*|baseline|allow-?list|exceptions?|known\w*|skip\w*|issues)[\w.-]*$/i,
);
const NO_LIST =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|scala|c|cc|cpp|h|hpp|php|cs|swift|sh|md|rst|vue|png|snap|lock|sql|html)$|(?:^|\/)\.(?:git|docker|npm|helm|gcloud|vscode|eslint|prettier|markdownlint)ignore$/i;
const HEADER = /^(?:export\s+|const\s+|let\s+|var\s+|set\()?["']?([\w.-]{3,60})["'\]]?\s*(?:\+?[:=]|:=|\()/;

/** A list of what need not pass that grows: a file of its own, or below a name that says so. */
function longerList(path: string, { lost, gained }: ChangedLines): Noticed | undefined {
  const isItem = ({ text }: ChangedLine): boolean => /\w{2}/.test(text) && !/^[[{(<]?[\]})>]*[,;]?$/.test(text);
  const count = (lines: readonly ChangedLine[]): number => lines.filter(isItem).length;
  if (LIST_FILE.test(path) && !NO_LIST.test(path) && !isFixture(path)) {
    const item = count(gained) > count(lost) ? gained.find(isItem) : undefined;
    if (item === undefined) return undefined;
    return factAt('checks/suppression-added: A list of what need not pass grows: {text}.', item, {
      text: named(item.text),
    });
  }
  // lists in tests are read where their skips are
  if (isTest(path) && mayHaveTests(path)) return undefined;
  const listed = (lines: readonly ChangedLine[]): readonly ChangedLine[] =>
    lines.filter(({ text, parent }) => {
      const [, name = ''] = HEADER.exec(text) ?? [];
      return (
        (/\+=/.test(text) && OVERLOOKED.test(wordsOf(name).join('_'))) ||
        (/^(?:-\s+|["'`]|[\w./-]+[,\\]?$)/.test(text) &&
          OVERLOOKED.test(wordsOf(HEADER.exec(parent)?.[1] ?? '').join('_')))
      );
    });
  const [fresh, gone] = [listed(gained), listed(lost)];
  const [item] = fresh;
  return item === undefined || fresh.length <= gone.length
    ? undefined
    : factAt('checks/suppression-added: A list of what need not pass grows: {text}.', item, { text: named(item.text) });
}
