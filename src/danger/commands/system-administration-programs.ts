/** The machine as a whole: stopping it, its users, its services and its firewall. */
import { goesNowhere, takesOf } from '../shell';
import { anyOf } from '../../base/patterns';
import { fact, type Sentence } from '../rule-rows/facts-from-sentences';
import { has, input, plain, values, type Call, type Family, programs } from './program-call';
import { byRows } from './match-family-rows';
import { overwritten, toDisk } from './programs-removing-or-overwriting-files';

const MACHINE_STOP = 'destructive/system-down: stops the machine';
const SERVICE_STOP = 'destructive/system-down (medium): stops a service that others need';

const down =
  (name: Sentence): Family =>
  (call) =>
    has(call, /^(?:-c|--show|-k|--version|-w|--wtmp-only)$/) ? undefined : fact(name);

const kill: Family = ({ args }) => {
  const targets = args.filter(
    (text, index) => !(index === 0 && text.startsWith('-') && args.length > 1) && !/^-(?:s|n)$/.test(text),
  );
  return targets.some((text) => text === '-1' || text === '1' || text === '0') &&
    !args.some((text) => text === '-0' || text === '-l') &&
    args.length > (args[0] === '-1' ? 1 : 0) &&
    (args.filter((text) => text === '-1').length > 1 || args.indexOf('-1') > 0 || args.includes('1'))
    ? fact('destructive/system-down: ends every process of this user or of the machine')
    : undefined;
};

/** Programs that hold data, or that others depend on. */
const VITAL = /* @__PURE__ */ anyOf(
  String.raw`apache2 auditd bind9 cassandra ceph clickhouse(?:-server)? consul containerd cron crond docker dockerd
  elasticsearch etcd firewalld grafana(?:-server)? haproxy httpd influxdb init k3s kafka kubelet launchd
  mariadbd? memcached minio mongod? mongodb mysqld? named networking networkmanager nginx nomad opensearch
  postgres(?:ql)? postmaster prometheus rabbitmq(?:-server)? redis(?:-server)? sshd? systemd systemd-networkd
  traefik ufw vault zookeeper`,
  { after: String.raw`)(?:[@-][\w.-]*)?(?:\.service)?$`, flags: 'i' },
);

const byName: Family = (call) =>
  !has(call, /^-0$/) && plain(call, takesOf('pkill')).some((text) => VITAL.test(text) || /^[.*]+$/.test(text))
    ? fact('destructive/system-down (medium): ends a service that others need')
    : undefined;

const isVital = (_: Call, [, ...units]: readonly string[]): boolean => units.some((unit) => VITAL.test(unit));

const ENDS: Family = down(MACHINE_STOP);
const ADMINS = /^(?:sudo|wheel|root|docker|admin)$/;
const joinsAdmins = (call: Call): boolean =>
  values(call, '-G', '-aG', '-a', '--groups', '-g')
    .join(',')
    .split(',')
    .some((group) => ADMINS.test(group)) ||
  (call.name === 'gpasswd' && plain(call).some((text) => /^(?:sudo|wheel|docker)$/.test(text)));
const emptiesTable = (call: Call): boolean =>
  has(call, /^-[a-z]*r/) || (call.args.at(-1) === '-' && input(call)?.trim() === '');
const acceptsAll = (call: Call): boolean =>
  has(call, /^(?:-F|--flush)$/) || (values(call, '-P', '--policy').length > 0 && call.args.includes('ACCEPT'));
const endsVitalJob = ({ args }: Call): boolean => VITAL.test(args.at(-1)?.split('.').at(-1) ?? '');

const NO_FIREWALL = 'permissions/net-open: takes the rules of the firewall away';

/** System packages that hold data; `purge` removes their files too. */
const HOLDS =
  /^(?:postgres\w*|mysql\w*|mariadb\w*|mongo\w*|redis\w*|docker\w*|containerd\w*|kube\w*|linux-image\w*|systemd|openssh-server|sudo|libc6|glibc|kernel\w*|nginx|apache2|\*)(?:[-.*\w]*)$/i;
const packages: Family = (call) => {
  const all = plain(call, takesOf('apt'));
  const [verb = ''] = all;
  const purges =
    /^(?:purge|autopurge)$/.test(verb) ||
    (/^(?:remove|autoremove|erase|-R|delete)$/.test(verb) && has(call, /^--purge$|^-[a-zA-Z]*n/)) ||
    has(call, /^-R[a-z]*n|^-P$|^--purge$|^-e$/);
  const removes = purges || /^(?:remove|erase|uninstall|autoremove|del)$/.test(verb);
  return removes && all.slice(1).some((text) => HOLDS.test(text))
    ? fact(
        'destructive/system-down (medium): removes a service of the machine, with what it keeps',
        {},
        purges ? 'high' : 'medium',
      )
    : undefined;
};

