/** Checks that build files and scripts of packages run: plugins of scanners, and the lists of tasks of a script. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { anyOf } from '../../../base/patterns';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';

/** Where a build is told which plugins it has. */
const BUILDS = /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$|\.gradle(?:\.kts)?$|(?:^|\/)pom\.xml$|\.sbt$/;
/** Whether a file's plugins are read. */
export const isBuildFile = (path: string): boolean => BUILDS.test(path);

/** Plugins whose task fails the build when they find something. */
const PLUGINS = anyOf(
  String.raw`snyk\w* spotbugs findbugs pmd checkstyle detekt ktlint\w* jacoco kover dependency-?check\w* errorprone nullaway sonar\w*
  spotless pitest animal-?sniffer japicmp revapi binary-compatibility-validator archunit scalafix scalastyle wartremover scapegoat
  enforcer license-maven-plugin apache-rat codenarc forbiddenapis surefire failsafe`,
  { before: String.raw`(?<![a-z])(`, after: ')(?![a-z])', flags: 'i' },
);
const DECLARES = /\bid\s*[("']|\balias\(|apply\s*\(?plugin|<artifactId>|addSbtPlugin|addCompilerPlugin/;

const isDeclaration = (line: string): boolean =>
  line.length < 500 && DECLARES.test(line) && !/^\s*(?:\/\/|<!--)/.test(line);

const pluginsIn = (text: string | null): readonly { readonly plugin: string; readonly line: number }[] =>
  (text ?? '').split('\n').flatMap((line, index) => {
    const [, plugin] = (isDeclaration(line) ? PLUGINS.exec(line) : null) ?? [];
    return plugin === undefined ? [] : [{ plugin: plugin.toLowerCase(), line: index + 1 }];
  });

/** The plugins of all build files of a change that still have them; undefined where one gains a plugin. */
export function remainingPlugins(changes: readonly Change[]): ReadonlySet<string> | undefined {
  const builds = changes.filter(({ path }) => isBuildFile(path));
  const later = new Set(builds.flatMap(({ after }) => pluginsIn(after).map(({ plugin }) => plugin)));
  const earlier = new Set(builds.flatMap(({ before }) => pluginsIn(before).map(({ plugin }) => plugin)));
  return [...later].every((plugin) => earlier.has(plugin)) ? later : undefined;
}

/** Plugins that check something and that leave a build, where no build file of the change still has them or gains one. */
export function pluginsLeft(
  { path, before, after }: Change,
  remaining: ReadonlySet<string> | undefined,
): readonly Noticed[] {
  if (after === null || remaining === undefined || !isBuildFile(path)) return [];
  return pluginsIn(before)
    .filter(({ plugin }) => !remaining.has(plugin))
    .slice(0, 1)
    .map((lost) => ({
      ...factWas('checks/scanner-dropped (medium): The plugin {plugin}, which checks the build, is removed.', lost, {
        plugin: named(lost.plugin),
      }),
      cause: 'plugin left',
      across: true,
    }));
}

/** A script of a package or a target of make: its name, and what it calls. */
const SCRIPT = /^\s*"([\w:.-]{1,60})"\s*:\s*"((?:[^"\\]|\\.){1,500})"|^([\w.-]{1,60})\s*:(?!=)\s*([\w .:-]{1,300})$/;
/** Tasks that check, as a runner of tasks or make is given them. */
const TASK =
  /^(?:[\w-]+:)?(?:tests?|lint|e2e|type-?check|check|checks|audit|coverage|verify|validate|format-check)(?:[:_-][\w:-]+)?$/;
const RUNNERS = /["'\s](?:vitest|jest|mocha|ava|jasmine|node --test|bun test)(?=["'\s])/;
const RUNS_TASKS = /\b(?:turbo|nx|lerna|moon|wireit|npm-run-all2?|run-[sp]|concurrently|npm|pnpm|yarn|bun)\b/;

interface Script {
  readonly name: string;
  readonly tasks: readonly string[];
  /** 1-based. */
  readonly line: number;
}

function scriptsIn(path: string, text: string | null): readonly Script[] {
  const isMake = !path.endsWith('.json');
  return (text ?? '').split('\n').flatMap((line, index) => {
    const [, name = '', command = '', target = '', needs = ''] = (line.length < 1_000 ? SCRIPT.exec(line) : null) ?? [];
    const words = isMake ? needs : RUNS_TASKS.test(command) ? command : '';
    const tasks = words.split(/[\s,&|;]+/).filter((word) => TASK.test(word));
    if (tasks.length === 0 && !isMake && name === '') return [];
    return [{ name: isMake ? target : name, tasks, line: index + 1 }];
  });
}

/** Tasks that check, and that a script no longer runs: the same script is there, and runs nothing in their place. */
export function tasksLeft({ path, before, after }: Change): readonly Noticed[] {
  if (after === null || !/(?:^|\/)(?:package\.json|(?:GNU)?Makefile)$/.test(path)) return [];
  const later = scriptsIn(path, after);
  const lines = (before ?? '').split('\n');
  const known = new Set(lines);
  const newLines = after.split('\n');
  return scriptsIn(path, before).flatMap(({ name, tasks, line }): readonly Noticed[] => {
    const script = later.find((candidate) => candidate.name === name);
    if (script === undefined || name === '' || name.startsWith('.')) return [];
    const lost = tasks.find((task) => !script.tasks.includes(task));
    const isReplaced = script.tasks.some((task) => !tasks.includes(task));
    // the check's own program takes the place of one that called it
    const isRun = RUNNERS.test(newLines[script.line - 1] ?? '') && !RUNNERS.test(lines[line - 1] ?? '');
    // it runs before each of the scripts from now on, or before one that calls them
    const isMoved = newLines.some(
      (text) => !known.has(text) && /^[^\s#"].*:/.test(text) && text.split(/\s+/).includes(lost ?? ''),
    );
    if (lost === undefined || isReplaced || isMoved || (isRun && lost.startsWith('test'))) return [];
    return [
      {
        ...factAt('checks/scanner-dropped (medium): The script {script} no longer runs {task}.', script, {
          script: named(name),
          task: named(lost),
        }),
        cause: 'task left',
      },
    ];
  });
}
