/** Disks, volumes and file systems of a machine. */
import { fact } from '../rule-rows/sentences-of-code-rules';
import { takesOf } from '../shell';
import { has, plain, type Call, type CommandNotice, type Family, programs } from './program-call';
import { isDisk } from './file-removal-programs';
import { NAME } from './object-named-by-command';

/** With the name of the disk, where a word is one. */
function overwrites({ args }: Call): CommandNotice {
  const disk = args.findLast(
    (text) => (isDisk(text) || /^(?:\/dev\/\S+|disk\d\w*|[A-Za-z]:)$/.test(text)) && NAME.test(text),
  );
  return fact('destructive/disk-overwrite: destroys what is on {disk}', {
    disk: disk === undefined ? 'a disk' : `the disk ${disk}`,
  });
}
const REMOVES: CommandNotice = fact('destructive/disk-overwrite: removes a volume with all that is on it');
const COPIES: CommandNotice = fact(
  'destructive/disk-overwrite: removes snapshots, which the volume can be restored from',
);
const BACK: CommandNotice = fact(
  'destructive/disk-overwrite: sets the volume back to a snapshot, and loses what came after it',
);
const MACHINE: CommandNotice = fact('destructive/disk-overwrite: deletes a machine, with the disks that go with it');
const STOPS: CommandNotice = fact('destructive/stack-delete (medium): stops a machine as if its power were cut');
const POOL: CommandNotice = fact('destructive/disk-overwrite: removes a pool with all that is in it');
const DEVICE: CommandNotice = fact('destructive/disk-overwrite: wipes the device that is connected');
const FUSES: CommandNotice = fact(
  'destructive/disk-overwrite: burns fuses of a chip, which no later write changes back',
);
const SNAPSHOTS: CommandNotice = fact(
  'destructive/disk-overwrite: removes the shadow copies or the backups that a volume is restored from',
);

const always: Family = (call) =>
  call.args.some((text) => !text.startsWith('-')) && !has(call, /^-[Vn]$/) ? overwrites(call) : undefined;
