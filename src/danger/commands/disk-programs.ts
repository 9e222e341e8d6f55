/** Disks, volumes and file systems of a machine. */
import { type Call, type Family, programs } from './program-call';
import { isDisk } from './programs-removing-or-overwriting-files';
import { NAME } from './object-named-by-command';
import { byRows, type Conditions, type FamilyRow } from './match-family-rows';

const REMOVES = 'destructive/disk-overwrite: removes a volume with all that is on it';
const COPIES = 'destructive/disk-overwrite: removes snapshots, which the volume can be restored from';
const BACK = 'destructive/disk-overwrite: sets the volume back to a snapshot, and loses what came after it';
const MACHINE = 'destructive/disk-overwrite: deletes a machine, with the disks that go with it';
const STOPS = 'destructive/stack-delete (medium): stops a machine as if its power were cut';
const POOL = 'destructive/disk-overwrite: removes a pool with all that is in it';
const DEVICE = 'destructive/disk-overwrite: wipes the device that is connected';
const FUSES = 'destructive/disk-overwrite: burns fuses of a chip, which no later write changes back';
const SNAPSHOTS = 'destructive/disk-overwrite: removes the shadow copies or the backups that a volume is restored from';

/** With the name of the disk, where a word is one. */
function diskOf({ args }: Call): { readonly disk: string } {
  const disk = args.findLast(
    (text) => (isDisk(text) || /^(?:\/dev\/\S+|disk\d\w*|[A-Za-z]:)$/.test(text)) && NAME.test(text),
  );
  return { disk: disk === undefined ? 'a disk' : `the disk ${disk}` };
}
const overwrites = (conditions: Conditions): FamilyRow => ({
  ...conditions,
  says: 'destructive/disk-overwrite: destroys what is on {disk}',
  words: diskOf,
});

