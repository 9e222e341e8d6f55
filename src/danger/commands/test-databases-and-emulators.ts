/** Whether a command is about a database for tests, which is empty before and after. */
import { plain, setTo, values, type Call } from './program-call';

export const isForTests = (call: Call): boolean =>
  /^test(?:ing)?$/i.test(
    setTo(call, 'RAILS_ENV') ??
      setTo(call, 'RACK_ENV') ??
      // rake's tasks take variables as words
      call.args.flatMap((text) => /^(?:RAILS|RACK)_ENV=(.*)$/.exec(text)?.[1] ?? []).at(-1) ??
      setTo(call, 'APP_ENV') ??
      setTo(call, 'MIX_ENV') ??
      setTo(call, 'NODE_ENV') ??
      values(call, '--env', '-e', '--environment')[0] ??
      '',
  ) ||
  isTest(setTo(call, 'DATABASE_URL') ?? '') ||
  /(?:settings[._]test|test[._]settings)/.test(values(call, '--settings').join(' '));

/** Whether a command line is told to use this machine in place of the cloud, as with an emulator. */
export const isOnThisMachine = (...addresses: readonly (string | undefined)[]): boolean => {
  const [address] = addresses.filter((one) => one !== undefined && one !== '');
  const [, host] = /^(?:https?:\/\/)?(\[[^\]]*\]|[^:/]+)/i.exec(address ?? '') ?? [];
  return host !== undefined && OF_THIS_MACHINE.test(host);
};

const TEST = /^(?:tests?(?:ing)?|.*[_-]tests?(?:ing)?|tests?[_-].*)(?:[_-]?\d+)?(?:\.(?:db|sqlite3?|duckdb))?$/i;
const OF_THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\]|0\.0\.0\.0|\/.*|)$/i;

/**
 * Whether a client of a database is told to use one that says by its name that it is for tests, and no other machine's.
 */
export function isTestDatabase(call: Call): boolean {
  // a statement may have a variable in it, the name of a database may not
  if (call.words.some(({ open, text }) => open && !/\s/.test(text))) return false;
  const hosts = [...values(call, '-h', '--host'), setTo(call, 'PGHOST') ?? ''];
  if (!hosts.every((host) => OF_THIS_MACHINE.test(host))) return false;
  const options = ['-d', '--dbname', '-D', '--database'];
  const named = [...values(call, ...options), setTo(call, 'PGDATABASE') ?? ''].filter((name) => name !== '');
  const all =
    named.length > 0
      ? named
      : plain(call, TAKES)
          .filter((word) => !/\s/.test(word))
          .slice(0, 1);
  return all.length > 0 && all.every(isTest);
}

const TAKES = [
  '-c',
  '-e',
  '-f',
  '-U',
  '-u',
  '-p',
  '-P',
  '-h',
  '-v',
  '--command',
  '--execute',
  '--file',
  '--user',
  '--username',
  '--port',
  '--host',
  '--eval',
];

function isTest(name: string): boolean {
  const [, host, path] = /^[a-z+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]*)(?::\d+)?\/([^?]*)/i.exec(name) ?? [];
  const base = (path ?? name).split(/[/\\]/).at(-1) ?? '';
  return (
    name === ':memory:' ||
    /^\/(?:var\/)?tmp\/[^*]+$/.test(name) ||
    (TEST.test(base) && (host === undefined || OF_THIS_MACHINE.test(host)))
  );
}