/** A file that a file system is made in, for an image or for swap space, is made for that. */
const makes: Family = (call) => {
  const target = call.args.filter((text) => !text.startsWith('-')).findLast((text) => !/^\d+[KMGkmg]?$/.test(text));
  return target !== undefined && (isFile(target) || FRESH.test(target)) ? undefined : always(call);
};
/** A disk that a cloud gives a machine for the time that it runs: it is empty when it starts. */
const FRESH = /^\/dev\/(?:disk\/by-id\/)?(?:google-)?local-(?:nvme-)?ssd|ephemeral\d/;
const isFile = (text: string): boolean =>
  !/^\/dev\/|[$`=]|^[A-Za-z]:/.test(text) &&
  /\.(?:img|raw|iso|qcow2|bin|ext[234]|fs|swap)$|(?:^|\/)\.?swap[\w-]*$/i.test(text);
const volume: Family = (call) => (has(call, /^-t$|^--test$/) ? undefined : REMOVES);

/** The first words that make a program remove something. */
const when =
  (pattern: RegExp, notice: CommandNotice = REMOVES): Family =>
  (call) =>
    pattern.test(plain(call, takesOf(call.name)).join(' ')) ? notice : undefined;
/** The first that fits. */
const first =
  (...families: readonly Family[]): Family =>
  (call) =>
    families.map((family) => family(call)).find((notice) => notice !== undefined);

const fdisk: Family = (call) =>
  call.args.some((text) => isDisk(text)) && !has(call, /^-l|^--list|^-s$|^-x$/) ? overwrites(call) : undefined;
const parted: Family = (call) =>
  /\b(?:mklabel|mktable|mkpart|rm|resizepart|mkfs)\b/.test(call.args.join(' ')) ? overwrites(call) : undefined;
const option =
  (pattern: RegExp): Family =>
  (call) =>
    has(call, pattern) ? overwrites(call) : undefined;
const smart: Family = (call) =>
  has(call, /^--(?:secure-erase|security-erase|trim-sector|format)/) ||
  /^(?:format|sanitize|write-zeroes|delete-ns)$/.test(plain(call)[0] ?? '')
    ? overwrites(call)
    : undefined;

export const DISK: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'mkfs mke2fs mkswap mkdosfs mkntfs': makes,
  'newfs blkdiscard mkzpool': always,
  wipefs: (call) => (has(call, /^-[a-z]*[aof]|^--(?:all|offset|force)/) ? overwrites(call) : undefined),
  badblocks: option(/^-[a-z]*[wn]/),
  'fdisk cfdisk gdisk': fdisk,
  sfdisk: (call) => (has(call, /^-[a-zA-Z]*[ldJVs]|^--(?:list|dump|json|verify|show)/) ? undefined : overwrites(call)),
  sgdisk: option(/^(?:-[a-zA-Z]*[ZoznTd]|--(?:zap|clear|zap-all|new|delete|mbrtogpt))/),
  parted,
  fastboot: when(/(?:^| )(?:(?:flashing|oem) (?:unlock|lock)\w*|erase|format|wipe-super)(?: |$)/, DEVICE),
  'espefuse espefuse.py': when(/(?:^| )(?:burn[_-]|set[_-]flash[_-]voltage|write[_-]protect)/, FUSES),
  'esptool esptool.py': when(/(?:^| )erase[_-](?:flash|region)(?: |$)/, DEVICE),
  'lvremove vgremove pvremove lvreduce vgreduce': volume,
  dmsetup: when(/^(?:remove|remove_all|wipe_table|clear)\b/),
  zfs: (call) =>
    has(call, /^-[a-z]*n/)
      ? undefined
      : first(when(/^destroy\b.*@/, COPIES), when(/^rollback\b/, BACK), when(/^destroy\b/))(call),
  zpool: first(when(/^destroy\b/, POOL), when(/^(?:labelclear|remove|detach)\b/)),
  btrfs: when(/^(?:subvolume|su\w*|device) (?:delete|del|remove)\b/),
  cryptsetup: when(/^(?:luksErase|erase|luksFormat|luksKillSlot|luksRemoveKey|luksHeaderRestore|reencrypt)\b/),
  mdadm: option(/^--(?:zero-superblock|stop|remove)$/),
  'hdparm nvme': smart,
  diskutil: first(
    (call) =>
      /^(?:erase\w*|zeroDisk|randomDisk|secureErase|partitionDisk|reformat)\b/i.test(plain(call).join(' '))
        ? overwrites(call)
        : undefined,
    when(/^(?:apfs delete\w*|cs delete\w*)\b/i),
  ),
  format: (call) => (call.args.some((text) => /^[A-Za-z]:$/.test(text)) ? overwrites(call) : undefined),
  'diskpart clear-disk format-volume initialize-disk': overwrites,
  'remove-partition': () => REMOVES,
  'vssadmin wbadmin': when(/^delete\b/i, SNAPSHOTS),
  wmic: when(/^shadowcopy\b.*\bdelete\b/i, SNAPSHOTS),
  fsutil: when(/^(?:file setzerodata|usn deletejournal)\b/i),
  cipher: option(/^\/w/i),
  lvm: (call: Call) => (/^(?:lv|vg|pv)remove$/.test(plain(call)[0] ?? '') ? REMOVES : undefined),
  'qemu losetup': () => undefined,
  vboxmanage: (call: Call) =>
    /^(?:unregistervm|closemedium)$/.test(plain(call)[0] ?? '') && has(call, /^--delete/) ? MACHINE : undefined,
  virsh: first(
    when(/^undefine\b/, MACHINE),
    when(/^destroy\b/, STOPS),
    when(/^snapshot-delete\b/, COPIES),
    when(/^(?:vol-delete|vol-wipe|pool-delete)\b/),
  ),
  'lxc incus': first(when(/^delete\b/, MACHINE), when(/^storage (?:delete|volume delete)\b/)),
  multipass: when(/^(?:delete|purge)\b/, MACHINE),
  ceph: first(when(/^osd pool (?:delete|rm)\b/, POOL), when(/^(?:osd (?:purge|destroy)|fs rm)\b/)),
  rbd: when(/^(?:rm|remove|snap (?:purge|rm)|trash (?:purge|rm))\b/),
  gluster: when(/^volume (?:delete|stop)\b/),
  drbdadm: when(/^(?:wipe-md|invalidate)\b/),
});
