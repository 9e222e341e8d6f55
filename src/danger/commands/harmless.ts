/** Runs that only show what they would do. */
import type { Call } from './call';

const HELP = /^(?:--help|-help|-\?|\/\?|--usage)$/;
/** `--dry-run`, and its other names. */
const DRY =
  /^(?:--?dry[-_]?run|--dry[-_]run=(?!none$|false$|0$).*|-whatif|--what-if|--noop|--simulate|--just-print|--recon|--preview(?:-only)?|--dry)$/i;
/** Programs for which `-h` does not mean help. */
const H_IS_HOST =
  /^(?:psql|mysql|mariadb|mysqladmin|redis-cli|valkey-cli|keydb-cli|mongo|mongosh|pg_restore|dropdb|dropuser|clickhouse-client|rm|chmod|chown|du|ls|df|sudo|shutdown|docker|snowsql|influx|cqlsh)$/;
/** A single letter that means a dry run. */
const LETTER: Readonly<Record<string, RegExp>> = {
  rsync: /^-[a-zA-Z]*n/,
  make: /^-[a-zA-Z]*n[a-zA-Z]*$/,
  gmake: /^-[a-zA-Z]*n[a-zA-Z]*$/,
  rclone: /^-n$/,
  s3cmd: /^-n$/,
  apt: /^(?:-s|--just-print|--no-act)$/,
  'apt-get': /^(?:-s|--just-print|--no-act)$/,
  'ansible-playbook': /^(?:-C|--check|--syntax-check|--list-tasks|--list-hosts)$/,
  ansible: /^(?:-C|--check)$/,
  restic: /^-n$/,
  borg: /^-n$/,
  bq: /^--dry_run/,
  helm: /^--dry-run/,
  salt: /^test=true$/i,
};

export function isHarmless({ name, args }: Call): boolean {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  if (args.length === 1 && /^--?version$/.test(args[0] ?? '')) return true;
  if (own.some((text) => HELP.test(text) || DRY.test(text))) return true;
  if (own.includes('-h') && !H_IS_HOST.test(name)) return true;
  const [first] = own.filter((text) => !text.startsWith('-'));
  if (first === 'help' || (name === 'aws' && own.at(-1) === 'help')) return true;
  const letter = Object.hasOwn(LETTER, name) ? LETTER[name] : undefined;
  return letter !== undefined && own.some((text) => letter.test(text));
}
