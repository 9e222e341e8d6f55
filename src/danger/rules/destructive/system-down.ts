import type { CommandRow, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'shutdown, kill -1, fork bomb, crontab -r, userdel -r, files copied into the system of another machine',
  why: 'Everybody who uses the machine or the account is cut off, and it may not come back by itself.',
  fix: 'Let a person stop the machine, the process or the account, after checking which one it is.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const commands: readonly CommandRow[] = [
  { program: 'mysqladmin mariadb-admin', verb: /\b(?:shutdown|flush-\w+|kill)\b/, not: /\bdrop\b/, severity: 'medium', does: 'stops the database server' },
  { program: 'remove-localuser remove-localgroup disable-localuser', does: 'removes a user or a group of the machine' },
  { program: 'gpg gpg2', with: /^--delete-(?:secret-keys?|secret-and-public-keys?)$/, does: 'deletes a secret key: what only it opens stays closed' },
  { program: 'security', verb: 'delete-keychain', does: 'deletes a keychain with the keys and passwords in it' },
  { program: 'security', verb: 'delete-generic-password, delete-internet-password, delete-certificate, delete-identity', severity: 'medium', does: 'deletes a password or a certificate of the keychain' },
  { program: 'wmic', line: /\bcall\s+uninstall\b/i, does: 'uninstalls a program of the machine' },
  { program: 'wmic', line: /^(?:\/\S+\s+)*(?:process|service|useraccount)\b.*\bdelete\b|\bservice\b.*\bcall\s+(?:stopservice|delete)\b/i, severity: 'medium', does: 'ends processes, or removes services or users of the machine' },
  { program: 'certbot', verb: 'delete', does: 'deletes a certificate that a server may use' },
  { program: 'certbot', verb: 'revoke', does: 'revokes a certificate that a server may use' },
  { program: 'ssh-keygen', with: /^-f/, text: /(?:^|\n)y(?:es)?\s*$/i, does: 'replaces a key: whoever knows only the old one lets it in no more' },
  { program: 'remove-item remove-itemproperty clear-item clear-itemproperty', line: /(?:^|[\s"'])(?:HK(?:LM|CR|U):|Registry::|HKEY_)/i, does: 'deletes a part of the registry' },
  { program: 'remove-service', does: 'removes a service of the machine' },
  { program: 'unregister-scheduledtask', severity: 'medium', does: 'removes scheduled jobs' },
  { program: 'schtasks', line: /\/delete\b/i, severity: 'medium', does: 'removes scheduled jobs' },
  { program: 'net', line: /^user\b.*\/delete\b/i, does: 'removes a user or a group of the machine' },
  { program: 'sc', verb: 'delete', does: 'removes a service of the machine' },
  { program: 'reg', verb: 'delete', does: 'deletes a part of the registry' },
  { program: 'bcdedit', line: /\/(?:delete|deletevalue|set)\b/i, does: 'changes how the machine starts' },
  { program: 'nginx', with: /^-s$/, line: /-s (?:stop|quit)\b/, severity: 'medium', does: 'stops the web server' },
  { program: 'pg_ctlcluster pg_ctl', line: /\bstop\b/, severity: 'medium', does: 'stops the database server' },
];
