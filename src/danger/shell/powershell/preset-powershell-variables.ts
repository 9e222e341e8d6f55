/** Variables that PowerShell or Windows sets. */
export const PLACES: Readonly<Record<string, string>> = {
  home: '$HOME',
  userprofile: '$HOME',
  pwd: '.',
  psscriptroot: '.',
  temp: '/tmp',
  tmp: '/tmp',
  systemdrive: 'C:',
  systemroot: 'C:\\Windows',
  windir: 'C:\\Windows',
  programfiles: 'C:\\Program Files',
  programdata: 'C:\\ProgramData',
  appdata: '~\\AppData\\Roaming',
  localappdata: '~\\AppData\\Local',
  null: '$null',
  true: '$true',
  false: '$false',
};