/** `NAME(){ NAME|NAME& };NAME`. */
export const FORK_BOMB =
  /(?<![\w:.])([\w:.]{1,20})\s{0,3}\(\s{0,3}\)\s{0,3}\{[^{}]{0,40}?\1\s*\|\s*\1\s*&[^{}]{0,20}\}\s*;?\s*\1/;

/** Files that mean something whoever writes them, and disks. */
const TELLING = /^\/(?:etc|proc|dev)\/|sudoers|\/\.ssh\/authorized_keys$/;

/** Whether a program writes to a file that means something by itself: any other is only a file that is overwritten. */
export const writesToTelling = ({ outputs }: Call['invocation']): boolean =>
  outputs.some((word) => TELLING.test(word.text) && !goesNowhere(word));

/** Writes to files that decide who may do what on the machine. */
export const written: Family = (call) => {
  const into = [...call.invocation.outputs.map(({ text }) => text), ...(call.name === 'tee' ? plain(call) : [])];
  if (into.length === 0) return undefined;
  if (!into.some((one) => TELLING.test(one))) return overwritten(call);
  const text = [call.args.join(' '), input(call) ?? ''].join('\n');
  if (
    into.some((one) => /^\/etc\/(?:sudoers|passwd|shadow)/.test(one)) ||
    (/sudoers/.test(into.join(' ')) && /NOPASSWD|ALL\s*=/.test(text))
  )
    return fact('permissions/iam-admin (high): changes who may do what on this machine');
  if (into.some((one) => one.endsWith('/.ssh/authorized_keys')))
    return fact('permissions/iam-admin (high): lets another key log in to this machine');
  if (into.some((one) => /^\/proc\/sysrq-trigger$/.test(one))) return fact(MACHINE_STOP);
  return toDisk(call) ?? overwritten(call);
};

// prettier-ignore
export const SYSTEM: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'shutdown reboot poweroff halt stop-computer restart-computer': ENDS,
  'telinit init': byRows('', { line: /^[06](?: |$)/, says: ENDS }),
  kill,
  pkill: byName,
  killall: byRows('', { with: /^-(?:u|-user)$/, says: 'destructive/system-down: ends every process of a user' }, { says: byName }),
  killall5: down('destructive/system-down: ends every process of the machine'),
  systemctl: byRows(
    'systemctl',
    { verb: 'poweroff, reboot, halt, kexec, emergency, rescue, isolate, suspend, hibernate', says: MACHINE_STOP },
    { verb: 'stop, disable, mask, kill', only: isVital, says: SERVICE_STOP },
  ),
  'service rc-service': byRows('', { verb: '* stop', only: (_, [unit = '']) => VITAL.test(unit), says: SERVICE_STOP }),
  launchctl: byRows('', { line: /^(?:bootout|remove|unload|reboot|kill)(?: |$)/, only: endsVitalJob, says: SERVICE_STOP }),
  crontab: byRows('', { only: emptiesTable, says: 'destructive/system-down: removes every scheduled job of this user' }),
  'userdel deluser groupdel delgroup': byRows('', { only: ({ args }) => args.some((text) => !text.startsWith('-')), says: 'destructive/system-down: removes a user or a group of the machine' }),
  passwd: byRows('', { with: /^(?:-d|-l|--delete|--lock)$/, says: 'destructive/system-down: locks a user out or takes the password away' }),
  'usermod gpasswd adduser': byRows('', { only: joinsAdmins, says: 'permissions/iam-admin: makes a user an administrator of the machine' }),
  setenforce: byRows('', { line: /^(?:0(?: |$)|\S*permissive)/i, says: 'permissions/auth-removed: turns a protection of the machine off' }),
  'iptables ip6tables': byRows('', { only: acceptsAll, says: NO_FIREWALL }),
  nft: byRows('', { line: /^(?:flush|delete)/, says: NO_FIREWALL }),
  ufw: byRows('', { line: /^(?:--force )?(?:disable|reset)/, says: NO_FIREWALL }),
  'apt-get apt aptitude dnf yum zypper pacman apk dpkg rpm': packages,
  visudo: byRows('', { only: (call) => /NOPASSWD\s*:\s*ALL/i.test(input(call) ?? ''), says: 'permissions/iam-admin: lets a user do anything without a password' }),
});
