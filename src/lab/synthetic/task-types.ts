/** Worker types as the server names them, by method and path below the node or the cluster. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\/domains\/\{realm\}\/sync$/, "auth-realm-sync"],
  [/^POST \/cluster\/acme\/account/, "acmeregister"],
  [/^PUT \/cluster\/acme\/account/, "acmeupdate"],
  [/^DELETE \/cluster\/acme\/account/, "acmedeactivate"],
  [/bulk-action\/guest\/start$/, "bulkstart"],
  [/bulk-action\/guest\/shutdown$/, "bulkshutdown"],
  [/bulk-action\/guest\/suspend$/, "bulksuspend"],
  [/bulk-action\/guest\/migrate$/, "bulkmigrate"],
  [/\/ceph\/flags$/, "cephsetflags"],
  [/^POST \/cluster\/config$/, "clustercreate"],
  [/^POST \/cluster\/config\/join$/, "clusterjoin"],
  [/^PUT \/cluster\/sdn$/, "reloadnetworkall"],
  [/^POST .*\/aplinfo$/, "download"],
  [/\/apt\/update$/, "aptupdate"],
  [/^POST .*\/ceph\/fs\//, "cephfscreate"],
  [/^DELETE .*\/ceph\/fs\//, "cephdestroyfs"],
  [/^POST .*\/ceph\/(mds|mgr|mon|osd|pool)/, "cephcreate$1"],
  [/^PUT .*\/ceph\/pool/, "cephsetpool"],
  [/^DELETE .*\/ceph\/(mds|mgr|mon|osd|pool)/, "cephdestroy$1"],
  [/\/ceph\/(start|stop|restart)/, "srv$1"],
  [/^POST .*\/acme\/certificate$/, "acmenewcert"],
  [/^PUT .*\/acme\/certificate$/, "acmerenew"],
  [/^DELETE .*\/acme\/certificate$/, "acmerevoke"],
  [/^POST .*\/disks\/directory$/, "dircreate"],
  [/^POST .*\/disks\/initgpt$/, "diskinit"],
  [/^POST .*\/disks\/(lvmthin|lvm|zfs)$/, "$1create"],
  [/^DELETE .*\/disks\/directory/, "dirremove"],
  [/^DELETE .*\/disks\/(lvmthin|lvm|zfs)/, "$1remove"],
  [/\/disks\/wipedisk$/, "wipedisk"],
  [/\/(qemu|lxc)\/\{vmid\}\/remote_migrate$/, "$1migrate"],
  [/\/migrateall$/, "migrateall"],
  [/^PUT \/nodes\/\{node\}\/network$/, "srvreload"],
  [/\/services\/\{service\}\/(\w+)$/, "srv$1"],
  [/\/(startall|stopall|suspendall)$/, "$1"],
  [/^POST .*\/content\/\{volume\}$/, "imgcopy"],
  [/^DELETE .*\/content\/\{volume\}$/, "imgdel"],
  [/\/download-url$/, "download"],
  [/\/oci-registry-pull$/, "imgpull"],
  [/\/prunebackups$/, "prunebackups"],
  [/\/upload$/, "imgcopy"],
  [/\/vzdump$/, "vzdump"],
];

/** The type of the worker that an operation forks; words of its path where it is not listed. */
export function taskType(id: string): string {
  for (const [pattern, type] of TYPES) {
    const match = pattern.exec(id);
    if (match) return type.replace("$1", match[1] ?? "");
  }
  return id
    .slice(id.indexOf(" ") + 1)
    .split("/")
    .filter((part) => part !== "" && part !== "nodes" && !part.startsWith("{"))
    .join("")
    .replace(/\W/g, "");
}
