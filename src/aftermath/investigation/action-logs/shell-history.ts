/** The history of a shell that keeps times: bash with HISTTIMEFORMAT, zsh with EXTENDED_HISTORY, fish. */
import { anyOf } from '../../../base/patterns';
import { ENTRIES_AT_MOST, type LogEntry, type LogProblem, type LogReader } from './types';
import { tame, timeIn } from './sanitize-log-fields';

const BASH = /^#(\d{9,11})$/;
const ZSH = /^: (\d{9,11}):\d+;(.*)$/;
const FISH = /^- cmd: (.*)$/;
const WHEN = /^\s+when: (\d{9,11})$/;
/** What `history` prints with a time of its own. */
const LISTED = /^\s*\d{1,6}\*?\s+\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})?)\]?\s+(.*)$/;

/** Programs that change what runs elsewhere, or files for good. Others in a history are nobody's business. */
const PROGRAMS = anyOf(String.raw`
  alembic ansible ansible-playbook argocd aws az bq cdk certbot consul cqlsh crontab dd docker
  docker-compose doctl dropdb eksctl etcdctl flux fly flyctl flyway gcloud gh git glab gsutil helm
  helmfile heroku iptables kafka-topics(?:\.sh)? knex kubectl kustomize liquibase make
  mkfs(?:\.\w+)? mongo mongosh mysql netlify nomad npm npx oc podman prisma psql pulumi
  rabbitmqctl rails rake reboot redis-cli rm salt sam serverless service shutdown sls sqlcmd
  systemctl terraform terragrunt tofu ufw vault vercel wrangler
`);
/** Of these only what leaves the machine. */
const ONLY: Readonly<Record<string, RegExp>> = {
  git: /\bpush\b/,
  npm: /\b(?:publish|unpublish|deprecate)\b/,
  npx: /prisma|knex|sequelize|typeorm|serverless|cdk|wrangler/,
  make: /deploy|release|destroy|apply|migrate|prod/,
  rake: /db:|deploy/,
  rails: /db:|runner/,
  docker: /\b(?:push|rm|rmi|prune|stop|kill|down|volume)\b/,
};
const READS =
  /^(?:get|list|ls|describe|show|plan|logs?|status|version|help|diff|top|explain|output|validate|fmt|init|cat|ps|images|info)$|^(?:describe|list|get)-/;
const DESTROYS =
  /\b(?:destroy|delete|rm|drop|purge|uninstall|terminate|remove|down|flush\w*|prune|truncate|scale\s.*=0|rollback|reset|kill|stop|dropdb|mkfs|force-unlock)\b|delete-|terminate-|--force\b/i;
const SECRET = /pass|token|secret|key|auth|credential|header|user/i;
const SECRET_OPTION = /^-[pHuU]$/;
const PLAIN = /^[\w./:=@,+%~*-]{1,80}$/;
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/_=-]{24,}$/;
const WORDS_AT_MOST = 7;

export const shellHistory: LogReader = {
  name: "a shell's history",
  recognises: (head) => {
    const lines = head.split('\n').slice(0, 400);
    return lines.some((line) => BASH.test(line) || ZSH.test(line) || WHEN.test(line) || LISTED.test(line));
  },
  read(text) {
    const entries: LogEntry[] = [];
    const problems: LogProblem[] = [];
    let time: number | null = null;
    let fish: string | null = null;
    let untimed = 0;
    const add = (at: number | null, command: string): void => {
      const shown = digest(command);
      if (shown === null || entries.length >= ENTRIES_AT_MOST) return;
      if (at === null) untimed++;
      entries.push({ at, what: shown.words, by: null, program: shown.program, destroys: DESTROYS.test(shown.words) });
    };
    for (const raw of text.split('\n')) {
      const line = raw.slice(0, 4_000);
      const [, bash] = BASH.exec(line) ?? [];
      const [, zshTime, zshCommand = ''] = ZSH.exec(line) ?? [];
      const [, fishCommand] = FISH.exec(line) ?? [];
      const [, fishTime] = WHEN.exec(line) ?? [];
      const [, listed, listedCommand = ''] = LISTED.exec(line) ?? [];
      if (bash !== undefined) time = timeIn(Number(bash));
      else if (zshTime !== undefined) add(timeIn(Number(zshTime)), zshCommand);
      else if (fishCommand !== undefined) fish = fishCommand;
      else if (fishTime !== undefined) {
        if (fish !== null) add(timeIn(Number(fishTime)), fish);
        fish = null;
      } else if (listed !== undefined)
        add(timeIn(/(?:Z|[+-]\d{2}:?\d{2})$/.test(listed) ? listed : `${listed.replace(' ', 'T')}Z`), listedCommand);
      else if (line.trim() !== '') {
        add(time, line);
        time = null;
      }
    }
    if (untimed > 0)
      problems.push({ line: 1, message: `${String(untimed)} commands have no time, so they are not in the timeline` });
    return { entries, problems };
  },
};

/** The program, and words of it that can hold no secret; null for a command that changes nothing elsewhere. */
function digest(command: string): { readonly program: string; readonly words: string } | null {
  const words = command
    .trim()
    .split(/\s+/)
    .filter(
      (word, at, all) => !(/^[A-Za-z_]\w*=/.test(word) && all.slice(0, at).every((one) => /^[A-Za-z_]\w*=/.test(one))),
    );
  while (/^(?:sudo|time|nohup|env|command|exec|doas)$/.test(words[0] ?? '')) words.shift();
  const program = (words[0] ?? '').split('/').at(-1) ?? '';
  if (!PROGRAMS.test(program)) return null;
  const rest = words.slice(1);
  if (ONLY[program] !== undefined && !ONLY[program].test(rest.join(' '))) return null;
  const verbs = rest.filter((word) => !word.startsWith('-')).slice(0, 2);
  if (verbs.some((verb) => READS.test(verb)) && program !== 'rm') return null;
  const shown: string[] = [];
  for (const [at, word] of rest.entries()) {
    if (shown.length >= WORDS_AT_MOST) break;
    // What ends the command begins another.
    if (/^(?:\||\|\||&&|;|>|>>|<)$/.test(word)) break;
    const option = rest[at - 1]?.startsWith('-') === true ? (rest[at - 1] ?? '') : '';
    const isValue = SECRET.test(option) || SECRET_OPTION.test(option);
    if (
      isValue ||
      !PLAIN.test(word) ||
      RANDOM.test(word) ||
      /:\/\/[^/]*@/.test(word) ||
      (word.includes('=') && SECRET.test(word))
    )
      shown.push('...');
    else shown.push(word);
  }
  return { program, words: tame([program, ...shown].join(' ')) };
}