/** A disk that a cloud gives a machine for the time that it runs: it is empty when it starts. */
const FRESH = /^\/dev\/(?:disk\/by-id\/)?(?:google-)?local-(?:nvme-)?ssd|ephemeral\d/;
const isFile = (text: string): boolean =>
  !/^\/dev\/|[$`=]|^[A-Za-z]:/.test(text) &&
  /\.(?:img|raw|iso|qcow2|bin|ext[234]|fs|swap)$|(?:^|\/)\.?swap[\w-]*$/i.test(text);
const namesSome = ({ args }: Call): boolean => args.some((text) => !text.startsWith('-'));
/** A file that a file system is made in, for an image or for swap space, is made for that. */
const makesDisk = (call: Call): boolean => {
  const target = call.args.filter((text) => !text.startsWith('-')).findLast((text) => !/^\d+[KMGkmg]?$/.test(text));
  return namesSome(call) && !(target !== undefined && (isFile(target) || FRESH.test(target)));
};

// prettier-ignore
export const DISK: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'mkfs mke2fs mkswap mkdosfs mkntfs': byRows('', overwrites({ only: makesDisk, without: /^-[Vn]$/ })),
  'newfs blkdiscard mkzpool': byRows('', overwrites({ only: namesSome, without: /^-[Vn]$/ })),
  wipefs: byRows('', overwrites({ with: /^-[a-z]*[aof]|^--(?:all|offset|force)/ })),
  badblocks: byRows('', overwrites({ with: /^-[a-z]*[wn]/ })),
  'fdisk cfdisk gdisk': byRows('', overwrites({ only: ({ args }) => args.some((text) => isDisk(text)), without: /^-l|^--list|^-s$|^-x$/ })),
  sfdisk: byRows('', overwrites({ without: /^-[a-zA-Z]*[ldJVs]|^--(?:list|dump|json|verify|show)/ })),
  sgdisk: byRows('', overwrites({ with: /^(?:-[a-zA-Z]*[ZoznTd]|--(?:zap|clear|zap-all|new|delete|mbrtogpt))/ })),
  parted: byRows('', overwrites({ line: /\b(?:mklabel|mktable|mkpart|rm|resizepart|mkfs)\b/ })),
  fastboot: byRows('fastboot', { verb: /(?:^| )(?:(?:flashing|oem) (?:unlock|lock)\w*|erase|format|wipe-super)(?: |$)/, says: DEVICE }),
  'espefuse espefuse.py': byRows('', { verb: /(?:^| )(?:burn[_-]|set[_-]flash[_-]voltage|write[_-]protect)/, says: FUSES }),
  'esptool esptool.py': byRows('', { verb: /(?:^| )erase[_-](?:flash|region)(?: |$)/, says: DEVICE }),
  'lvremove vgremove pvremove lvreduce vgreduce': byRows('', { without: /^-t$|^--test$/, says: REMOVES }),
  dmsetup: byRows('', { verb: /^(?:remove|remove_all|wipe_table|clear)\b/, says: REMOVES }),
  zfs: byRows(
    'zfs',
    { verb: /^destroy\b.*@/, without: /^-[a-z]*n/, says: COPIES },
    { verb: /^rollback\b/, without: /^-[a-z]*n/, says: BACK },
    { verb: /^destroy\b/, without: /^-[a-z]*n/, says: REMOVES },
  ),
  zpool: byRows('zpool', { verb: /^destroy\b/, says: POOL }, { verb: /^(?:labelclear|remove|detach)\b/, says: REMOVES }),
  btrfs: byRows('btrfs', { verb: /^(?:subvolume|su\w*|device) (?:delete|del|remove)\b/, says: REMOVES }),
  cryptsetup: byRows('cryptsetup', { verb: /^(?:luksErase|erase|luksFormat|luksKillSlot|luksRemoveKey|luksHeaderRestore|reencrypt)\b/, says: REMOVES }),
  mdadm: byRows('', overwrites({ with: /^--(?:zero-superblock|stop|remove)$/ })),
  'hdparm nvme': byRows(
    '',
    overwrites({ with: /^--(?:secure-erase|security-erase|trim-sector|format)/ }),
    overwrites({ verb: 'format, sanitize, write-zeroes, delete-ns' }),
  ),
  diskutil: byRows(
    '',
    overwrites({ verb: /^(?:erase\w*|zeroDisk|randomDisk|secureErase|partitionDisk|reformat)\b/i }),
    { verb: /^(?:apfs delete\w*|cs delete\w*)\b/i, says: REMOVES },
  ),
  format: byRows('', overwrites({ only: ({ args }) => args.some((text) => /^[A-Za-z]:$/.test(text)) })),
  'diskpart clear-disk format-volume initialize-disk': byRows('', overwrites({})),
  'remove-partition': byRows('', { says: REMOVES }),
  'vssadmin wbadmin': byRows('', { verb: /^delete\b/i, says: SNAPSHOTS }),
  wmic: byRows('', { verb: /^shadowcopy\b.*\bdelete\b/i, says: SNAPSHOTS }),
  fsutil: byRows('', { verb: /^(?:file setzerodata|usn deletejournal)\b/i, says: REMOVES }),
  cipher: byRows('', overwrites({ with: /^\/w/i })),
  lvm: byRows('', { verb: 'lvremove, vgremove, pvremove', says: REMOVES }),
  'qemu losetup': () => undefined,
  vboxmanage: byRows('', { verb: 'unregistervm, closemedium', with: /^--delete/, says: MACHINE }),
  virsh: byRows(
    'virsh',
    { verb: /^undefine\b/, says: MACHINE },
    { verb: /^destroy\b/, says: STOPS },
    { verb: /^snapshot-delete\b/, says: COPIES },
    { verb: /^(?:vol-delete|vol-wipe|pool-delete)\b/, says: REMOVES },
  ),
  'lxc incus': byRows('lxc', { verb: /^delete\b/, says: MACHINE }, { verb: /^storage (?:delete|volume delete)\b/, says: REMOVES }),
  multipass: byRows('multipass', { verb: /^(?:delete|purge)\b/, says: MACHINE }),
  ceph: byRows('ceph', { verb: /^osd pool (?:delete|rm)\b/, says: POOL }, { verb: /^(?:osd (?:purge|destroy)|fs rm)\b/, says: REMOVES }),
  rbd: byRows('rbd', { verb: /^(?:rm|remove|snap (?:purge|rm)|trash (?:purge|rm))\b/, says: REMOVES }),
  gluster: byRows('gluster', { verb: /^volume (?:delete|stop)\b/, says: REMOVES }),
  drbdadm: byRows('drbdadm', { verb: /^(?:wipe-md|invalidate)\b/, says: REMOVES }),
});
