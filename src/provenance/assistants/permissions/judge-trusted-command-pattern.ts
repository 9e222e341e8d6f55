/**
 * Which commands a trusted pattern lets through. Every assistant has its own syntax (`Bash(terraform:*)`, `Shell(git)`,
 * `terraform *`, `/^npm /`); a pattern is judged by the broadest command that it may match.
 */
import { wordSet } from '../../../base/patterns';

type Reach = 'anything' | 'harm';

/** Programs that run whatever they are given, or change things outside the repository. */
const ALWAYS = wordSet(`
  sudo doas su sh bash zsh fish pwsh powershell cmd env xargs eval exec source nohup timeout ssh scp rsync
  parallel python python3 node deno bun ruby perl php npx bunx uvx pipx awk osascript rm rmdir unlink shred
  truncate dd mkfs chmod chown kill pkill killall shutdown reboot crontab systemctl mount find psql mysql
  mariadb sqlite3 mongosh mongo redis-cli bq snowsql curl wget nc ansible ansible-playbook eksctl flyctl vercel
  heroku serverless sam cdk
`);

/** Programs that are harmful only with certain arguments. */
const WITH: Readonly<Record<string, RegExp | undefined>> = {
  terraform: /^(?:apply|destroy|state|import|taint|untaint|force-unlock|workspace)\b/,
  tofu: /^(?:apply|destroy|state|import|taint|untaint|force-unlock|workspace)\b/,
  terragrunt: /^(?:apply|destroy|state|run-all|run)\b/,
  pulumi: /^(?:up|destroy|state|cancel|import)\b/,
  kubectl: /^(?:delete|apply|replace|patch|edit|scale|drain|cordon|exec|rollout|set|create)\b/,
  helm: /^(?:install|upgrade|uninstall|delete|rollback)\b/,
  git: /^(?:push|reset|clean|checkout|restore|branch|rebase|filter-branch|filter-repo|update-ref|config|commit|stash|reflog|gc)\b/,
  gh: /^(?:api|pr|repo|release|secret|workflow|run)\b/,
  glab: /^(?:api|mr|repo|release|variable)\b/,
  docker: /^(?:rm|rmi|system|volume|run|exec|compose|container|image|network|push|prune)\b/,
  podman: /^(?:rm|rmi|system|volume|run|exec|container|image|push)\b/,
  aws: /^(?!(?:[\w-]+ (?:describe|list|get|ls)[\w-]*)\b)/,
  gcloud: /^(?!.*\b(?:describe|list)\b)/,
  az: /^(?!.*\b(?:show|list)\b)/,
  npm: /^(?:publish|unpublish|exec|run$|run \*|run-script|install|i|ci|deprecate|owner|access)\b/,
  pnpm: /^(?:publish|exec|dlx|install|add)\b/,
  yarn: /^(?:publish|dlx|exec|add|npm)\b/,
  pip: /^install\b/,
  cargo: /^(?:publish|yank|install|run)\b/,
  make: /^/,
  just: /^/,
};

const ANYTHING = /^(?:\*+|\.\*|\.\+|\^?\.\*\$?|\/\.\*\/[a-z]*|:\*|\*:\*|all)$/i;

/** Undefined: nothing harmful by itself. `pattern` is the command part, without the name of a tool. */
export function reachOf(pattern: string): Reach | undefined {
  const plain = plainOf(pattern);
  if (plain === '' || ANYTHING.test(plain)) return 'anything';
  // several commands in one pattern: each counts; what looks like a regular expression may be a path
  const path = /^\/[\w./ *-]+$/.test(pattern.trim()) ? ` ; ${pattern.trim()}` : '';
  const reaches = `${plain}${path}`.split(/\s*(?:&&|\|\||;|\|)\s*/).map(reachOfOne);
  return reaches.includes('anything') ? 'anything' : reaches.includes('harm') ? 'harm' : undefined;
}

function reachOfOne(command: string): Reach | undefined {
  const [first = '', ...rest] = command.trim().split(/\s+/);
  const program = (first.split(/[\\/]/).at(-1) ?? first).replace(/[*:]+$/, '');
  if (program === '') return 'anything';
  if (/^[A-Za-z_]\w*=/.test(first)) return reachOfOne(rest.join(' '));
  const words = rest.join(' ').replace(/^[:*\s]+$/, '');
  if (ALWAYS.has(program)) return 'harm';
  const harm = Object.hasOwn(WITH, program) ? WITH[program] : undefined;
  if (harm === undefined) return undefined;
  const fixed = words.split(/[*?]/)[0]?.trim() ?? '';
  // nothing fixed after the program: any arguments may follow
  return fixed === '' || harm.test(words) ? 'harm' : undefined;
}

/** A pattern in any of the syntaxes, as words with `*`. */
function plainOf(pattern: string): string {
  const text = pattern.trim();
  const expression = /^\/(.*)\/[gimsuy]*$/.exec(text)?.[1] ?? (text.startsWith('^') ? text : undefined);
  if (expression === undefined) return text.replace(/:\*$/, ' *').replace(/^(\S+):/, '$1 ');
  if (ANYTHING.test(expression)) return '*';
  return (
    expression
      .replace(/^\^/, '')
      .replace(/\$$/, '')
      .replace(/\\s[+*]?|\\b/g, ' ')
      .replace(/\.[*+]\??|\[\^?[^\]]*\][*+]/g, ' *')
      .replace(/\\(.)/g, '$1')
      .replace(/[()?]/g, '')
      .split('|')[0]
      ?.trim() ?? ''
  );
}

/** The command in `Tool(command)`, when `rule` is about one of these tools; a tool name alone means any command. */
export function commandIn(rule: string, tools: readonly string[]): string | undefined {
  const match = /^([\w.-]+)(?:\(([^]*)\))?$/.exec(rule.trim());
  const [, tool = '', command] = match ?? [];
  return tools.includes(tool) ? (command ?? '*') : undefined;
}
