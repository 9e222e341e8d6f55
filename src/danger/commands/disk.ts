/** Disks, volumes and file systems of a machine. */
import { fact } from '../rule-rows/facts';
import { has, plain, type Call, type CommandNotice, type Family, programs } from './call';
import { isDisk } from './files';

const OVERWRITES: CommandNotice = fact('destructive/disk-overwrite: destroys what is on a disk');
const REMOVES: CommandNotice = fact('destructive/disk-overwrite: removes a volume with all that is on it');
const DEVICE: CommandNotice = fact('destructive/disk-overwrite: wipes the device that is connected');
const FUSES: CommandNotice = fact(
  'destructive/disk-overwrite: burns fuses of a chip, which no later write changes back',
);
const SNAPSHOTS: CommandNotice = fact(
  'destructive/disk-overwrite: removes the shadow copies or the backups that a volume is restored from',
);

const always: Family = (call) =>
  call.args.some((text) => !text.startsWith('-')) && !has(call, /^-[Vn]$/) ? OVERWRITES : undefined;
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
    pattern.test(plain(call).join(' ')) ? notice : undefined;

const fdisk: Family = (call) =>
  call.args.some((text) => isDisk(text)) && !has(call, /^-l|^--list|^-s$|^-x$/) ? OVERWRITES : undefined;
const parted: Family = (call) =>
  /\b(?:mklabel|mktable|mkpart|rm|resizepart|mkfs)\b/.test(call.args.join(' ')) ? OVERWRITES : undefined;
const option =
  (pattern: RegExp): Family =>
  (call) =>
    has(call, pattern) ? OVERWRITES : undefined;
const smart: Family = (call) =>
  has(call, /^--(?:secure-erase|security-erase|trim-sector|format)/) ||
  /^(?:format|sanitize|write-zeroes|delete-ns)$/.test(plain(call)[0] ?? '')
    ? OVERWRITES
    : undefined;

export const DISK: Readonly<Record<string, Family>> = /* @__PURE__ */ programs({
  'mkfs mke2fs mkswap mkdosfs mkntfs': makes,
  'newfs blkdiscard mkzpool': always,
  wipefs: (call) => (has(call, /^-[a-z]*[aof]|^--(?:all|offset|force)/) ? OVERWRITES : undefined),
  badblocks: option(/^-[a-z]*[wn]/),
  'fdisk cfdisk gdisk': fdisk,
  sfdisk: (call) => (has(call, /^-[a-zA-Z]*[ldJVs]|^--(?:list|dump|json|verify|show)/) ? undefined : OVERWRITES),
  sgdisk: option(/^(?:-[a-zA-Z]*[ZoznTd]|--(?:zap|clear|zap-all|new|delete|mbrtogpt))/),
  parted,
  fastboot: when(/(?:^| )(?:(?:flashing|oem) (?:unlock|lock)\w*|erase|format|wipe-super)(?: |$)/, DEVICE),
  'espefuse espefuse.py': when(/(?:^| )(?:burn[_-]|set[_-]flash[_-]voltage|write[_-]protect)/, FUSES),
  'esptool esptool.py': when(/(?:^| )erase[_-](?:flash|region)(?: |$)/, DEVICE),
  'lvremove vgremove pvremove lvreduce vgreduce': volume,
  dmsetup: when(/^(?:remove|remove_all|wipe_table|clear)\b/),
  zfs: (call) => (has(call, /^-[a-z]*n/) ? undefined : when(/^(?:destroy|rollback)\b/)(call)),
  zpool: when(/^(?:destroy|labelclear|remove|detach)\b/),
  btrfs: when(/^(?:subvolume|su\w*|device) (?:delete|del|remove)\b/),
  cryptsetup: when(/^(?:luksErase|erase|luksFormat|luksKillSlot|luksRemoveKey|luksHeaderRestore|reencrypt)\b/),
  mdadm: option(/^--(?:zero-superblock|stop|remove)$/),
  'hdparm nvme': smart,
  diskutil: when(/^(?:erase\w*|zeroDisk|randomDisk|secureErase|partitionDisk|apfs delete\w*|cs delete\w*|reformat)\b/i),
  format: (call) => (call.args.some((text) => /^[A-Za-z]:$/.test(text)) ? OVERWRITES : undefined),
  'diskpart clear-disk format-volume initialize-disk': () => OVERWRITES,
  'remove-partition': () => REMOVES,
  'vssadmin wbadmin': when(/^delete\b/i, SNAPSHOTS),
  wmic: when(/^shadowcopy\b.*\bdelete\b/i, SNAPSHOTS),
  fsutil: when(/^(?:file setzerodata|usn deletejournal)\b/i),
  cipher: option(/^\/w/i),
  lvm: (call: Call) => (/^(?:lv|vg|pv)remove$/.test(plain(call)[0] ?? '') ? REMOVES : undefined),
  'qemu losetup': () => undefined,
  vboxmanage: (call: Call) =>
    /^(?:unregistervm|closemedium)$/.test(plain(call)[0] ?? '') && has(call, /^--delete/) ? REMOVES : undefined,
  virsh: when(/^(?:vol-delete|vol-wipe|pool-delete|undefine|destroy|snapshot-delete)\b/),
  'lxc incus': when(/^(?:delete|storage (?:delete|volume delete))\b/),
  multipass: when(/^(?:delete|purge)\b/),
  ceph: when(/^(?:osd (?:pool (?:delete|rm)|purge|destroy)|fs rm)\b/),
  rbd: when(/^(?:rm|remove|snap (?:purge|rm)|trash (?:purge|rm))\b/),
  gluster: when(/^volume (?:delete|stop)\b/),
  drbdadm: when(/^(?:wipe-md|invalidate)\b/),
});
